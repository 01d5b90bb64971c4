import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { requireVocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { Factors } from '../../nn/embedding/models/factors.js';
import { createReader, type Reader, tensorOf } from '../../saving/document/reader.js';
import { knowledgeOf, knowledgeOfRows } from '../knowledge.js';
import type { Knowledge, Recommender, RecommenderState, SavedRecommender } from '../recommender.js';
import { scorePairs } from '../scoring/score-pairs.js';
import { scoreRows } from '../scoring/score-rows.js';
import type { FittedFactors, LeastSquares } from './als/least-squares.js';

/** What {@link factorRecommender} takes. */
export interface FactorRecommenderConfig {
  /** What reports call it. Default `'factors'`. */
  readonly name?: string;
  /** The users, one for each vector of `factors.users`. */
  readonly users: Vocabulary;
  /** The items, one for each vector of `factors.items`. */
  readonly items: Vocabulary;
  /** The vectors. They are not copied: who changes them changes the scores. */
  readonly factors: Factors;
  /** What the vectors were fitted to: what counts as seen, and who and what has a row here counts as known. */
  readonly seen?: Interactions;
  /** How the vectors were fitted, where that was by least squares: lets users and items be folded in. */
  readonly leastSquares?: LeastSquares;
}

const names: OptionNames<FactorRecommenderConfig> = {
  name: true,
  users: true,
  items: true,
  factors: true,
  seen: true,
  leastSquares: true,
};

/**
 * Makes a recommender of vectors: a factorization from anywhere, to be evaluated and served like any other.
 *
 *     score[u, i] = users[u] . items[i] + itemBiases[i]
 *
 * Scores are computed on the host, in double precision, whatever the backend. Nothing is known of users and items without a
 * row in `seen`, of items whose vector and bias are zero and, without biases, of users whose vector is zero: see
 * {@link Knowledge}.
 *
 * @param config - Names and vectors.
 * @returns A recommender; `factors()` gives the vectors back.
 * @throws RangeError when the vectors do not have the length that `factors.size` and the vocabularies say.
 * @example
 * const recommender = factorRecommender({
 *   users: createVocabulary(['ann']),
 *   items: createVocabulary(['tea', 'milk']),
 *   factors: { size: 2, users: Float32Array.of(1, 2), items: Float32Array.of(3, 0, 0, 1) },
 * });
 * await recommender.scoreAll(Int32Array.of(0)); // Float32Array [3, 2]
 */
export function factorRecommender(config: FactorRecommenderConfig): Recommender {
  requireOptions('factorRecommender', config, names, 'config');
  const { users, items, factors, seen } = config;
  requireFactors(users, items, factors);
  if (seen !== undefined) requireInteractions('factorRecommender', 'seen', seen);
  return recommenderOfFactors(config);
}

// Of what was checked before.
function recommenderOfFactors(config: FactorRecommenderConfig): Recommender {
  const { name = 'factors', users, items, factors, seen, leastSquares } = config;
  return {
    name,
    users,
    items,
    ...(seen && { seen }),
    ...(leastSquares && abilitiesOfSquares({ factors, leastSquares })),
    knowledge: knowledgeOfFactors(factors, seen),
    scorePairs: (userIndices, itemIndices) => scorePairs(factors, userIndices, itemIndices),
    scoreAll: (userIndices) => scoreRows(factors, userIndices),
    factors: async () => factors,
  };
}

// The equations are loaded when they are needed: most recommenders of vectors never are folded into.
function abilitiesOfSquares(
  fitted: FittedFactors,
): Pick<Recommender, 'state' | 'foldInUser' | 'foldInItem' | 'explain'> {
  const equations = () => import('./als/least-squares.js');
  return {
    state(this: Recommender) {
      return stateOfFactors(this, fitted.factors, fitted.leastSquares);
    },
    foldInUser: async (items, weights, options) =>
      (await equations()).foldUserBySquares(fitted, items, weights, options),
    async foldInItem(this: Recommender, id, indices, weights, options) {
      const { foldItemBySquares } = await equations();
      return factorRecommender(await foldItemBySquares(fitted, this, id, { indices, weights }, options));
    },
    async explain(this: Recommender, user, item) {
      return (await equations()).explainBySquares(fitted, this, user, item);
    },
  };
}

/** What factors say something of: vectors that are not zero, of users and items with rows where rows are known. */
export function knowledgeOfFactors(
  { size, users, items, itemBiases }: Factors,
  seen: Interactions | undefined,
): Required<Omit<Knowledge, 'emptyScore'>> {
  const rows = seen && knowledgeOfRows(seen);
  return {
    knowsUser: (user) => (rows?.knowsUser(user) ?? true) && (itemBiases !== undefined || !isZero(users, user, size)),
    knowsItem: (item) =>
      (rows?.knowsItem(item) ?? true) && !((itemBiases?.[item] ?? 0) === 0 && isZero(items, item, size)),
  };
}

function isZero(vectors: Float32Array, row: number, size: number): boolean {
  for (let at = row * size; at < (row + 1) * size; at += 1) if (vectors[at] !== 0) return false;
  return true;
}

function requireFactors(users: Vocabulary, items: Vocabulary, factors: Factors): void {
  const where = 'factorRecommender';
  for (const [side, vocabulary] of Object.entries({ users, items })) {
    requireVocabulary(where, side, vocabulary);
  }
  if (typeof factors !== 'object' || factors === null) refuse(where, 'factors', 'be { size, users, items }', factors);
  requirePositiveInteger(where, 'factors.size', factors.size);
  const check = (name: string, values: unknown, length: number) => {
    const isFitting = values instanceof Float32Array && values.length === length;
    if (!isFitting) refuse(where, `factors.${name}`, `be a Float32Array of ${length} numbers`, lengthOf(values));
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) refuse(where, `factors.${name}`, 'hold finite numbers', values[wrong]);
  };
  check('users', factors.users, users.size * factors.size);
  check('items', factors.items, items.size * factors.size);
  if (factors.itemBiases) check('itemBiases', factors.itemBiases, items.size);
}

function lengthOf(values: unknown): unknown {
  return values instanceof Float32Array ? `${values.length} numbers` : values;
}

/** What is written down of a recommender of factors, with how they were fitted where that is known. */
export function stateOfFactors(
  recommender: Recommender,
  factors: Factors,
  leastSquares?: LeastSquares,
): RecommenderState {
  const { size, users, items, itemBiases } = factors;
  const known = stateOfKnowledge(factors, recommender);
  const matrix = (values: Float32Array) => ({ shape: [values.length / size, size], values });
  const list = (values: Float32Array) => ({ shape: [values.length], values });
  return {
    kind: 'factors',
    settings: {
      size,
      hasBiases: itemBiases !== undefined,
      ...(known && { knowledge: known.settings }),
      ...(leastSquares && {
        leastSquares: {
          regularization: leastSquares.regularization,
          regularizationExponent: leastSquares.regularizationExponent,
          unobservedWeight: leastSquares.unobservedWeight,
        },
      }),
    },
    tensors: {
      users: matrix(users),
      items: matrix(items),
      ...(itemBiases && { itemBiases: list(itemBiases) }),
      ...(leastSquares && { confidences: list(leastSquares.confidences) }),
      ...known?.tensors,
    },
  };
}

// Who and what is known, where that does not follow from the factors themselves.
function stateOfKnowledge(factors: Factors, recommender: Recommender) {
  const [own, derived] = [knowledgeOf(recommender), knowledgeOfFactors(factors, recommender.seen)];
  const flags = (count: number, isKnown: (index: number) => boolean) =>
    Uint8Array.from({ length: count }, (_, index) => (isKnown(index) ? 1 : 0));
  const [userCount, itemCount] = [recommender.users.size, recommender.items.size];
  const [users, items] = [flags(userCount, own.knowsUser), flags(itemCount, own.knowsItem)];
  const isDerived =
    own.emptyScore === undefined &&
    users.every((flag, user) => flag === Number(derived.knowsUser(user))) &&
    items.every((flag, item) => flag === Number(derived.knowsItem(item)));
  if (isDerived) return undefined;
  return {
    settings: own.emptyScore === undefined ? {} : { emptyScore: own.emptyScore },
    tensors: {
      knownUsers: { shape: [userCount], values: users },
      knownItems: { shape: [itemCount], values: items },
    },
  };
}

/** Makes a recommender of factors again. */
export function readFactors(saved: SavedRecommender): Recommender {
  const { name, users, items, seen } = saved;
  const part = createReader(saved.settings, 'settings');
  const size = part.whole('size', 1, 2 ** 31);
  const biases = part.flag('hasBiases') && tensorOf(saved, 'itemBiases', Float32Array, [items.size]);
  const leastSquares = part.has('leastSquares') ? readLeastSquares(saved, part.part('leastSquares')) : undefined;
  // Every tensor of the file was looked at for what is not finite.
  const recommender = recommenderOfFactors({
    ...{ name, users, items, ...(seen && { seen }) },
    factors: {
      size,
      users: tensorOf(saved, 'users', Float32Array, [users.size, size]),
      items: tensorOf(saved, 'items', Float32Array, [items.size, size]),
      ...(biases && { itemBiases: biases }),
    },
    ...(leastSquares && { leastSquares }),
  });
  if (!part.has('knowledge')) return recommender;
  return { ...recommender, knowledge: readKnowledge(saved, part.part('knowledge')) };
}

function readKnowledge(saved: SavedRecommender, part: Reader): Knowledge {
  const users = tensorOf(saved, 'knownUsers', Uint8Array, [saved.users.size]);
  const items = tensorOf(saved, 'knownItems', Uint8Array, [saved.items.size]);
  return {
    knowsUser: (user) => users[user] === 1,
    knowsItem: (item) => items[item] === 1,
    ...(part.has('emptyScore') && { emptyScore: part.number('emptyScore') }),
  };
}

function readLeastSquares(saved: SavedRecommender, part: Reader): LeastSquares {
  const confidences = tensorOf(saved, 'confidences', Float32Array, [saved.seen?.length ?? 0]);
  const settings = {
    regularization: part.number('regularization'),
    regularizationExponent: part.number('regularizationExponent'),
    unobservedWeight: part.number('unobservedWeight'),
  };
  const isFitting = Object.values(settings).every((value) => value >= 0) && confidences.every((value) => value > 0);
  if (!isFitting) refuseFile('hold weights of least squares >= 0', Object.values(settings));
  return { ...settings, confidences };
}
