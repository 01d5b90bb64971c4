import type { Estimate } from '../../statistics/estimate.js';

/**
 * What {@link evaluateRanking} computes. All are means over users but `coverage`; `k` is the length of the lists, M the
 * number of a user's relevant items, N that of the other candidates, places count from 1, and tied candidates stand in
 * random order, over which the expectation is taken.
 *
 *     hitRate           1 if any of the first k is relevant, else 0
 *     ndcg              sum over relevant places p <= k of 1 / log2(p + 1), over the same sum for the places 1 to min(k, M)
 *     reciprocalRank    1 / place of the first relevant item, however far down (MRR)
 *     recall            relevant items among the first k / M
 *     precision         relevant items among the first k / k
 *     averagePrecision  sum over relevant places p <= k of (relevant items among the first p) / p, over min(k, M) (MAP)
 *     auc               share of the M * N pairs in which the relevant item stands before the other one
 *     coverage          share of all items that are among the first k of any user
 *     novelty           mean over the first k of -log2(share of the users in train who have the item)
 *     diversity         1 - mean over pairs (i, j) of the first k of (users with both) / sqrt(users with i * users with j)
 *
 * The last three look at the lists themselves and at `train`. There, of tied items the one with the smaller index comes
 * first, as when recommending; items that nobody has count as one user's for novelty, and as unlike everything for
 * diversity. With sampled or given candidates they describe lists that no user will see: compare them only with those of
 * another recommender on the same candidates.
 *
 * @see Järvelin and Kekäläinen, "Cumulated Gain-based Evaluation of IR Techniques" (2002), for NDCG
 * @see Manning et al., "Introduction to Information Retrieval" (2008), chapter 8, for precision, recall, MAP
 * @see Zhou et al., "Solving the Apparent Diversity-Accuracy Dilemma of Recommender Systems" (2010), for novelty
 * @see Ziegler et al., "Improving Recommendation Lists through Topic Diversification" (2005), for diversity
 * @see McSherry and Najork, "Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied
 *   Scores" (2008), for ties
 */
export type MetricName = AccuracyMetricName | 'coverage' | 'novelty' | 'diversity';

/** Metrics of how well relevant items are found. As {@link MetricName} defines them. */
export type AccuracyMetricName =
  | 'hitRate'
  | 'ndcg'
  | 'reciprocalRank'
  | 'recall'
  | 'precision'
  | 'averagePrecision'
  | 'auc';

/**
 * One metric of a recommender, and of the baseline on the same users and candidates: the mean over the users, or for
 * coverage the share.
 *
 * The 95% intervals are bootstrap ones: the percentiles 2.5 and 97.5 of the value over resamples of the users. They are
 * missing for coverage, which is no mean, without resamples, and of a single user.
 *
 * @see Efron, "Bootstrap Methods: Another Look at the Jackknife" (1979)
 */
export interface MetricReport extends Estimate {
  /** The same of the baseline. */
  readonly baseline?: Estimate;
  /** The recommender's less the baseline's; the interval is that of the differences user by user. */
  readonly difference?: Estimate;
}

/** Metrics of some of the users. */
export interface GroupReport {
  /** How many users they are. */
  readonly users: number;
  /** Those metrics of the report that each user has. */
  readonly metrics: Readonly<Partial<Record<Exclude<MetricName, 'coverage'>, MetricReport>>>;
}

/** What {@link evaluateRanking} found; `M` names the metrics that are there for certain. */
export interface RankingReport<M extends MetricName = AccuracyMetricName> {
  /** Name of the recommender. */
  readonly name: string;
  /** Length of the lists. */
  readonly k: number;
  /** Users that were evaluated. */
  readonly users: number;
  /** Users with rows in `test` that were not: nothing relevant was left of them, or nothing to rank it against. */
  readonly skippedUsers: number;
  /** Relevant items of all evaluated users. */
  readonly relevantItems: number;
  /** Rows of `test` that did not count: of items that the user has in `train`, and of ids that are not known. */
  readonly skippedRows: {
    /** Rows whose item the user already has in `train`. */
    readonly seen: number;
    /** Rows whose item is not in the vocabulary. */
    readonly unknown: number;
  };
  /**
   * What relevant items were ranked against: `'all'` other items; `'given'` lists; or sampled items, the mean number of those
   * that there really were for a user.
   */
  readonly negatives: 'all' | 'given' | number;
  /** How many other items the relevant ones of a user were ranked against, as counted. */
  readonly candidates: {
    /** Of the user with the fewest. */
    readonly minimum: number;
    /** Over all users that were evaluated. */
    readonly mean: number;
    /** Of the user with the most. */
    readonly maximum: number;
  };
  /** Users with so few candidates that a list of `k` holds them all: of these, most metrics say nothing. */
  readonly shortUsers: number;
  /** Users of whom the recommender knows nothing: they were ranked by popularity alone. */
  readonly unknownUsers: number;
  /** Users without a row in `train`. */
  readonly coldUsers: number;
  /** Relevant items, over all users, that nobody has in `train`. */
  readonly coldItems: number;
  /** The metrics without the cold users; missing where there are none. */
  readonly warm?: GroupReport;
  /** The metrics of the cold users alone; missing where there are none. */
  readonly cold?: GroupReport;
  /** Resamples behind the intervals, 0 where there are none: there are none of a single user. */
  readonly resamples: number;
  /** The metrics asked for. */
  readonly metrics: Readonly<Record<M, MetricReport> & Partial<Record<MetricName, MetricReport>>>;
  /**
   * How often scores of relevant items could not be told from scores of other candidates. A constant recommender has nothing
   * else, and scores as chance does.
   */
  readonly ties: {
    /** Users with at least one such tie. */
    readonly users: number;
    /** Pairs of a relevant item and another candidate with equal scores. */
    readonly pairs: number;
  };
  /** What stands beside it. */
  readonly baseline?: {
    /** Name of the baseline. */
    readonly name: string;
    /** Ties in its scores. */
    readonly ties: RankingReport['ties'];
  };
  /** The evaluated users and the metrics of each. */
  readonly perUser: {
    /** `[E]`: user indices. */
    readonly userIndices: Int32Array;
    /** Each `[E]`. */
    readonly values: Readonly<Partial<Record<Exclude<MetricName, 'coverage'>, Float64Array>>>;
  };
}

/** Metrics that each user has, and of which the report gives the mean. */
export type UserMetricName = Exclude<MetricName, 'coverage'>;

/** Ties in somebody's scores. */
export type TieReport = RankingReport['ties'];
