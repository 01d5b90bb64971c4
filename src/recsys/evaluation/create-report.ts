import type { Interactions } from '../../data/interactions.js';
import { createRng } from '../../random/rng.js';
import { empiricalRange, resampleMeans } from '../../statistics/bootstrap.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';
import { customersPerItem } from '../customers-per-item.js';
import type { RankingWork } from './rank-lists.js';
import type { UserMetricName } from './ranking-metrics.js';
import type { MetricReport, RankingReport } from './ranking-report.js';
import type { MetricSet } from './tally.js';

/** A finished evaluation. */
export interface FinishedRanking extends RankingWork {
  readonly train: Interactions;
  readonly metricSet: MetricSet;
  readonly negatives: 'all' | number | readonly Int32Array[];
  readonly resamples: number;
  readonly seed: number;
}

/** Makes a report of what the contestants gathered: the recommender first, then the baseline where there is one. */
export async function createReport(finished: FinishedRanking): Promise<RankingReport<never>> {
  const { cases, contestants, k, metricSet, negatives, train } = finished;
  const [first, second] = contestants;
  const { ties, coverage, columns } = first!.tally;
  const places = Int32Array.from(cases.users.keys()).filter((place) => first!.tally.candidates[place]! > 0);
  const users = places.map((place) => cases.users[place]!);
  const isCold = (user: number) => train.offsets[user] === train.offsets[user + 1];
  const [warm, cold] = [false, true].map((wanted) => places.filter((_, at) => isCold(users[at]!) === wanted));
  const all = await groupReport(finished, places);
  const metrics: RankingReport<never>['metrics'] = {
    ...all.metrics,
    ...(metricSet.hasCoverage && { coverage: compared(coverage(), second?.tally.coverage()) }),
  };
  const candidates = candidateCounts(first!.tally.candidates, places);
  return {
    name: first!.recommender.name,
    k,
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
    resamples: resamplesOf(finished, places),
    metrics,
    ties: ties(),
    ...(second && { baseline: { name: second.recommender.name, ties: second.tally.ties() } }),
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

function relevantItems({ cases, contestants, k, train }: FinishedRanking, places: Int32Array) {
  const customers = customersPerItem(train);
  const found = { relevantItems: 0, coldItems: 0, shortUsers: 0 };
  for (const place of places) {
    const relevant = cases.relevant.subarray(cases.offsets[place]!, cases.offsets[place + 1]!);
    found.relevantItems += relevant.length;
    for (const item of relevant) if (customers[item] === 0) found.coldItems += 1;
    if (relevant.length + contestants[0]!.tally.candidates[place]! <= k) found.shortUsers += 1;
  }
  return found;
}

async function groupReport(
  finished: FinishedRanking,
  places: Int32Array,
): Promise<NonNullable<RankingReport<never>['warm']>> {
  const { contestants, metricSet, seed, signal } = finished;
  const [own, beside] = contestants.map(({ tally }) => tally.columns.map((column) => gather(column, places)));
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
