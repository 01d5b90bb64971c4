import type { Rng } from '../../random/rng.js';

/** Row numbers to train on and to test on, chosen at random; at least one to train on. */
export interface SplitRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Puts `round(share * count)` rows aside. */
export function splitRows(count: number, share: number, rng: Rng): SplitRows {
  const order = rng.permutation(count);
  const kept = Math.max(1, count - Math.round(share * count));
  return { train: order.slice(0, kept).sort(), test: order.slice(kept).sort() };
}
