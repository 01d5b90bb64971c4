import { cholesky } from './cholesky.js';
import { mostRows } from './double-routines.js';
import type { DoubleRoutines } from './plain-doubles.js';
import { multiplyInParts } from './products.js';

/** Numbers that {@link invertPositiveDefinite} needs in the routines' memory. */
export function inverseLength(size: number): number {
  return size * size + mostRows * size;
}

/**
 * The inverse of a symmetric positive definite matrix, in its place: S = L L', W = the inverse of L, then W' W.
 *
 * @param routines - With `size * size` numbers of S at the start of its memory, and {@link inverseLength} in all; of S and of the
 *   inverse the lower triangle counts.
 * @see Higham, "Accuracy and Stability of Numerical Algorithms" (2002), 14.2
 */
export async function invertPositiveDefinite(
  routines: DoubleRoutines,
  size: number,
  pause: () => Promise<void>,
): Promise<void> {
  await cholesky(routines, 0, size, pause);
  for (let from = 0; from < size; from += mostRows) await invertRows(routines, size, from, pause);
  for (let from = 0; from < size; from += mostRows) await squareRows(routines, size, from, pause);
}

// Rows of W, by those above: W[i, :] = - inverse(L[i, i]) * L[i, :i] * W[:i, :].
async function invertRows(
  routines: DoubleRoutines,
  size: number,
  from: number,
  pause: () => Promise<void>,
): Promise<void> {
  const { memory } = routines;
  const rows = Math.min(mostRows, size - from);
  const room = size * size;
  memory.fill(0, room, room + rows * size);
  // By stretches of columns, since W[:i, :] is 0 above its diagonal.
  for (let column = 0; column < from; column += mostRows) {
    const operands = { left: from * size + column, leftRow: size, leftStep: 1, right: column * (size + 1) };
    const product = { ...operands, rightStep: size, rightColumn: 1, output: room + column, outputRow: size };
    const sizes = { rows, depth: from - column, columns: Math.min(mostRows, from - column), factor: -1 };
    await multiplyInParts(routines, { ...product, ...sizes }, pause);
  }
  for (let row = 0; row < rows; row += 1) memory[room + row * size + from + row] = 1;
  for (let row = 0; row < rows; row += 1) {
    const own = room + row * size;
    for (let before = 0; before < row; before += 1) {
      const factor = memory[(from + row) * size + from + before]!;
      const other = room + before * size;
      for (let column = 0; column <= from + before; column += 1)
        memory[own + column]! -= factor * memory[other + column]!;
    }
    const scale = 1 / memory[(from + row) * (size + 1)]!;
    for (let column = 0; column <= from + row; column += 1) memory[own + column]! *= scale;
    await pause();
  }
  for (let row = 0; row < rows; row += 1) {
    memory.copyWithin((from + row) * size, room + row * size, room + row * size + from + row + 1);
  }
}

// Rows of W' W, by W from them on: what is below them is still W.
async function squareRows(
  routines: DoubleRoutines,
  size: number,
  from: number,
  pause: () => Promise<void>,
): Promise<void> {
  const { memory } = routines;
  const rows = Math.min(mostRows, size - from);
  const room = size * size;
  memory.fill(0, room, room + rows * size);
  const operands = { left: from * (size + 1), leftRow: 1, leftStep: size, right: from * size, rightStep: size };
  const sizes = { rows, depth: size - from, columns: from + rows };
  await multiplyInParts(routines, { ...operands, rightColumn: 1, output: room, outputRow: size, ...sizes }, pause);
  for (let row = 0; row < rows; row += 1) {
    memory.copyWithin((from + row) * size, room + row * size, room + row * size + from + row + 1);
  }
}
