import { openDoubles } from '../../../linear-algebra/double-routines.js';
import { inverseLength, invertPositiveDefinite } from '../../../linear-algebra/invert-positive-definite.js';
import type { Pairs } from '../distinct-pairs.js';

/** The weights of EASE, `[I, I]`: row j is what item j speaks for. */
export async function solveEase(
  pairs: Pairs,
  regularization: number,
  pause: () => Promise<void>,
): Promise<Float32Array> {
  const { size } = pairs.items;
  const routines = await openDoubles(inverseLength(size));
  const { memory } = routines;
  await countTogether(pairs, memory, pause);
  for (let item = 0; item < size; item += 1) memory[item * (size + 1)]! += regularization;
  await invertPositiveDefinite(routines, size, pause);
  const weights = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const value = -memory[row * size + column]!;
      weights[row * size + column] = value / memory[column * (size + 1)]!;
      weights[column * size + row] = value / memory[row * (size + 1)]!;
    }
    await pause();
  }
  return weights;
}

// The lower triangle of X' X: how many users have both items.
async function countTogether(
  { offsets, itemIndices, items }: Pairs,
  matrix: Float64Array,
  pause: () => Promise<void>,
): Promise<void> {
  const { size } = items;
  for (let user = 0; user + 1 < offsets.length; user += 1) {
    const own = itemIndices.slice(offsets[user]!, offsets[user + 1]!).sort();
    for (let at = 0; at < own.length; at += 1) {
      const row = own[at]! * size;
      for (let other = 0; other <= at; other += 1) matrix[row + own[other]!]! += 1;
      // A wholesaler may have everything.
      if (at % 1024 === 1023) await pause();
    }
    await pause();
  }
}
