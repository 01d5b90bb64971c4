import { createPause } from '../../internal/pause.js';
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
let prepared: WeakMap<LeastSquares, { users?: Promise<FixedSide>; items?: Promise<FixedSide> }> | undefined;

/** The users' or the items' vectors with what fitting needs of them, computed once. */
export function fixedSide(leastSquares: LeastSquares, factors: Factors, side: 'users' | 'items'): Promise<FixedSide> {
  prepared ??= new WeakMap();
  const known = prepared.get(leastSquares) ?? {};
  prepared.set(leastSquares, known);
  known[side] ??= prepareSide(leastSquares, factors.size, factors[side]);
  return known[side];
}

async function prepareSide(settings: LeastSquares, factors: number, vectors: Float32Array): Promise<FixedSide> {
  const workspace = createAlsWorkspace(factors);
  await computeGram(workspace, vectors, factors);
  return { vectors, settings: { ...settings, factors }, workspace };
}

// Several users may be fitted at the same time, between pauses: each needs room of its own, but for the sums.
function withRoom({ settings, workspace }: FixedSide): AlsWorkspace {
  return { ...createAlsWorkspace(settings.factors), gram: workspace.gram };
}

/** The vector `[D]` that fits some observations of the fixed side best. */
export async function fitVector(
  fixed: FixedSide,
  observed: Int32Array,
  confidences: Float32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { vectors, settings } = fixed;
  const side = oneRow(observed, confidences, settings.factors);
  await fitRow(side, 0, vectors, settings, withRoom(fixed), createPause(16, signal));
  return side.vectors;
}

/**
 * What each observation of a fitted vector adds to its score with the vector `target`, exactly:
 * `confidence * observed . inverse(A) . target`, with A the left side of its equations.
 */
export async function sharesOfScore(
  fixed: FixedSide,
  observed: Int32Array,
  confidences: Float32Array,
  target: Float32Array,
): Promise<Float64Array> {
  const { vectors, settings } = fixed;
  const { factors } = settings;
  const workspace = withRoom(fixed);
  const { right } = workspace;
  await fillMatrix(oneRow(observed, confidences, factors), 0, vectors, settings, workspace, createPause());
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
  if (confidence) {
    const counted = weights.map(confidence);
    const wrong = counted.findIndex((value) => !(Number.isFinite(value) && value > 0));
    if (wrong >= 0) {
      refuse(where, 'confidence', `give a finite number above 0 for the weight ${weights[wrong]}`, counted[wrong]);
    }
    return counted;
  }
  if (confidences.every((value) => value === 1)) return new Float32Array(weights.length).fill(1);
  refuse(where, 'confidence', 'be given for a recommender that was loaded and had one', confidence);
}

function oneRow(others: Int32Array, confidences: Float32Array, factors: number): AlsSide {
  return { offsets: Uint32Array.of(0, others.length), others, confidences, vectors: new Float32Array(factors) };
}
