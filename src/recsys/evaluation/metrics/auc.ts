import type { TiedRanks } from '../tied-ranks.js';

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
