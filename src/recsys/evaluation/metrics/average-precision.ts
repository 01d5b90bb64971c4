import type { TiedRanks } from '../tied-ranks.js';

/** Expected average precision of the first `k`: the mean, over the relevant items, of the precision at their places. */
export function averagePrecision({ levels, before, size, relevant, totalRelevant }: TiedRanks, k: number): number {
  let sum = 0;
  let passed = 0;
  for (let level = 0; level < levels && before[level]! < k; level += 1) {
    const [start, candidates, wanted] = [before[level]!, size[level]!, relevant[level]!];
    // Given a relevant item at one place of the level, each earlier place holds one of the others with this probability.
    const other = candidates > 1 ? (wanted - 1) / (candidates - 1) : 0;
    for (let place = 1; place <= Math.min(candidates, k - start); place += 1) {
      sum += ((wanted / candidates) * (passed + 1 + (place - 1) * other)) / (start + place);
    }
    passed += wanted;
  }
  return sum / Math.min(k, totalRelevant);
}
