import type { Estimate } from '../../statistics/estimate.js';
import type { AccuracyMetricName, MetricName } from './ranking-metrics.js';

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

/** Metrics of a part of the relevant items, on the same lists: the other relevant items are other candidates. */
export interface RankingPart {
  /** Users with such items. */
  readonly users: number;
  /** How many such items they have. */
  readonly relevantItems: number;
  /** Those metrics of the report that judge ranks. */
  readonly metrics: Readonly<Partial<Record<AccuracyMetricName, MetricReport>>>;
}

/** What {@link evaluateRanking} found; `M` names the metrics that are there for certain. */
export interface RankingReport<M extends MetricName = AccuracyMetricName> {
  /** Name of the recommender. */
  readonly name: string;
  /** Length of the lists. */
  readonly k: number;
  /** What was left out of the lists: `'seen'`, what users have in `train`, or `'nothing'`. */
  readonly exclude: 'seen' | 'nothing';
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
  readonly warm?: {
    /** How many users they are. */
    readonly users: number;
    /** Those metrics of the report that each user has. */
    readonly metrics: Readonly<Partial<Record<Exclude<MetricName, 'coverage'>, MetricReport>>>;
  };
  /** The metrics of the cold users alone; missing where there are none. */
  readonly cold?: NonNullable<RankingReport<never>['warm']>;
  /** What users had in `train` before; missing where that is left out, and where nobody came back to it. */
  readonly repeat?: RankingPart;
  /** What users did not have; missing where `repeat` is, since then it is everything. */
  readonly new?: RankingPart;
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
  /** All of it as text to print: what {@link formatRanking} makes of it. */
  readonly table: string;
}

/** A report of which no text has been made. */
export type RankingNumbers<M extends MetricName = AccuracyMetricName> = Omit<RankingReport<M>, 'table'>;

/** Ties in somebody's scores. */
export type TieReport = RankingReport['ties'];
