import type { TiedRanks } from '../tied-ranks.js';

/** Probability that a relevant item is among the first `k`: one minus that of drawing none of them. */
export function hitRate({ before, size, relevant }: TiedRanks, k: number): number {
  // Later levels change nothing: where one begins within the first `k`, all of the first level stands there already.
  const [candidates, places] = [size[0]!, Math.max(0, k - before[0]!)];
  let missed = 1;
  // The level's candidates in random order: none of the first `places` is relevant.
  for (let drawn = 0; drawn < relevant[0]!; drawn += 1) {
    missed *= Math.max(0, candidates - places - drawn) / (candidates - drawn);
  }
  return 1 - missed;
}
