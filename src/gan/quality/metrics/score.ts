import type { Estimate } from '../../../statistics/estimate.js';

/** A number that says how good samples are, and how sure it is. */
export interface Score extends Required<Estimate> {
  /** Number of samples that the score was made with. */
  readonly samples: {
    /** Real ones; 0 where the score looks at generated ones alone. */
    readonly real: number;
    /** Generated ones. */
    readonly generated: number;
  };
}
