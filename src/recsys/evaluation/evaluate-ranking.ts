import type { Interactions } from '../../data/interactions.js';
import { refuse } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { createCompletion } from '../completion.js';
import { popularityRecommender } from '../kinds/popularity-recommender.js';
import type { Recommender } from '../recommender.js';
import { defaultExclusion } from '../serving/seen-items.js';
import { givenCandidates, sampleCandidates } from './candidates.js';
import { checkRankingOptions } from './check-ranking.js';
import { createReport } from './create-report.js';
import { formatRanking } from './format-ranking.js';
import { rankCatalogue } from './rank-catalogue.js';
import { type Contestant, type RankingWork, rankLists, type View } from './rank-lists.js';
import { type AccuracyMetricName, type MetricName, rankingMetrics } from './ranking-metrics.js';
import type { EvaluateRankingOptions } from './ranking-options.js';
import type { RankingNumbers, RankingReport } from './ranking-report.js';
import { createMetricSet, createTally } from './tally.js';
import { casesOfPart, selectCases, type TestCases } from './test-cases.js';

/**
 * Measures how well a recommender ranks what users did next, with the popularity baseline beside it and intervals for
 * both and for their difference. {@link MetricName} defines every metric.
 *
 * What the recommender knows nothing about ranks behind the rest, by popularity, as {@link recommend} puts it; what nobody
 * has in `train` ranks last, in random order. Users without a row in `train` (of a split in time, those who are new) are
 * counted, and the metrics stand there with and without them: the baseline ranks the same for them, so that a difference
 * comes from the others.
 *
 * Where people buy again, what users have stays in the lists and counts, and the report tells it from what is new; where they do
 * not, it is left out of both. `exclude` says which, the rows where it does not, and the report which it was.
 *
 * Ties are broken fairly: tied candidates stand in random order, and each metric is its expectation, so a constant
 * recommender scores what chance does. The report counts them.
 *
 * @param recommender - What is measured: a trained model, a baseline, or any object that scores.
 * @param options - `test` and how to measure.
 * @returns The report; its `table` is there to print.
 * @throws RangeError when an option does not fit, nothing in `test` can be evaluated, or a score is NaN. Rejects with the
 *   signal's reason when it is aborted.
 * @see He et al., "Neural Collaborative Filtering" (2017), for the protocol of `negatives: 99`
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const report = await evaluateRanking(await itemItemRecommender(train), { test, k: 2 });
 * report.metrics.hitRate.value; // 0.83333
 * report.metrics.ndcg.difference?.value; // -0.12302
 * report.table.split('\n')[0]; // 'itemItem: 3 users, 3 relevant items, against all other items.'
 */
export async function evaluateRanking<M extends MetricName = AccuracyMetricName>(
  recommender: Recommender,
  options: EvaluateRankingOptions<M>,
): Promise<RankingReport<M>> {
  const checked = checkRankingOptions(recommender, options);
  const { train, k, seed, resamples, metrics, known, negatives } = checked;
  const exclude = checked.exclude ?? (await defaultExclusion(train));
  const cases = selectCases(options.test, exclude === 'seen' ? train : undefined);
  const views = viewsOf(cases, train, exclude, { metrics, k });
  const baseline = options.baseline === undefined ? popularityRecommender(train) : options.baseline;
  const contestants = [recommender, ...(baseline ? [baseline] : [])].map(
    (each): Contestant => ({
      recommender: each,
      completion: createCompletion(each, each.seen ?? train),
      tallies: views.map(({ metricSet }) => createTally(metricSet, cases.users.length, each.items.size, known)),
    }),
  );
  const work = { views, contestants, k, signal: options.signal };
  await rank(work, checked, options.test);
  const report = await createReport({ ...work, cases, train, exclude, negatives, resamples, seed });
  if (report.users === 0) refuseNothing(report);
  // It holds the metrics that were asked for, by default those of accuracy at least.
  return { ...report, table: formatRanking(report) } as RankingReport<M>;
}

// All that is to be found, and where lists may hold what a user has, that and the rest by themselves.
function viewsOf(
  cases: TestCases,
  train: Interactions,
  exclude: 'seen' | 'nothing',
  { metrics, k }: { readonly metrics: readonly MetricName[]; readonly k: number },
): [View, ...View[]] {
  const whole = {
    cases,
    excluded: exclude === 'seen' ? train : undefined,
    metricSet: createMetricSet(metrics, k, train),
  };
  if (exclude === 'seen') return [whole];
  const ofRanks = metrics.filter((name) => rankingMetrics[name].judges === 'ranks');
  const metricSet = createMetricSet(ofRanks, k, train);
  return [whole, ...[true, false].map((had) => ({ cases: casesOfPart(cases, train, had), metricSet }))];
}

function refuseNothing({ skippedUsers, skippedRows }: RankingNumbers<never>): never {
  const rule = 'have a user with something to find and to rank it against';
  const again = skippedRows.seen > 0 ? " (`exclude: 'nothing'` counts what a user has in train already)" : '';
  refuse('evaluateRanking', 'test', `${rule}${again}`, `${skippedUsers} skipped`);
}

async function rank(
  work: RankingWork,
  { negatives, train, seed }: ReturnType<typeof checkRankingOptions>,
  test: Interactions,
): Promise<void> {
  if (negatives === 'all') return rankCatalogue('evaluateRanking', work);
  if (typeof negatives === 'number') {
    const choose = sampleCandidates(negatives, train, test, createRng(seed).stream('negatives'));
    return rankLists(work, choose, Math.min(negatives, train.items.size));
  }
  const longest = negatives.reduce((most, { length }) => Math.max(most, length), 0);
  return rankLists(work, givenCandidates(negatives, train.items.size), longest);
}
