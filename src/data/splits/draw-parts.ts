import { refuse, requireBetween } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';

/** Options of a random split. */
export interface RandomSplitOptions {
  /** Share of the rows that are drawn for the test, above 0 and below 1. */
  readonly testShare: number;
  /** Any safe integer; the same one draws the same rows. */
  readonly seed: number;
}

/**
 * `[N]`: 1 for `testShare` of the rows, rounded to a whole number and at least one in either part, 0 for the others; every
 * choice of that many rows is equally likely.
 */
export function drawParts(where: string, count: number, options: RandomSplitOptions): Uint8Array {
  const { testShare, seed } = options;
  requireBetween(where, 'testShare', testShare, Number.MIN_VALUE, 1);
  if (count < 2) refuse(where, 'rows', 'be 2 or more, to have one in either part', count);
  const rng = createRng(seed).stream('split');
  const parts = new Uint8Array(count);
  let wanted = Math.min(count - 1, Math.max(1, Math.round(count * testShare)));
  // Each row in turn is taken with the share that is still wanted of the rows still to come.
  for (let row = 0; row < count; row += 1) {
    if (rng.uniform() * (count - row) >= wanted) continue;
    parts[row] = 1;
    wanted -= 1;
  }
  return parts;
}
