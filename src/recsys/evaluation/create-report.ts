import type { Interactions } from '../../data/interactions.js';
import { createRng } from '../../random/rng.js';
import { empiricalRange, resampleMeans } from '../../statistics/bootstrap.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';
import { customersPerItem } from '../customers-per-item.js';
import type { RankingWork } from './rank-lists.js';
import type { UserMetricName } from './ranking-metrics.js';
import type { MetricReport, RankingNumbers, RankingPart, RankingReport } from './ranking-report.js';
import { relevantOf, type TestCases } from './test-cases.js';

/** A finished evaluation. */
export interface FinishedRanking extends RankingWork {
  readonly cases: TestCases;
  readonly train: Interactions;
  readonly exclude: 'seen' | 'nothing';
  readonly negatives: 'all' | number | readonly Int32Array[];
  readonly resamples: number;
  readonly seed: number;
}

/** Makes a report of what the contestants gathered: the recommender first, then the baseline where there is one. */
export async function createReport(finished: FinishedRanking): Promise<RankingNumbers<never>> {
  const { cases, contestants, exclude, k, negatives, train } = finished;
  const { metricSet } = finished.views[0];
  const [first, second] = contestants;
  const [tally, beside] = contestants.map(({ tallies }) => tallies[0]!);
  const { ties, coverage, columns, candidates: others } = tally!;
  const places = Int32Array.from(cases.users.keys()).filter((place) => others[place]! > 0);
  const users = places.map((place) => cases.users[place]!);
  const isCold = (user: number) => train.offsets[user] === train.offsets[user + 1];
  const [warm, cold] = [false, true].map((wanted) => places.filter((_, at) => isCold(users[at]!) === wanted));
  const all = await groupReport(finished, places);
  const metrics: RankingReport<never>['metrics'] = {
    ...all.metrics,
    ...(metricSet.hasCoverage && { coverage: compared(coverage(), beside?.coverage()) }),
  };
  const candidates = candidateCounts(others, places);
  return {
    name: first!.recommender.name,
    k,
    exclude,
    users: users.length,
    skippedUsers: cases.skipped + cases.users.length - users.length,
    skippedRows: cases.skippedRows,
    ...relevantItems(finished, places),
    negatives: typeof negatives === 'number' ? candidates.mean : typeof negatives === 'object' ? 'given' : 'all',
    candidates,
    unknownUsers: users.filter((user) => !first!.completion.knowsUser(user)).length,
    coldUsers: cold!.length,
    ...(cold!.length > 0 && { cold: await groupReport(finished, cold!) }),
    ...(cold!.length > 0 && warm!.length > 0 && { warm: await groupReport(finished, warm!) }),
    ...(await partReports(finished, places)),
    resamples: resamplesOf(finished, places),
    metrics,
    ties: ties(),
    ...(second && { baseline: { name: second.recommender.name, ties: beside!.ties() } }),
    perUser: {
      userIndices: users,
      values: Object.fromEntries(metricSet.names.map((name, index) => [name, gather(columns[index]!, places)])),
    },
  };
}

// Of a single user every resample is the same: an interval of no width would claim certainty.
function resamplesOf({ resamples }: FinishedRanking, places: Int32Array): number {
  return places.length > 1 ? resamples : 0;
}

function candidateCounts(candidates: Int32Array, places: Int32Array): RankingReport<never>['candidates'] {
  let [minimum, maximum, sum] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const place of places) {
    const count = candidates[place]!;
    minimum = Math.min(minimum, count);
    maximum = Math.max(maximum, count);
    sum += count;
  }
  return { minimum, mean: sum / places.length, maximum };
}

// What comes again and what is new, where both are there.
async function partReports(
  finished: FinishedRanking,
  places: Int32Array,
): Promise<Pick<RankingReport<never>, 'repeat' | 'new'>> {
  // Where nobody came back, everything is new.
  if (!(finished.views[1]?.cases.relevant.length ?? 0)) return {};
  const of = async (index: number): Promise<RankingPart | undefined> => {
    const { cases } = finished.views[index]!;
    const own = places.filter((place) => relevantOf(cases, place).length > 0);
    if (own.length === 0) return undefined;
    const relevant = own.reduce((sum, place) => sum + relevantOf(cases, place).length, 0);
    return { ...(await groupReport(finished, own, index)), relevantItems: relevant };
  };
  const [repeat, news] = [await of(1), await of(2)];
  return { ...(repeat && { repeat }), ...(news && { new: news }) };
}

function relevantItems({ cases, contestants, k, train }: FinishedRanking, places: Int32Array) {
  const customers = customersPerItem(train);
  const found = { relevantItems: 0, coldItems: 0, shortUsers: 0 };
  for (const place of places) {
    const relevant = relevantOf(cases, place);
    found.relevantItems += relevant.length;
    for (const item of relevant) if (customers[item] === 0) found.coldItems += 1;
    if (relevant.length + contestants[0]!.tallies[0]!.candidates[place]! <= k) found.shortUsers += 1;
  }
  return found;
}

async function groupReport(
  finished: FinishedRanking,
  places: Int32Array,
  view = 0,
): Promise<NonNullable<RankingReport<never>['warm']>> {
  const { contestants, seed, signal } = finished;
  const { metricSet } = finished.views[view]!;
  const [own, beside] = contestants.map(({ tallies }) => tallies[view]!.columns.map((each) => gather(each, places)));
  const resamples = resamplesOf(finished, places);
  const rng = createRng(seed).stream('resamples');
  const means = resamples > 0 ? await resampleMeans([...own!, ...(beside ?? [])], resamples, rng, signal) : undefined;
  const entries = metricSet.names.map((name, index): [UserMetricName, MetricReport] => {
    const base = beside?.[index];
    const spread = { own: means?.[index], base: means?.[own!.length + index] };
    return [name, compared(mean(own![index]!), base && mean(base), spread)];
  });
  return { users: places.length, metrics: Object.fromEntries(entries) };
}

function gather(column: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, (place) => column[place]!);
}

interface Spread {
  readonly own?: Float64Array | undefined;
  readonly base?: Float64Array | undefined;
}

/** A metric, the baseline's and their difference, with the intervals that the resampled means give. */
function compared(value: number, base: number | undefined, { own, base: besides }: Spread = {}): MetricReport {
  if (base === undefined) return estimate(value, own);
  const differences = besides && own?.map((mean, resample) => mean - besides[resample]!);
  return {
    ...estimate(value, own),
    baseline: estimate(base, besides),
    difference: estimate(value - base, differences),
  };
}

function estimate(value: number, means: Float64Array | undefined): Estimate {
  return means ? { value, interval: empiricalRange(means) } : { value };
}
