import type { Estimate } from '../../../statistics/estimate.js';
import type { PredictionMeasure } from '../training/prediction-task.js';

/** What virtual rows are judged by: see {@link compareTables}, {@link detectVirtual}, {@link testMembership}, {@link trainOnVirtual}. */
export type VerdictName =
  | 'columns'
  | 'pairs'
  | 'trees'
  | 'logistic'
  | 'copies'
  | 'closer'
  | 'attack'
  | PredictionMeasure;

/** One score of virtual rows, beside what real rows get. */
export interface VerdictScore {
  /** What was measured. */
  readonly name: VerdictName;
  /** Which is better. */
  readonly best: 'higher' | 'lower';
  /** Of virtual rows: the mean over the seeds with Student's 95% interval; of a single table with that of the measure, if it has one. */
  readonly virtual: Estimate;
  /** What real rows get in their place, estimated likewise. */
  readonly real: Estimate;
  /** Of predictions: what one answer for all rows gets. By default, of other scores, there is none. */
  readonly constant?: number;
  /**
   * Beside real rows, by the 95% interval of the difference: `'as good'` where it holds 0, which many seeds make a stronger word than
   * few; `'not said'` of a single table where the measure has no interval.
   */
  readonly verdict: 'better' | 'as good' | 'worse' | 'not said';
}

/** What {@link judgeTable} found. */
export interface TableVerdict {
  /** Virtual rows in each table, and real ones held out beside them. */
  readonly rows: number;
  /** Virtual tables. */
  readonly seeds: number;
  /** What was foretold, in words. By default nothing is. */
  readonly target?: string;
  /** Each score, in the order of {@link VerdictName}. */
  readonly scores: readonly VerdictScore[];
  /** All of it as text to print: what {@link formatVerdict} makes of it. */
  readonly table: string;
}

/** Where {@link judgeTable} stands. */
export interface VerdictProgress {
  /** What was done last. */
  readonly part: 'rows' | 'columns and pairs' | 'detectors' | 'membership' | 'predictions';
  /** Parts done, of all seeds. */
  readonly done: number;
  /** Parts in all. */
  readonly total: number;
}
