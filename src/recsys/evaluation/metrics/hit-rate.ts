import type { TiedRanks } from '../tied-ranks.js';

/** Probability that a relevant item is among the first `k`: one minus that of drawing none of them. */
export function hitRate({ levels, before, size, relevant }: TiedRanks, k: number): number {
  if (before[0]! >= k) return 0;
  let missed = 1;
  for (let level = 0; level < levels && before[level]! < k; level += 1) {
    const places = k - before[level]!;
    // The level's candidates in random order: none of the first `places` is relevant.
    for (let drawn = 0; drawn < relevant[level]! && missed > 0; drawn += 1) {
      missed *= Math.max(0, size[level]! - places - drawn) / (size[level]! - drawn);
    }
  }
  return 1 - missed;
}
