import { growVocabulary, type Id } from '../../../data/vocabulary.js';
import { createPause } from '../../../internal/pause.js';
import { refuse } from '../../../internal/require.js';
import type { Factors } from '../../../nn/embedding/models/factors.js';
import { addUp, ofHistory } from '../../explaining/explanation.js';
import type { FoldInItemOptions, FoldInUserOptions } from '../../folding/fold-in-options.js';
import type { FoldedUser } from '../../folding/folded-user.js';
import { withItemRow, withItemRows } from '../../folding/grow-recommender.js';
import type { Contribution, Recommender } from '../../recommender.js';
import { scorePairs } from '../../scoring/score-pairs.js';
import { scoreRows } from '../../scoring/score-rows.js';
import { requireSeen } from '../../serving/seen-items.js';
import {
  type AlsSettings,
  type AlsSide,
  type AlsWorkspace,
  computeGram,
  createAlsWorkspace,
  fillMatrix,
  fitRow,
  solve,
} from './als-side.js';

/** How vectors were fitted by least squares, as {@link trainImplicitAls} does: what it takes to fit one more. */
export interface LeastSquares {
  /** Weight of the squared lengths. */
  readonly regularization: number;
  /** How the regularization of a vector grows with its observations. */
  readonly regularizationExponent: number;
  /** Weight of the squared score of every pair. */
  readonly unobservedWeight: number;
  /** `[N]`: what each row of `seen` counted. */
  readonly confidences: Float32Array;
  /** What a row of weight w counts. Missing in a loaded recommender, of which all rows but the new ones are known. */
  readonly confidence?: (weight: number) => number;
}

/** Factors with how they were fitted. */
export interface FittedFactors {
  readonly factors: Factors;
  readonly leastSquares: LeastSquares;
}

/** A user from outside: the vector that solves the equations of what they did. */
export async function foldUserBySquares(
  { factors, leastSquares }: FittedFactors,
  history: Int32Array,
  weights: Float32Array,
  { confidence, signal }: FoldInUserOptions,
): Promise<Pick<FoldedUser, 'vector' | 'scoreItems' | 'scoreAll'>> {
  const confidences = confidencesOf('foldInUser', leastSquares, weights, confidence);
  const vector = await fitVector(await fixedSide(leastSquares, factors, 'items'), history, confidences, signal);
  const alone = { ...factors, users: vector };
  return {
    vector,
    scoreItems: async (items) => scorePairs(alone, new Int32Array(items.length), items),
    scoreAll: async () => scoreRows(alone, Int32Array.of(0)),
  };
}

/** The parts of a recommender with one item more: the vector that solves the equations of its users. */
export async function foldItemBySquares(
  { factors, leastSquares }: FittedFactors,
  recommender: Recommender,
  id: Id,
  added: { readonly indices: Int32Array; readonly weights: Float32Array },
  { confidence, signal }: FoldInItemOptions,
) {
  const { name, users, items } = recommender;
  const confidences = confidencesOf('foldInItem', leastSquares, added.weights, confidence);
  const vector = await fitVector(await fixedSide(leastSquares, factors, 'users'), added.indices, confidences, signal);
  const { itemBiases } = factors;
  const grown = growVocabulary(items, [id]);
  const { seen, sources } = withItemRows(requireSeen('foldInItem', recommender, 'to add to'), grown, added);
  const all = new Float32Array(sources.length);
  all.set(leastSquares.confidences);
  all.set(confidences, leastSquares.confidences.length);
  return {
    name,
    users,
    items: grown,
    factors: {
      ...factors,
      items: withItemRow(factors.items, vector),
      ...(itemBiases && { itemBiases: withItemRow(itemBiases, new Float32Array(1)) }),
    },
    seen,
    leastSquares: { ...leastSquares, confidences: Float32Array.from(sources, (source) => all[source]!) },
  };
}

/** What each past item adds to a score, exactly. */
export async function explainBySquares(
  { factors, leastSquares }: FittedFactors,
  { items: vocabulary, seen }: Recommender,
  user: FoldedUser & { readonly index: number },
  item: number,
): Promise<{ readonly baselineScore: number; readonly contributions: readonly Contribution[] }> {
  const { size, items, itemBiases } = factors;
  const known = user.index >= 0 && seen ? [seen.offsets[user.index]!, seen.offsets[user.index + 1]!] : undefined;
  const confidences = known
    ? leastSquares.confidences.subarray(...known)
    : confidencesOf('explainRecommendation', leastSquares, user.weights);
  const target = items.subarray(item * size, (item + 1) * size);
  const shares =
    user.seenItems.length === 0
      ? new Float64Array(0)
      : await sharesOfScore(await fixedSide(leastSquares, factors, 'items'), user.seenItems, confidences, target);
  const bias = itemBiases?.[item] ?? 0;
  const ofBias: Contribution[] =
    bias === 0 ? [] : [{ kind: 'feature', feature: 'item', id: vocabulary.idAt(item)!, value: bias }];
  const ofPast = Array.from(user.seenItems, (past, row) => ofHistory(vocabulary, past, shares[row]!));
  return { baselineScore: 0, contributions: addUp([...ofBias, ...ofPast]) };
}

/** One side of finished factors, to fit vectors of the other side to. */
interface FixedSide {
  /** `[R, D]`. */
  readonly vectors: Float32Array;
  readonly settings: AlsSettings;
  readonly workspace: AlsWorkspace;
}

// One for each side of each recommender: the sum of outer products is the work of a whole side.
let prepared: WeakMap<LeastSquares, { users?: Promise<FixedSide>; items?: Promise<FixedSide> }> | undefined;

/** The users' or the items' vectors with what fitting needs of them, computed once. */
function fixedSide(leastSquares: LeastSquares, factors: Factors, side: 'users' | 'items'): Promise<FixedSide> {
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
async function fitVector(
  fixed: FixedSide,
  observed: Int32Array,
  confidences: Float32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { vectors, settings } = fixed;
  const side = oneRow(observed, confidences, settings.factors);
  // Once before the work as well: many that are fitted one after another, each in no time, would hold the event loop together.
  const pause = createPause(0, signal);
  await pause();
  await fitRow(side, 0, vectors, settings, withRoom(fixed), pause);
  return side.vectors;
}

/**
 * What each observation of a fitted vector adds to its score with the vector `target`, exactly:
 * `confidence * observed . inverse(A) . target`, with A the left side of its equations.
 */
async function sharesOfScore(
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

// What new rows count, from their weights.
function confidencesOf(
  where: string,
  { confidence: known, confidences }: LeastSquares,
  weights: Float32Array,
  confidence = known,
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
