import type { TiedRanks } from '../tied-ranks.js';

/** Makes the function that computes the expected NDCG of one user's first `k`. */
export function createNdcg(k: number): (ranks: TiedRanks) => number {
  // gains[n]: what the first n places are worth together, 1 / log2(place + 1) each, places from 1.
  const gains = new Float64Array(k + 1);
  for (let place = 1; place <= k; place += 1) gains[place] = gains[place - 1]! + 1 / Math.log2(place + 1);
  return ({ levels, before, size, relevant, totalRelevant }) => {
    let sum = 0;
    for (let level = 0; level < levels && before[level]! < k; level += 1) {
      const places = gains[Math.min(k, before[level]! + size[level]!)]! - gains[before[level]!]!;
      sum += (relevant[level]! / size[level]!) * places;
    }
    return sum / gains[Math.min(k, totalRelevant)]!;
  };
}
