import type { Rng } from './rng.js';

/** Draws indices with given weights in constant time. */
export interface AliasTable {
  /** Sum of the weights. */
  readonly total: number;
  /** An index, with probability weight / total. */
  draw(rng: Rng): number;
}

/**
 * Prepares draws of an index with probability proportional to its weight.
 *
 * @param weights - At least one, each >= 0, not all 0.
 * @see Vose, "A Linear Algorithm for Generating Random Numbers with a Given Distribution" (1991)
 */
export function createAliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length;
  const thresholds = new Float64Array(size);
  const aliases = new Int32Array(size);
  let total = 0;
  for (let index = 0; index < size; index += 1) total += weights[index]!;
  // Columns of height 1: the small ones wait at the left end of `order`, the large ones at its right end.
  const order = new Int32Array(size);
  let small = 0;
  let large = size;
  for (let index = 0; index < size; index += 1) {
    thresholds[index] = (weights[index]! * size) / total;
    if (thresholds[index]! < 1) order[small++] = index;
    else order[--large] = index;
  }
  while (small > 0 && large < size) {
    const low = order[--small]!;
    const high = order[large]!;
    aliases[low] = high;
    thresholds[high]! -= 1 - thresholds[low]!;
    if (thresholds[high]! >= 1) continue;
    large += 1;
    order[small++] = high;
  }
  // What rounding left over is a full column.
  for (let place = 0; place < small; place += 1) thresholds[order[place]!] = 1;
  for (let place = large; place < size; place += 1) thresholds[order[place]!] = 1;
  return {
    total,
    draw: (rng) => {
      const place = rng.uniform() * size;
      const index = Math.floor(place);
      return place - index < thresholds[index]! ? index : aliases[index]!;
    },
  };
}
