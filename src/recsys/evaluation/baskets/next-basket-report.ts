import type { Interactions } from '../../../data/interactions.js';
import { createRng } from '../../../random/rng.js';
import { empiricalRange, resampleMeans } from '../../../statistics/bootstrap.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { mean } from '../../../statistics/moments.js';
import type { RankingWork } from '../rank-lists.js';
import type { AccuracyMetricName } from '../ranking-metrics.js';
import { relevantOf } from '../test-cases.js';

/** What {@link evaluateNextBasket} measures, as {@link MetricName} defines it. */
export type NextBasketMetricName = 'recall' | 'cappedRecall' | 'hitRate' | 'ndcg' | 'precision';

/** The metrics of {@link evaluateNextBasket}, in the order of the report. */
export const basketMetrics: readonly (NextBasketMetricName & AccuracyMetricName)[] = [
  'recall',
  'cappedRecall',
  'hitRate',
  'ndcg',
  'precision',
];

/**
 * Parts of a basket. `all` of it; what comes again (`repeat`) and what does not (`new`), in the same list; and what does not in a
 * list of its own, that leaves out what the customer has (`discovery`).
 */
export type NextBasketPartName = 'all' | 'repeat' | 'new' | 'discovery';

/** The parts in the order of the report, which is that of the views. */
export const basketParts: readonly NextBasketPartName[] = ['all', 'repeat', 'new', 'discovery'];

/** One metric of one recommender. */
export interface NextBasketScore extends Estimate {
  /** Either the value of the recommender under test less this one's, or missing, as in its own. */
  readonly difference?: Estimate;
}

/** How a recommender finds a part of the baskets. */
export interface NextBasketPart {
  /** Customers with anything of the part in their baskets: those the means are over. */
  readonly customers: number;
  /** Items of the part in all their baskets. */
  readonly items: number;
  /** For each cutoff the metrics, with 95% bootstrap intervals over customers. */
  readonly metrics: readonly Readonly<Record<NextBasketMetricName, NextBasketScore>>[];
}

/** What one recommender reached. */
export interface NextBasketResult {
  /** Name of the recommender. */
  readonly name: string;
  /** The parts; one that no basket has is missing. */
  readonly parts: Readonly<Partial<Record<NextBasketPartName, NextBasketPart>>>;
  /** Pairs of a bought item and another with equal scores, counted as if in random order. */
  readonly ties: number;
}

/** What {@link evaluateNextBasket} found. */
export interface NextBasketReport {
  /** Lengths of the lists, rising. */
  readonly cutoffs: readonly number[];
  /** Customers whose next basket was looked for. */
  readonly customers: number;
  /** Those of them without a row in `train`: for them everything is new. */
  readonly coldCustomers: number;
  /** Customers with rows in `test` that name nothing known. */
  readonly skippedCustomers: number;
  /** Mean over customers of the share of the basket that they had bought before. */
  readonly repeatShare: number;
  /** The recommender under test, and after it those beside it. */
  readonly results: readonly [NextBasketResult, ...NextBasketResult[]];
  /** All of it as text to print: what {@link formatNextBasket} makes of it. */
  readonly table: string;
}

/** Makes the report of what the contestants gathered. */
export async function createNextBasketReport(
  work: RankingWork,
  train: Interactions,
  {
    cutoffs,
    resamples,
    seed,
    skipped,
  }: { cutoffs: readonly number[]; resamples: number; seed: number; skipped: number },
): Promise<Omit<NextBasketReport, 'table'>> {
  const { users } = work.views[0].cases;
  const parts: NextBasketResult['parts'][] = work.contestants.map(() => ({}));
  for (const [view, name] of basketParts.entries()) {
    const found = await partOf(work, view, cutoffs, { resamples, seed });
    for (const [at, part] of found.entries()) parts[at] = { ...parts[at], [name]: part };
  }
  const results = work.contestants.map(({ recommender, tallies }, at) => {
    return { name: recommender.name, parts: parts[at]!, ties: tallies[0]!.ties().pairs };
  });
  const shares = Array.from(users, (_, place) => {
    return relevantOf(work.views[1]!.cases, place).length / relevantOf(work.views[0].cases, place).length;
  });
  return {
    cutoffs,
    customers: users.length,
    coldCustomers: users.filter((user) => train.offsets[user] === train.offsets[user + 1]).length,
    skippedCustomers: skipped,
    repeatShare: mean(shares),
    results: results as [NextBasketResult, ...NextBasketResult[]],
  };
}

// One part, of each contestant; none where no basket has any of it.
async function partOf(
  { views, contestants, signal }: RankingWork,
  view: number,
  cutoffs: readonly number[],
  { resamples, seed }: { readonly resamples: number; readonly seed: number },
): Promise<NextBasketPart[]> {
  const { cases } = views[view]!;
  const places = Int32Array.from(cases.users.keys()).filter((place) => {
    return contestants[0]!.tallies[view]!.candidates[place]! > 0;
  });
  if (places.length === 0) return [];
  const columns = contestants.map(({ tallies }) =>
    tallies[view]!.columns.map((column) => Float64Array.from(places, (place) => column[place]!)),
  );
  const rng = createRng(seed).stream('resamples');
  // Of a single customer every resample is the same.
  const drawn = places.length > 1 && resamples > 0;
  const means = drawn ? await resampleMeans(columns.flat(), resamples, rng, signal) : undefined;
  const width = cutoffs.length * basketMetrics.length;
  const items = places.reduce((sum, place) => sum + relevantOf(cases, place).length, 0);
  return columns.map((own, at) => {
    const metric = (column: number) => {
      const [value, spread] = [mean(own[column]!), means?.[at * width + column]];
      if (at === 0) return estimate(value, spread);
      const ahead = spread?.map((each, resample) => means![column]![resample]! - each);
      return { ...estimate(value, spread), difference: estimate(mean(columns[0]![column]!) - value, ahead) };
    };
    const metrics = cutoffs.map((_, place) => {
      const entries = basketMetrics.map((name, index) => [name, metric(place * basketMetrics.length + index)] as const);
      return Object.fromEntries(entries) as NextBasketPart['metrics'][number];
    });
    return { customers: places.length, items, metrics };
  });
}

function estimate(value: number, means: Float64Array | undefined): Estimate {
  return means ? { value, interval: empiricalRange(means) } : { value };
}
