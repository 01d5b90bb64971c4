import type { Interactions } from '../../data/interactions.js';
import type { TopList } from '../scoring/top-list.js';
import { type MetricName, rankingMetrics, type UserMetric, type UserMetricName } from './ranking-metrics.js';
import type { TieReport } from './ranking-report.js';
import type { TiedRanks } from './tied-ranks.js';

/** Everything that is computed for one user after the other. */
export interface MetricSet {
  readonly names: readonly UserMetricName[];
  readonly metrics: readonly UserMetric[];
  readonly hasCoverage: boolean;
  /** Whether any metric looks at top lists. */
  readonly needsLists: boolean;
}

/** Prepares the metrics of these names. */
export function createMetricSet(names: readonly MetricName[], k: number, train: Interactions): MetricSet {
  const userNames = names.filter((name) => name !== 'coverage');
  return {
    names: userNames,
    metrics: userNames.map((name) => rankingMetrics[name].create!(k, train)),
    hasCoverage: names.includes('coverage'),
    needsLists: names.some((name) => rankingMetrics[name].judges === 'lists'),
  };
}

/** What one recommender gathers. */
export interface Tally {
  /** `[E]` for each metric, in the order of the set's names. */
  readonly columns: readonly Float64Array[];
  /** `[E]`: how many other items the relevant ones were ranked against; those with none do not count. */
  readonly candidates: Int32Array;
  /** Adds what one user came to. */
  add(place: number, ranks: TiedRanks, list: TopList): void;
  /** Share of the items that were in any list. */
  coverage(): number;
  ties(): TieReport;
}

/** @param itemCount - How many items could be in a list. */
export function createTally(
  { metrics, hasCoverage }: MetricSet,
  cases: number,
  items: number,
  itemCount: number,
): Tally {
  const columns = metrics.map(() => new Float64Array(cases));
  const candidates = new Int32Array(cases);
  const shown = new Uint8Array(items);
  let [shownCount, tiedUsers, tiedPairs] = [0, 0, 0];
  return {
    columns,
    candidates,
    add(place, ranks, list) {
      candidates[place] = ranks.totalOthers;
      if (ranks.totalOthers === 0) return;
      for (let metric = 0; metric < metrics.length; metric += 1)
        columns[metric]![place] = metrics[metric]!(ranks, list);
      const pairs = countTies(ranks);
      tiedPairs += pairs;
      if (pairs > 0) tiedUsers += 1;
      if (!hasCoverage) return;
      for (let at = 0; at < list.length; at += 1) {
        const item = list.items[at]!;
        shownCount += 1 - shown[item]!;
        shown[item] = 1;
      }
    },
    coverage: () => shownCount / itemCount,
    ties: () => ({ users: tiedUsers, pairs: tiedPairs }),
  };
}

function countTies({ levels, size, relevant }: TiedRanks): number {
  let pairs = 0;
  for (let level = 0; level < levels; level += 1) pairs += relevant[level]! * (size[level]! - relevant[level]!);
  return pairs;
}
