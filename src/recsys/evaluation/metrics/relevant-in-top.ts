import type { TiedRanks } from '../tied-ranks.js';

/** Expected number of relevant items among the first `k`: what recall and precision divide. */
export function relevantInTop({ levels, before, size, relevant }: TiedRanks, k: number): number {
  let sum = 0;
  for (let level = 0; level < levels && before[level]! < k; level += 1) {
    sum += relevant[level]! * Math.min(1, (k - before[level]!) / size[level]!);
  }
  return sum;
}
