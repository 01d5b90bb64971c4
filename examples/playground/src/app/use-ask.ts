import { useEffect, useState } from 'preact/hooks';
import { type Link, Stopped } from '../link/link.js';
import type { Services } from '../link/protocol.js';

/** A question that is under way, answered or failed. */
export interface Asking<Tell, Answer> {
  readonly isBusy: boolean;
  /** The last answer, kept while the next is under way. */
  readonly answer?: Answer;
  /** What was told last. */
  readonly told?: Tell;
  readonly failure?: string;
}

/**
 * Asks a worker whenever the question is another one; the one before is taken back. `undefined` asks nothing. Questions are the same
 * where their texts are, or `sameAs`.
 */
export function useAsk<S extends Services, N extends keyof S & string>(
  link: Link<S>,
  name: N,
  ask: S[N]['ask'] | undefined,
  onTell?: (told: S[N]['tell']) => void,
  sameAs?: string,
): Asking<S[N]['tell'], S[N]['answer']> {
  const [state, setState] = useState<Asking<S[N]['tell'], S[N]['answer']>>({ isBusy: false });
  const key = ask === undefined ? undefined : (sameAs ?? JSON.stringify(ask));
  // A question is the same where its text is.
  useEffect(() => {
    if (ask === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    const change = (next: (before: typeof state) => typeof state) => {
      if (!signal.aborted) setState(next);
    };
    change(({ answer }) => ({ isBusy: true, ...(answer !== undefined && { answer }) }));
    link
      .ask(name, ask, {
        signal,
        onTell: (told) => {
          change((before) => ({ ...before, told }));
          if (!signal.aborted) onTell?.(told);
        },
      })
      .then(
        (answer) => change(() => ({ isBusy: false, answer })),
        (error: Error) =>
          change(({ answer }) => ({
            isBusy: false,
            ...(answer !== undefined && { answer }),
            ...(!(error instanceof Stopped) && { failure: error.message }),
          })),
      );
    return () => controller.abort();
  }, [link, name, key]);
  return state;
}
