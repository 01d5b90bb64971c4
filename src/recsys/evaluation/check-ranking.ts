import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import { countKnown } from '../../data/known-indices.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireAtMost,
  requireIndices,
  requireOneOf,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { requireRecommender } from '../check-recommender.js';
import type { Recommender } from '../recommender.js';
import { type MetricName, type RankingMetric, rankingMetrics } from './ranking-metrics.js';
import type { EvaluateRankingOptions } from './ranking-options.js';

const where = 'evaluateRanking';

const names: OptionNames<EvaluateRankingOptions> = {
  test: true,
  train: true,
  k: true,
  negatives: true,
  exclude: true,
  seed: true,
  metrics: true,
  baseline: true,
  resamples: true,
  signal: true,
};

/** All there are, or those of one kind. What those of ranks need is the same for lists of any candidates. */
function metricNames(judges?: RankingMetric['judges']): MetricName[] {
  const all = Object.keys(rankingMetrics) as MetricName[];
  return all.filter((name) => judges === undefined || rankingMetrics[name].judges === judges);
}

/** Checks everything but `test` and the lists of negatives, and fills in what was left out. */
export function checkRankingOptions(recommender: Recommender, options: EvaluateRankingOptions<MetricName>) {
  requireGivenOptions(where, options, names);
  const { k = 10, negatives = 'all', exclude, seed = 0, resamples = 1000, signal } = options;
  requireSeed(where, seed);
  requireSignal(where, signal);
  requireRecommender(where, recommender);
  if (options.baseline) requireRecommender(where, options.baseline, 'baseline');
  const { metrics = negatives === 'all' ? metricNames() : metricNames('ranks'), train = recommender.seen } = options;
  if (!train) refuse(where, 'train', 'be given where the recommender has no `seen`', train);
  requireInteractions(where, 'train', train);
  requireInteractions(where, 'test', options.test);
  requireSameIds(where, 'train', train, recommender);
  requireSameIds(where, 'test', options.test, recommender);
  if (options.baseline) requireSameIds(where, 'baseline', options.baseline, recommender);
  const known = countKnown(recommender.items);
  requirePositiveInteger(where, 'k', k);
  requireAtMost(where, 'k', k, known, 'items');
  requireNegatives(negatives, k, recommender);
  if (exclude !== undefined) requireOneOf(where, 'exclude', ['seen', 'nothing'], exclude);
  requireWholeNumber(where, 'resamples', resamples, 0, 1e6);
  if (!Array.isArray(metrics) || metrics.length === 0) refuse(where, 'metrics', 'name at least one metric', metrics);
  for (const name of metrics) requireOneOf(where, 'metrics', metricNames(), name);
  return { train, k, negatives, exclude, seed, resamples, metrics: [...new Set(metrics)], known };
}

function requireNegatives(negatives: unknown, k: number, { users, items }: Recommender): void {
  if (negatives === 'all') return;
  if (typeof negatives === 'number') {
    requirePositiveInteger(where, 'negatives', negatives);
    // With fewer, every list would hold every relevant item.
    if (negatives < k) refuse(where, 'negatives', `be at least k, ${k}`, negatives);
    return;
  }
  if (!Array.isArray(negatives) || negatives.length !== users.size) {
    const received = Array.isArray(negatives) ? `${negatives.length} lists` : negatives;
    refuse(where, 'negatives', `be 'all', a number, or a list of items for each of the ${users.size} users`, received);
  }
  for (const [user, list] of negatives.entries()) {
    if (!(list instanceof Int32Array)) refuse(where, `negatives[${user}]`, 'be an Int32Array of item indices', list);
    requireIndices(where, `negatives[${user}]`, list, items.size);
  }
}

/** Checks that rows, or another recommender, number users and items as the recommender does. */
export function requireSameIds(
  where: string,
  name: string,
  other: Interactions | Recommender | undefined,
  recommender: Recommender,
): void {
  if (!other) refuse(where, name, 'be given, as createInteractions or toInteractions makes it', other);
  for (const side of ['users', 'items'] as const) {
    if (!isSame(other[side], recommender[side])) {
      const sizes = `${other[side].size} against ${recommender[side].size} ${side}`;
      refuse(where, name, `number the same ${side} in the same order as the recommender`, sizes);
    }
  }
}

function isSame(a: Vocabulary, b: Vocabulary): boolean {
  if (a === b) return true;
  if (a.size !== b.size || a.unknownIndex !== b.unknownIndex) return false;
  for (let index = 0; index < a.size; index += 1) if (a.idAt(index) !== b.idAt(index)) return false;
  return true;
}
