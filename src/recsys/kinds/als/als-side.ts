import { createPause } from '../../../internal/pause.js';
import { refuse } from '../../../internal/require.js';
import {
  addOuterProducts,
  createVectorBlock,
  packVector,
  paddedSize,
  type VectorBlock,
} from '../../../linear-algebra/panels.js';
import { solvePositiveDefinite } from '../../../linear-algebra/positive-definite.js';

/** One side of a factorization, users or items: which vectors of the other side each of its rows is fitted to. */
export interface AlsSide {
  /** `[R + 1]`: the observations of row `r` are `offsets[r]` to `offsets[r + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** `[N]`: the row of the other side of each observation. */
  readonly others: Int32Array;
  /** `[N]`: what each observation counts. */
  readonly confidences: Float32Array;
  /** `[R, D]`, row-major: what is fitted. */
  readonly vectors: Float32Array;
}

/** The part of the options that a single update needs. */
export interface AlsSettings {
  readonly factors: number;
  readonly regularization: number;
  readonly regularizationExponent: number;
  readonly unobservedWeight: number;
}

/** Memory for one update after another. */
export interface AlsWorkspace {
  readonly block: VectorBlock;
  readonly gram: Float64Array;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

export function createAlsWorkspace(factors: number): AlsWorkspace {
  const size = paddedSize(factors);
  const square = () => new Float64Array(size * size);
  return { block: createVectorBlock(factors, 64), gram: square(), matrix: square(), right: new Float64Array(size) };
}

/** Sets `workspace.gram` to the sum of outer products of all vectors. */
export async function computeGram(
  { block, gram }: AlsWorkspace,
  vectors: Float32Array,
  factors: number,
  pause = createPause(),
): Promise<void> {
  gram.fill(0);
  const rows = vectors.length / factors;
  for (let first = 0; first < rows; first += block.capacity) {
    await pause();
    const count = Math.min(block.capacity, rows - first);
    for (let at = 0; at < count; at += 1) packVector(block, at, vectors, (first + at) * factors, factors, 1);
    addOuterProducts(gram, block, count);
  }
}

/** The weight of the squared length of a row in the loss: it grows with how often the row takes part in the loss. */
export function rowRegularization(settings: AlsSettings, observed: number, others: number): number {
  const { regularization, regularizationExponent, unobservedWeight } = settings;
  return regularization * (observed + unobservedWeight * others) ** regularizationExponent;
}

/**
 * Sets a row of `side` to the vector that makes the loss least while the vectors of the other side stay:
 *
 *     (sum of c h h' over observed + unobservedWeight * gram + regularization * identity) * row = sum of c h over observed
 *
 * `workspace.gram` must be that of `others`. A row without observations becomes zero, which is its solution.
 */
export async function fitRow(
  side: AlsSide,
  row: number,
  others: Float32Array,
  settings: AlsSettings,
  workspace: AlsWorkspace,
  pause: () => Promise<void>,
): Promise<void> {
  const { offsets, others: observed, confidences, vectors } = side;
  const { factors } = settings;
  const { right } = workspace;
  right.fill(0);
  if (offsets[row]! < offsets[row + 1]!) {
    await fillMatrix(side, row, others, settings, workspace, pause);
    for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) {
      const [confidence, from] = [confidences[at]!, observed[at]! * factors];
      for (let d = 0; d < factors; d += 1) right[d]! += confidence * others[from + d]!;
    }
    solve(settings, workspace);
  }
  for (let d = 0; d < factors; d += 1) vectors[row * factors + d] = right[d]!;
}

/** Sets `workspace.matrix` to the left side of a row's equations, which {@link fitRow} solves. */
export async function fillMatrix(
  { offsets, others: observed, confidences }: AlsSide,
  row: number,
  others: Float32Array,
  settings: AlsSettings,
  { block, gram, matrix }: AlsWorkspace,
  pause: () => Promise<void>,
): Promise<void> {
  const { factors, unobservedWeight } = settings;
  const [begin, end] = [offsets[row]!, offsets[row + 1]!];
  startMatrix(matrix, gram, unobservedWeight, rowRegularization(settings, end - begin, others.length / factors));
  for (let first = begin; first < end; first += block.capacity) {
    // Most rows are one block.
    if (first > begin) await pause();
    const count = Math.min(block.capacity, end - first);
    for (let at = 0; at < count; at += 1) {
      const from = observed[first + at]! * factors;
      packVector(block, at, others, from, factors, Math.sqrt(confidences[first + at]!));
    }
    addOuterProducts(matrix, block, count);
  }
}

/** Sets `workspace.right` to the solution; `workspace.matrix` is used up. */
export function solve(settings: AlsSettings, { matrix, right }: AlsWorkspace): void {
  if (!solvePositiveDefinite(matrix, right)) refuseUnsolvable(settings);
}

/** Says that equations have no solution. */
export function refuseUnsolvable({ regularization }: AlsSettings): never {
  refuse('trainImplicitAls', 'regularization', 'be large enough to keep the equations solvable', regularization);
}

// Every element, the padding's too, whose diagonal keeps the matrix positive definite.
function startMatrix(matrix: Float64Array, gram: Float64Array, weight: number, diagonal: number): void {
  for (let at = 0; at < matrix.length; at += 1) matrix[at] = weight * gram[at]!;
  const size = Math.sqrt(matrix.length);
  for (let i = 0; i < size; i += 1) matrix[(i & ~3) * size + 4 * i + (i & 3)]! += diagonal;
}
