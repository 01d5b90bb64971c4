import type { Interactions } from '../../data/interactions.js';
import type { Recommender } from '../recommender.js';
import type { AccuracyMetricName, MetricName } from './ranking-metrics.js';

/** Options of {@link evaluateRanking}; `M` names the metrics to compute. */
export interface EvaluateRankingOptions<M extends MetricName = AccuracyMetricName> {
  /** What should be found: each user's items here, each once, are the relevant ones. */
  readonly test: Interactions;
  /** What the recommender learned from. Default `recommender.seen`. */
  readonly train?: Interactions;
  /** Length of the lists that are judged, from 1 to the number of candidates. Default 10. */
  readonly k?: number;
  /**
   * What the relevant items are ranked against: `'all'` other items; a number of items for each user, drawn uniformly
   * from those that are neither in `train` nor in `test` for that user; or one list of items for each user, by user
   * index, in which relevant items and repetitions are dropped. Where a user has fewer left than that number, all of them
   * are taken, and the report says how many. Default `'all'`: a few sampled items make every recommender look good, and may
   * even reverse the order of two.
   *
   * @see Krichene and Rendle, "On Sampled Metrics for Item Recommendation" (2020)
   */
  readonly negatives?: 'all' | number | readonly Int32Array[];
  /**
   * `'seen'`: items that the user has in `train` are no candidates and do not count as relevant, for films, books, furniture.
   * `'nothing'`: they are and do, where people buy again; the report then tells both apart, in `repeat` and `new`. By default,
   * as in {@link recommend}, `'nothing'` where at least a tenth of what users bought in `train` after their first order was
   * had before ({@link repeatShare}), else `'seen'`.
   */
  readonly exclude?: 'seen' | 'nothing';
  /** Fixes the sampled negatives and the resamples. Default 0. */
  readonly seed?: number;
  /** What to compute. Default everything against all other items, and all but coverage, novelty and diversity else. */
  readonly metrics?: readonly M[];
  /** What stands beside it, on the same candidates; `null` for nothing. Default `popularityRecommender(train)`. */
  readonly baseline?: Recommender | null;
  /** Resamples of the users for the intervals; 0 for no intervals, at most 1,000,000. Default 1000. */
  readonly resamples?: number;
  /** Stops between two blocks of users; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
