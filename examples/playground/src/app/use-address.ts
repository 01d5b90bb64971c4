import { useCallback, useEffect, useState } from 'preact/hooks';
import { addressOf, readPlace, readSettings, type Setting, type Values } from './address.js';

/** The view that the address names. */
export function useView(): string {
  const [view, setView] = useState(() => readPlace(location.hash).view);
  useEffect(() => {
    const follow = () => setView(readPlace(location.hash).view);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return view;
}

/** The same, kept in the address: what is set is written there, so that the address is a link to the experiment. */
export function useSettings<S extends Record<string, Setting<unknown>>>(view: string, table: S) {
  const read = useCallback(() => readSettings(table, readPlace(location.hash).settings), [table]);
  const [values, setValues] = useState(read);
  useEffect(() => {
    const follow = () => {
      if (readPlace(location.hash).view === view) setValues(read());
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [view, read]);
  const change = useCallback(
    (changed: Partial<Values<S>>) => {
      const next = { ...read(), ...changed };
      history.replaceState(null, '', addressOf(view, table, next));
      setValues(next);
    },
    [view, table, read],
  );
  return [values, change] as const;
}
