import type { OptionNames } from '../../internal/options.js';
import { refuse, requireBetween, requireGivenSeed } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';

/** Options of a random split. */
export interface RandomSplitOptions {
  /** Share of the rows, or of the orders where they go whole, that is drawn for the test, above 0 and below 1. */
  readonly testShare: number;
  /** Any safe integer; the same one draws the same rows. */
  readonly seed: number;
}

/** The names of {@link RandomSplitOptions}. */
export const randomSplitNames: OptionNames<RandomSplitOptions> = { testShare: true, seed: true };

/**
 * `[N]`: 1 for `testShare` of N things, rounded to a whole number and at least one in either part, 0 for the others; every
 * choice of that many is equally likely.
 */
export function drawParts(where: string, count: number, options: RandomSplitOptions, what: string): Uint8Array {
  const { testShare, seed } = options ?? {};
  requireBetween(where, 'testShare', testShare, Number.MIN_VALUE, 1);
  requireGivenSeed(where, seed);
  if (count < 2) refuse(where, what, 'be 2 or more, to have one in either part', count);
  const rng = createRng(seed).stream('split');
  const parts = new Uint8Array(count);
  let wanted = Math.min(count - 1, Math.max(1, Math.round(count * testShare)));
  // Each in turn is taken with the share that is still wanted of those still to come.
  for (let place = 0; place < count; place += 1) {
    if (rng.uniform() * (count - place) >= wanted) continue;
    parts[place] = 1;
    wanted -= 1;
  }
  return parts;
}
