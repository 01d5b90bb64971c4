import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { type Link, openLink, Stopped } from '../link/link.js';
import { noRun, type RunState, readNews } from './run-state.js';
import type { ImageServices, Pace, Pictures, RunFile } from './services.js';
import { type BackendChoice, backends, type RunSettings } from './settings.js';

/** What the view may do with the run. */
export interface RunControl {
  readonly state: RunState;
  readonly pace: Pace;
  setPace(pace: Pace): void;
  step(): void;
  between(from: number, to: number): void;
  /** Begins anew, and forgets what this browser kept of the run. */
  startOver(): void;
  /** Backends that this browser has. */
  readonly backends: readonly BackendChoice[];
  file(which: RunFile): Promise<Uint8Array>;
}

/** Trains in a worker while the view is there; other settings or other pictures are another run. */
export function useRun(settings: RunSettings, own: Pictures | undefined): RunControl {
  const [state, tell] = useReducer(readNews, noRun);
  const [pace, setPace] = useState<Pace>(firstPace);
  const latestPace = useRef(pace);
  latestPace.current = pace;
  const link = useMemo(() => openLink<ImageServices>('images'), []);
  useEffect(() => () => link.close(), [link]);
  const [tries, setTries] = useState(0);
  const startedAnew = useRef(0);
  const [present, setPresent] = useState<readonly BackendChoice[]>(backends);
  useEffect(() => void link.ask('backends', undefined).then(setPresent), [link]);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const key = JSON.stringify(settings);
  // Settings are the same where their text is.
  useEffect(() => {
    const controller = new AbortController();
    tell({ kind: 'starting' });
    // The one before has to have written its last checkpoint.
    before.current = before.current.then(() => {
      if (controller.signal.aborted) return;
      const anew = tries !== startedAnew.current;
      startedAnew.current = tries;
      return follow(link, { settings, pace: latestPace.current, anew, ...(own && { own }) }, controller.signal, tell);
    });
    return () => controller.abort();
  }, [link, key, own, tries]);
  const changePace = useCallback(
    (next: Pace) => {
      setPace(next);
      link.ask('pace', next);
    },
    [link],
  );
  return {
    state,
    pace,
    setPace: changePace,
    step: () => {
      changePace('paused');
      link.ask('step', undefined);
    },
    between: async (from, to) => tell({ kind: 'row', sheet: await link.ask('between', [from, to]) }),
    startOver: () => setTries((before) => before + 1),
    backends: present,
    file: (which) => link.ask('file', which),
  };
}

async function follow(
  link: Link<ImageServices>,
  ask: ImageServices['run']['ask'],
  signal: AbortSignal,
  tell: (news: Parameters<typeof readNews>[1]) => void,
): Promise<void> {
  const onTell = (news: ImageServices['run']['tell']) => {
    if (!signal.aborted) tell(news);
  };
  try {
    await link.ask('run', ask, { signal, onTell });
    if (!signal.aborted) tell({ kind: 'ended' });
  } catch (error) {
    if (!(error instanceof Stopped) && !signal.aborted) tell({ kind: 'failed', message: (error as Error).message });
  }
}

// Who asked for less motion starts the training himself.
function firstPace(): Pace {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'paused' : 'fast';
}
