import { requireInteractions } from '../data/interactions/require-interactions.js';
import type { Interactions } from '../data/interactions.js';
import type { Vocabulary } from '../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../internal/options.js';
import { refuse, requirePositiveInteger } from '../internal/require.js';
import { knowledgeOfRows } from './knowledge.js';
import type { Factors, Knowledge, LeastSquares, Recommender } from './recommender.js';
import { scorePairs } from './scoring/score-pairs.js';
import { scoreRows } from './scoring/score-rows.js';

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

/** {@link factorRecommender} of what was checked before. */
export function recommenderOfFactors(config: FactorRecommenderConfig): Recommender {
  const { name = 'factors', users, items, factors, seen, leastSquares } = config;
  return {
    name,
    users,
    items,
    ...(seen && { seen }),
    ...(leastSquares && { leastSquares }),
    knowledge: knowledgeOfFactors(factors, seen),
    scorePairs: (userIndices, itemIndices) => scorePairs(factors, userIndices, itemIndices),
    scoreAll: (userIndices) => scoreRows(factors, userIndices),
    factors: async () => factors,
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
    if (typeof vocabulary?.indexOf !== 'function') refuse(where, side, 'be a vocabulary', vocabulary);
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
