import type { Pace } from '../services.js';

/** Lets steps pass one by one, slowly, or as fast as they come. */
export interface Pacer {
  pace: Pace;
  /** Lets one step pass a pause. */
  once(): void;
  /** Resolves when the next step may be done; rejects when the run is stopped. */
  next(signal: AbortSignal): Promise<void>;
}

const slowly = 400;

/** A pacer. */
export function createPacer(first: Pace): Pacer {
  let pace = first;
  let passes = 0;
  let wake: (() => void) | undefined;
  return {
    get pace() {
      return pace;
    },
    set pace(value) {
      pace = value;
      wake?.();
    },
    once: () => {
      passes += 1;
      wake?.();
    },
    next: async (signal) => {
      const changed = (limit?: number) =>
        new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
          if (limit !== undefined) setTimeout(resolve, limit);
        });
      if (pace === 'slow') await changed(slowly);
      while (pace === 'paused' && passes === 0 && !signal.aborted) await changed();
      passes = Math.max(0, passes - 1);
      signal.throwIfAborted();
    },
  };
}
