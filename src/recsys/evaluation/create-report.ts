import { createRng } from '../../random/rng.js';
import { middleRange, resampleMeans } from './bootstrap.js';
import type { RankingWork } from './rank-lists.js';
import type { Estimate, MetricName, MetricReport, RankingReport } from './ranking-report.js';
import type { MetricSet } from './tally.js';

/** A finished evaluation. */
export interface FinishedRanking extends RankingWork {
  readonly metricSet: MetricSet;
  readonly negatives: 'all' | number | readonly Int32Array[];
  readonly resamples: number;
  readonly seed: number;
}

/** Makes a report of what the contestants gathered: the recommender first, then the baseline where there is one. */
export function createReport(finished: FinishedRanking): RankingReport<never> {
  const { cases, contestants, k, metricSet, negatives } = finished;
  const [first, second] = contestants;
  const { ranked, ties, coverage, columns } = first!.tally;
  const isRanked = (_: unknown, place: number) => ranked[place] === 1;
  const own = columns.map((column) => column.filter(isRanked));
  const beside = second?.tally.columns.map((column) => column.filter(isRanked));
  const userIndices = cases.users.filter(isRanked);
  const metrics: Partial<Record<MetricName, MetricReport>> = meanReports(own, beside, finished);
  if (metricSet.hasCoverage) metrics.coverage = compared(coverage(), second?.tally.coverage());
  const lengths = cases.users.map((_, place) => cases.offsets[place + 1]! - cases.offsets[place]!);
  return {
    name: first!.recommender.name,
    k,
    users: userIndices.length,
    skippedUsers: cases.skipped + cases.users.length - userIndices.length,
    relevantItems: lengths.filter(isRanked).reduce((sum, length) => sum + length, 0),
    negatives: typeof negatives === 'object' ? 'given' : negatives,
    metrics,
    ties: ties(),
    ...(second && { baseline: { name: second.recommender.name, ties: second.tally.ties() } }),
    perUser: { userIndices, values: Object.fromEntries(metricSet.names.map((name, index) => [name, own[index]!])) },
  };
}

function meanReports(
  own: readonly Float64Array[],
  beside: readonly Float64Array[] | undefined,
  { metricSet, resamples, seed }: FinishedRanking,
): Partial<Record<MetricName, MetricReport>> {
  const users = own[0]?.length ?? 0;
  const rng = createRng(seed).stream('resamples');
  const means = users > 0 && resamples > 0 ? resampleMeans([...own, ...(beside ?? [])], resamples, rng) : undefined;
  const entries = metricSet.names.map((name, index) => {
    const base = beside?.[index];
    const spread = { own: means?.[index], base: means?.[own.length + index] };
    return [name, compared(mean(own[index]!), base && mean(base), spread)] as const;
  });
  return Object.fromEntries(entries);
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
  return means ? { value, interval: middleRange(means) } : { value };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
