import type { DoubleRoutines } from './plain-doubles.js';
import { multiplyInParts } from './products.js';

const panel = 32;

/**
 * The factor L of L L' = S, in the place of S: lower triangular, zeros above. A column of which less is left than rounding
 * makes is taken for 0, so that S may be singular: constant features, copies of others, fewer samples than features.
 *
 * @param matrix - Place of S `[size, size]`; its lower triangle is read.
 * @see Higham, "Accuracy and Stability of Numerical Algorithms" (2002), 10.3
 */
export async function cholesky(
  routines: DoubleRoutines,
  matrix: number,
  size: number,
  pause: () => Promise<void>,
): Promise<void> {
  const { memory } = routines;
  const least = Float64Array.from(
    { length: size },
    (_, at) => size * Number.EPSILON * memory[matrix + at * (size + 1)]!,
  );
  for (let first = 0; first < size; first += panel) {
    const end = Math.min(size, first + panel);
    factorPanel(memory, matrix, size, first, end, least);
    await pause();
    const rest = matrix + end * size;
    const product = {
      ...{ left: rest + first, leftRow: size, leftStep: 1, right: rest + first, rightStep: 1, rightColumn: size },
      ...{ output: rest + end, outputRow: size, rows: size - end, depth: end - first, columns: size - end, factor: -1 },
    };
    await multiplyInParts(routines, product, pause, true);
  }
  for (let row = 0; row < size; row += 1) {
    memory.fill(0, matrix + row * size + row + 1, matrix + (row + 1) * size);
    if (row % 64 === 0) await pause();
  }
}

// What earlier panels give is taken off already.
function factorPanel(
  memory: Float64Array,
  matrix: number,
  size: number,
  first: number,
  end: number,
  least: Float64Array,
): void {
  for (let column = first; column < end; column += 1) {
    const own = matrix + column * size;
    let root = 0;
    for (let row = column; row < size; row += 1) {
      const start = matrix + row * size;
      let left = memory[start + column]!;
      for (let at = first; at < column; at += 1) left -= memory[start + at]! * memory[own + at]!;
      if (row === column) root = left > least[column]! ? Math.sqrt(left) : 0;
      memory[start + column] = root === 0 ? 0 : row === column ? root : left / root;
    }
  }
}
