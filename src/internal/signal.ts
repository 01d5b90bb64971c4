import { createPause } from './pause.js';
import { refuse } from './require.js';

/** Checks an AbortSignal, of this realm or another; `undefined` stands for none. */
export function requireSignal(where: string, signal: unknown): void {
  if (signal === undefined) return;
  const { aborted, throwIfAborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  const whole =
    typeof aborted === 'boolean' && typeof throwIfAborted === 'function' && typeof addEventListener === 'function';
  if (!whole) refuse(where, 'signal', 'be an AbortSignal, such as new AbortController().signal', signal);
}

/**
 * What `work` resolves to, unless `signal` aborts first: then this rejects with the signal's reason at once, and what the
 * work comes to later is ignored.
 */
export async function untilAborted<T>(work: T | PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Checks a signal, rejects at once when it has aborted, and makes the pause of the work that follows: {@link createPause}. */
export function pauseFor(where: string, signal: AbortSignal | undefined): () => Promise<void> {
  requireSignal(where, signal);
  signal?.throwIfAborted();
  return createPause(8, signal);
}
