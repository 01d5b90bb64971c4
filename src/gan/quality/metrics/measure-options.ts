import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { pauseFor } from '../../../internal/signal.js';
import type { Estimate } from '../../../statistics/estimate.js';
import type { Pause } from '../features/read-rows.js';

/** Options of every measure of quality. */
export interface MeasureOptions {
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Checks the names of the options and the signal, and makes the pause of the call. */
export function openMeasure<O extends MeasureOptions>(where: string, options: O, names: OptionNames<O>): Pause {
  requireOptions(where, options, names);
  return pauseFor(where, options.signal);
}

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
