import { refuse } from '../../internal/require.js';
import {
  type AlsSettings,
  type AlsSide,
  type AlsWorkspace,
  computeGram,
  createAlsWorkspace,
  fillMatrix,
  fitRow,
  solve,
} from '../baselines/als-side.js';
import type { Factors, LeastSquares } from '../recommender.js';

/** One side of finished factors, to fit vectors of the other side to. */
export interface FixedSide {
  /** `[R, D]`. */
  readonly vectors: Float32Array;
  readonly settings: AlsSettings;
  readonly workspace: AlsWorkspace;
}

// One for each side of each recommender: the sum of outer products is the work of a whole side.
let prepared: WeakMap<LeastSquares, { users?: FixedSide; items?: FixedSide }> | undefined;

/** The users' or the items' vectors with what fitting needs of them, computed once. */
export function fixedSide(leastSquares: LeastSquares, factors: Factors, side: 'users' | 'items'): FixedSide {
  prepared ??= new WeakMap();
  const known = prepared.get(leastSquares) ?? {};
  prepared.set(leastSquares, known);
  known[side] ??= prepareSide(leastSquares, factors.size, factors[side]);
  return known[side];
}

function prepareSide(settings: LeastSquares, factors: number, vectors: Float32Array): FixedSide {
  const workspace = createAlsWorkspace(factors);
  computeGram(workspace, vectors, factors);
  return { vectors, settings: { ...settings, factors }, workspace };
}

/** The vector `[D]` that fits some observations of the fixed side best. */
export function fitVector(
  { vectors, settings, workspace }: FixedSide,
  observed: Int32Array,
  confidences: Float32Array,
): Float32Array {
  const side = oneRow(observed, confidences, settings.factors);
  fitRow(side, 0, vectors, settings, workspace);
  return side.vectors;
}

/**
 * What each observation of a fitted vector adds to its score with the vector `target`, exactly:
 * `confidence * observed . inverse(A) . target`, with A the left side of its equations.
 */
export function sharesOfScore(
  { vectors, settings, workspace }: FixedSide,
  observed: Int32Array,
  confidences: Float32Array,
  target: Float32Array,
): Float64Array {
  const { factors } = settings;
  const { right } = workspace;
  fillMatrix(oneRow(observed, confidences, factors), 0, vectors, settings, workspace);
  right.fill(0);
  right.set(target);
  solve(settings, workspace);
  return Float64Array.from(observed, (other, at) => {
    let sum = 0;
    for (let axis = 0; axis < factors; axis += 1) sum += right[axis]! * vectors[other * factors + axis]!;
    return confidences[at]! * sum;
  });
}

/** What new rows count, from their weights. */
export function confidencesOf(
  where: string,
  { confidence, confidences }: LeastSquares,
  weights: Float32Array,
): Float32Array {
  if (confidence) return weights.map(confidence);
  if (confidences.every((value) => value === 1)) return new Float32Array(weights.length).fill(1);
  refuse(where, 'confidence', 'be given for a recommender that was loaded and had one', confidence);
}

function oneRow(others: Int32Array, confidences: Float32Array, factors: number): AlsSide {
  return { offsets: Uint32Array.of(0, others.length), others, confidences, vectors: new Float32Array(factors) };
}
