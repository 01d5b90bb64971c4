import type { Interactions } from '../data/interactions.js';
import type { Vocabulary } from '../data/vocabulary.js';
import { refuse, requirePositiveInteger } from '../internal/require.js';
import { scorePairs } from './products/score-pairs.js';
import { scoreRows } from './products/score-rows.js';
import type { Factors, LeastSquares, Recommender } from './recommender.js';

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
  /** What counts as seen when it recommends. */
  readonly seen?: Interactions;
  /** How the vectors were fitted, where that was by least squares: lets users and items be folded in. */
  readonly leastSquares?: LeastSquares;
}

/**
 * Makes a recommender of vectors: a factorization from anywhere, to be evaluated and served like any other.
 *
 *     score[u, i] = users[u] . items[i] + itemBiases[i]
 *
 * Scores are computed on the host, in double precision, whatever the backend.
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
  const { name = 'factors', users, items, factors, seen, leastSquares } = config;
  requireFactors(users, items, factors);
  return {
    name,
    users,
    items,
    ...(seen && { seen }),
    ...(leastSquares && { leastSquares }),
    scorePairs: async (userIndices, itemIndices) => scorePairs(factors, userIndices, itemIndices),
    scoreAll: async (userIndices) => scoreRows(factors, userIndices),
    factors: async () => factors,
  };
}

function requireFactors(users: Vocabulary, items: Vocabulary, factors: Factors): void {
  const where = 'factorRecommender';
  requirePositiveInteger(where, 'factors.size', factors.size);
  const check = (name: string, values: unknown, length: number) => {
    const isFitting = values instanceof Float32Array && values.length === length;
    if (!isFitting) refuse(where, `factors.${name}`, `be a Float32Array of ${length} numbers`, lengthOf(values));
  };
  check('users', factors.users, users.size * factors.size);
  check('items', factors.items, items.size * factors.size);
  if (factors.itemBiases) check('itemBiases', factors.itemBiases, items.size);
}

function lengthOf(values: unknown): unknown {
  return values instanceof Float32Array ? `${values.length} numbers` : values;
}
