import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { countKnown } from '../../../data/known-indices.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import {
  refuse,
  requireAtMost,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../../internal/require.js';
import { requireSignal } from '../../../internal/signal.js';
import { requireRecommender } from '../../check-recommender.js';
import { createCompletion } from '../../completion.js';
import { popularityRecommender } from '../../kinds/popularity-recommender.js';
import { personalFrequencyRecommender } from '../../kinds/sequences/personal-frequency-recommender.js';
import { sequentialRulesRecommender } from '../../kinds/sequences/sequential-rules-recommender.js';
import type { Recommender } from '../../recommender.js';
import { requireSameIds } from '../check-ranking.js';
import { rankCatalogue } from '../rank-catalogue.js';
import type { View } from '../rank-lists.js';
import { rankingMetrics } from '../ranking-metrics.js';
import { createTally } from '../tally.js';
import { casesOfPart, selectCases } from '../test-cases.js';
import { formatNextBasket } from './format-next-basket.js';
import { basketMetrics, createNextBasketReport, type NextBasketReport } from './next-basket-report.js';

/** Options of {@link evaluateNextBasket}. */
export interface EvaluateNextBasketOptions {
  /** Each customer's next basket, as {@link leaveLastOut} or {@link splitAtTime} with `test: 'next'` gives it. */
  readonly test: Interactions;
  /** What the recommender learned from: what a customer has here, comes again. Default `recommender.seen`. */
  readonly train?: Interactions;
  /** Lengths of the lists that are judged. Default 5, 10 and 20, as far as there are so many items. */
  readonly cutoffs?: readonly number[];
  /**
   * What stands beside it, on the same baskets. Default {@link popularityRecommender}, {@link sequentialRulesRecommender} and
   * {@link personalFrequencyRecommender} of `train`, but for the one that is under test by that name.
   */
  readonly beside?: readonly Recommender[];
  /** Fixes the resamples. Default 0. */
  readonly seed?: number;
  /** Resamples of the customers for the intervals; 0 for no intervals, at most 1,000,000. Default 1000. */
  readonly resamples?: number;
  /** Stops between two blocks of customers; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<EvaluateNextBasketOptions> = {
  test: true,
  train: true,
  cutoffs: true,
  beside: true,
  seed: true,
  resamples: true,
  signal: true,
};
const where = 'evaluateNextBasket';

/**
 * Measures how well a recommender finds each customer's next basket among all items, with the simple rivals beside it: overall,
 * what the customer had bought before and what not, and the latter once more in a list without what the customer has. Nothing is
 * excluded but there: people buy again.
 *
 * Recall is the share of the basket that is in the list; of a basket of 30 a list of 10 can hold a third, so that capped recall
 * divides by 10 at most. Ties are counted as their mean over all orders. What the recommender knows nothing of ranks behind the
 * rest, by popularity, as {@link recommend} puts it.
 *
 * What was learnt before the test depends on the split. {@link leaveLastOut} takes every customer's last order, so that orders of
 * others, later than it, are in `train`: popularity and rules may look ahead. {@link splitAtTime} with `test: 'next'` takes the
 * first order after a moment, and nothing in `train` is younger. Split rows with `duplicates: 'keep'`: merged, nothing comes again.
 *
 * @param recommender - What is measured.
 * @param options - `test`, and how to measure.
 * @returns The report; its `table` is there to print.
 * @throws RangeError when an option does not fit, nothing in `test` is known, or a score is NaN. Rejects with the signal's reason
 *   when it is aborted.
 * @see Li et al., "A Next Basket Recommendation Reality Check" (2023), for what comes again and what is new
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const report = await evaluateNextBasket(await itemItemRecommender(train), { test, cutoffs: [2] });
 * report.repeatShare; // 0
 * report.results.map(({ name }) => name); // ['itemItem', 'popularity', 'sequentialRules', 'personalFrequency']
 * report.results[0].parts.discovery?.metrics[0]?.recall.value; // 0.83333
 */
export async function evaluateNextBasket(
  recommender: Recommender,
  options: EvaluateNextBasketOptions,
): Promise<NextBasketReport> {
  const { train, cutoffs, resamples, seed, known } = checkOptions(recommender, options);
  const { test, signal } = options;
  const cases = selectCases(test, undefined);
  if (cases.users.length === 0)
    refuse(where, 'test', 'have a customer with something known to find', `${test.length} rows`);
  const contestants = [recommender, ...(options.beside ?? (await simpleRivals(recommender, train, signal)))];
  const views = viewsOf(cases, train, cutoffs);
  const work = {
    views,
    k: cutoffs.at(-1)!,
    signal,
    contestants: contestants.map((each) => ({
      recommender: each,
      completion: createCompletion(each, each.seen ?? train),
      tallies: views.map(({ metricSet }) => createTally(metricSet, cases.users.length, each.items.size, known)),
    })),
  };
  await rankCatalogue(where, work);
  const report = await createNextBasketReport(work, train, { cutoffs, resamples, seed, skipped: cases.skipped });
  return { ...report, table: formatNextBasket(report) };
}

function checkOptions(recommender: Recommender, options: EvaluateNextBasketOptions) {
  requireGivenOptions(where, options, names);
  const { test, beside = [], seed = 0, resamples = 1000, signal } = options;
  requireSeed(where, seed);
  requireSignal(where, signal);
  requireRecommender(where, recommender);
  const { train = recommender.seen } = options;
  if (!train) refuse(where, 'train', 'be given where the recommender has no `seen`', train);
  requireInteractions(where, 'train', train);
  requireInteractions(where, 'test', test);
  requireSameIds(where, 'train', train, recommender);
  requireSameIds(where, 'test', test, recommender);
  if (!Array.isArray(beside)) refuse(where, 'beside', 'be a list of recommenders', beside);
  for (const [place, each] of beside.entries()) {
    requireRecommender(where, each, `beside[${place}]`);
    requireSameIds(where, `beside[${place}]`, each, recommender);
  }
  const known = countKnown(recommender.items);
  requireWholeNumber(where, 'resamples', resamples, 0, 1e6);
  return { train, seed, resamples, known, cutoffs: readCutoffs(options.cutoffs, known) };
}

function readCutoffs(given: readonly number[] | undefined, known: number): readonly number[] {
  const cutoffs: unknown = given ?? [...new Set([5, 10, 20].map((each) => Math.min(each, known)))];
  if (!Array.isArray(cutoffs) || cutoffs.length === 0) refuse(where, 'cutoffs', 'be a list of lengths', cutoffs);
  for (const cutoff of cutoffs) {
    requirePositiveInteger(where, 'cutoffs', cutoff);
    requireAtMost(where, 'cutoffs', cutoff, known, 'items');
  }
  return [...new Set(cutoffs as number[])].sort((one, other) => one - other);
}

async function simpleRivals(
  { name }: Recommender,
  train: Interactions,
  signal: AbortSignal | undefined,
): Promise<Recommender[]> {
  if (train.length === 0) return [];
  const rules = await sequentialRulesRecommender(train, signal && { signal });
  const all = [popularityRecommender(train), rules, personalFrequencyRecommender(train)];
  return all.filter((each) => each.name !== name);
}

// As basketParts names them.
function viewsOf(cases: View['cases'], train: Interactions, cutoffs: readonly number[]): [View, ...View[]] {
  const metrics = cutoffs.flatMap((k) => basketMetrics.map((name) => rankingMetrics[name].create!(k, train)));
  const metricSet = { names: [], metrics, hasCoverage: false, needsLists: false };
  const [again, fresh] = [casesOfPart(cases, train, true), casesOfPart(cases, train, false)];
  return [
    { cases, metricSet },
    { cases: again, metricSet },
    { cases: fresh, metricSet },
    { cases: fresh, excluded: train, metricSet },
  ];
}
