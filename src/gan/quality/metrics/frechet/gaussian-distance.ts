import { cholesky } from '../../../../linear-algebra/cholesky.js';
import { eigenvalues } from '../../../../linear-algebra/eigenvalues.js';
import type { DoubleRoutines } from '../../../../linear-algebra/plain-doubles.js';
import { multiplyInParts } from '../../../../linear-algebra/products.js';
import type { Moments } from './group-sums.js';

/** Numbers that {@link gaussianDistance} needs in the routines' memory. */
export function gaussianLength(size: number): number {
  return 3 * size * size + 4 * size;
}

/**
 * The squared Fréchet distance of two Gaussians: |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^(1/2)).
 *
 * S1 S2 has the eigenvalues of the symmetric L' S2 L with L L' = S1, and the trace of its root is the sum of their roots:
 * no eigenvectors are needed, and S1 may be singular.
 *
 * @see Dowson and Landau, "The Fréchet Distance between Multivariate Normal Distributions" (1982)
 */
export async function gaussianDistance(
  first: Moments,
  second: Moments,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<number> {
  const traces = [traceOf(first), traceOf(second)] as const;
  const shift = first.mean.reduce((sum, value, column) => sum + (value - second.mean[column]!) ** 2, 0);
  // Where one of the two does not vary, neither does the product.
  const overlap = traces[0] > 0 && traces[1] > 0 ? await overlapOf(first, second, traces, routines, pause) : 0;
  // Two equal Gaussians may come out a rounding below 0.
  return Math.max(0, shift + traces[0] + traces[1] - 2 * overlap);
}

// tr((S1 S2)^(1/2)), with both brought to a size near 1, so that no product leaves the range of doubles.
async function overlapOf(
  first: Moments,
  second: Moments,
  traces: readonly [number, number],
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<number> {
  const size = first.mean.length;
  const scales = traces.map((trace) => 2 ** Math.round(Math.log2(trace)));
  const [factor, product, other] = [0, size * size, 2 * size * size];
  await load(first.lower, size, scales[0]!, routines.memory.subarray(factor, product), pause);
  await load(second.lower, size, scales[1]!, routines.memory.subarray(other, other + size * size), pause);
  await cholesky(routines, factor, size, pause);
  await multiplyByFactor(routines, { factor, product, other, size }, pause);
  await multiplyFactorBy(routines, { factor, product, other, size }, pause);
  const room = other + size * size;
  const form = { matrix: other, size, diagonal: room, beside: room + size, work: room + 2 * size };
  const found = await eigenvalues(routines, form, pause);
  // Eigenvalues of such a product are not negative, but for rounding.
  return (
    Math.sqrt(scales[0]!) * Math.sqrt(scales[1]!) * found.reduce((sum, each) => sum + Math.sqrt(Math.max(0, each)), 0)
  );
}

interface Places {
  readonly factor: number;
  readonly product: number;
  readonly other: number;
  readonly size: number;
}

const block = 128;

// product = other * factor: column j of the factor is 0 above row j.
async function multiplyByFactor(routines: DoubleRoutines, at: Places, pause: () => Promise<void>): Promise<void> {
  const { factor, product, other, size } = at;
  routines.memory.fill(0, product, product + size * size);
  for (let from = 0; from < size; from += block) {
    const start = factor + from * (size + 1);
    const operands = { left: other + from, leftRow: size, leftStep: 1, right: start, rightStep: size, rightColumn: 1 };
    const sizes = { rows: size, depth: size - from, columns: Math.min(block, size - from) };
    await multiplyInParts(routines, { ...operands, output: product + from, outputRow: size, ...sizes }, pause);
  }
}

// other = factor' * product, its lower triangle.
async function multiplyFactorBy(routines: DoubleRoutines, at: Places, pause: () => Promise<void>): Promise<void> {
  const { factor, product, other, size } = at;
  routines.memory.fill(0, other, other + size * size);
  for (let from = 0; from < size; from += block) {
    const rows = Math.min(block, size - from);
    const left = { left: factor + from * (size + 1), leftRow: 1, leftStep: size };
    const right = { right: product + from * size, rightStep: size, rightColumn: 1 };
    const output = { output: other + from * size, outputRow: size, rows, depth: size - from, columns: from + rows };
    await multiplyInParts(routines, { ...left, ...right, ...output }, pause);
  }
}

async function load(
  lower: Float64Array,
  size: number,
  scale: number,
  target: Float64Array,
  pause: () => Promise<void>,
): Promise<void> {
  for (let row = 0, at = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1, at += 1) {
      const value = lower[at]! / scale;
      target[row * size + column] = value;
      target[column * size + row] = value;
    }
    if (row % 64 === 0) await pause();
  }
}

function traceOf({ lower, mean }: Moments): number {
  return mean.reduce((sum, _, row) => sum + lower[(row * (row + 3)) / 2]!, 0);
}
