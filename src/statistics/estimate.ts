import { mean, standardError } from './moments.js';
import { studentQuantile } from './student.js';

/** A range that an unknown number lies in, with 95% confidence unless said otherwise. */
export type Interval = readonly [low: number, high: number];

/** A number that was estimated, and how sure it is. */
export interface Estimate {
  /** The estimate itself. */
  readonly value: number;
  /** Where the true value lies; what it covers is said where the estimate is made. Missing where it was not measured. */
  readonly interval?: Interval;
}

/** The mean of independent numbers with Student's 95% interval; that of a single number is infinite. */
export function meanEstimate(values: ArrayLike<number>): Required<Estimate> {
  const value = mean(values);
  if (values.length === 1) return { value, interval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] };
  return { value, interval: studentInterval(value, standardError(values), values.length - 1) };
}

/** 95% interval of `value`: Student's quantile for `freedom` degrees of freedom times its standard error to both sides. */
export function studentInterval(value: number, error: number, freedom: number): Interval {
  const reach = studentQuantile(freedom) * error;
  return [value - reach, value + reach];
}

/** A number that is known exactly: its interval has no width. */
export function exactEstimate(value: number): Required<Estimate> {
  return { value, interval: [value, value] };
}
