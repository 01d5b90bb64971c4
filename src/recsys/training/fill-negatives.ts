import type { Rng } from '../../random/rng.js';
import type { DrawNegative } from './draw-negative.js';
import type { FillNegatives } from './grouped-batches.js';

/** Every negative drawn for itself. */
export function fillDrawn(draw: DrawNegative): FillNegatives {
  return (users, items, groupSize) => {
    for (let row = 0; row < items.length; row += 1) if (row % groupSize !== 0) items[row] = draw(users[row]!);
  };
}

/** So many positives of a batch are tried for a negative; if its user has them all, the last one is taken. */
const mostTries = 20;

/** The positives of the batch's other groups as negatives. */
export function fillFromBatch(rng: Rng, has?: (user: number, item: number) => boolean): FillNegatives {
  return (users, items, groupSize) => {
    const groups = items.length / groupSize;
    // A last batch of one group has no others: its negatives equal its positive and teach nothing.
    for (let row = 0; row < items.length; row += 1) {
      if (row % groupSize === 0) continue;
      const own = Math.floor(row / groupSize);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const other = groups === 1 ? 0 : (own + 1 + rng.integer(groups - 1)) % groups;
        items[row] = items[other * groupSize]!;
        if (!has?.(users[row]!, items[row]!)) break;
      }
    }
  };
}
