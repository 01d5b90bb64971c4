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

/** Expected value of 1 / place of the first relevant item, places from 1. */
export function reciprocalRank({ before, size, relevant }: TiedRanks): number {
  const [start, candidates, wanted] = [before[0]!, size[0]!, relevant[0]!];
  // Probability that none of the first `place` - 1 candidates of the level is relevant.
  let open = 1;
  let sum = 0;
  for (let place = 1; place <= candidates - wanted + 1; place += 1) {
    const found = wanted / (candidates - place + 1);
    sum += (open * found) / (start + place);
    open *= 1 - found;
  }
  return sum;
}

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

/** Share of pairs of a relevant item and another candidate in which the relevant one scores higher; a tie counts half. */
export function auc({ levels, before, size, relevant, totalRelevant, totalOthers }: TiedRanks): number {
  let lost = 0;
  let passed = 0;
  for (let level = 0; level < levels; level += 1) {
    const higher = before[level]! - passed;
    const tied = size[level]! - relevant[level]!;
    lost += relevant[level]! * (higher + tied / 2);
    passed += relevant[level]!;
  }
  return 1 - lost / (totalRelevant * totalOthers);
}

/** Expected number of relevant items among the first `k`: what recall and precision divide. */
export function relevantInTop({ levels, before, size, relevant }: TiedRanks, k: number): number {
  let sum = 0;
  for (let level = 0; level < levels && before[level]! < k; level += 1) {
    sum += relevant[level]! * Math.min(1, (k - before[level]!) / size[level]!);
  }
  return sum;
}
