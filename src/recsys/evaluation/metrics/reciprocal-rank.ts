import type { TiedRanks } from '../tied-ranks.js';

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
