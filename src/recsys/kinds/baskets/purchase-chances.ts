import { solvePositiveDefinite } from '../../../linear-algebra/positive-definite.js';

/** Log-odds of a purchase: `constant + slope * log(frequency, or rank) + orders * log(number of orders of the customer)`. */
export interface ChanceCurve {
  /** Log-odds at a frequency or rank of 1 of a customer with one order. */
  readonly constant: number;
  /** What the logarithm of the frequency, or of the rank, adds. */
  readonly slope: number;
  /** What the logarithm of the customer's number of orders adds. */
  readonly orders: number;
}

/**
 * How both parts are mixed: by the chances of a purchase that were learned on so many customers' last orders, or at fixed shares.
 */
export type NextBasketMix =
  | {
      /** What comes again, by its frequency. */
      readonly repeat: ChanceCurve;
      /** What is new, by its rank. */
      readonly discover: ChanceCurve;
      /** Customers it was learned on; 0 where nobody has two orders, and nothing was. */
      readonly customers: number;
    }
  | {
      /** Share of what comes again. */
      readonly repeatShare: number;
    };

/** The chance of a purchase. */
export function chanceOf({ constant, slope, orders }: ChanceCurve, value: number, count: number): number {
  return 1 / (1 + Math.exp(-(constant + slope * logOf(value) + orders * Math.log(count))));
}

// A frequency of long ago may be too small for a float32, and stand there as 0.
function logOf(value: number): number {
  return Math.log(Math.max(value, 1e-30));
}

/** Purchases and not, to learn a curve from. */
export interface Trials {
  /** Frequencies or ranks. */
  readonly values: number[];
  /** Orders of the customer. */
  readonly counts: number[];
  /** 1 where it was bought, else 0. */
  readonly bought: number[];
}

const newtonSteps = 30;

/**
 * The curve that makes the trials most likely, by Newton's method. A curve to start from is worth a few trials: without any,
 * it stays.
 *
 *     max over w of sum of log-likelihoods - |w - start|² / 2
 */
export async function learnCurve(
  { values, counts, bought }: Trials,
  start: ChanceCurve,
  pause: () => Promise<void>,
): Promise<ChanceCurve> {
  const first = [start.constant, start.slope, start.orders] as const;
  let weights: readonly number[] = first;
  for (let step = 0; step < newtonSteps; step += 1) {
    await pause();
    // In panels of 4; the fourth weight is none.
    const matrix = new Float64Array(16);
    const right = new Float64Array(4);
    for (let at = 0; at < 4; at += 1) matrix[5 * at] = 1;
    for (let at = 0; at < 3; at += 1) right[at] = first[at]! - weights[at]!;
    const curve = curveOf(weights);
    for (let row = 0; row < values.length; row += 1) {
      const chance = chanceOf(curve, values[row]!, counts[row]!);
      const features = [1, logOf(values[row]!), Math.log(counts[row]!)] as const;
      for (let one = 0; one < 3; one += 1) {
        right[one]! += (bought[row]! - chance) * features[one]!;
        for (let other = 0; other < 3; other += 1) {
          matrix[4 * one + other]! += chance * (1 - chance) * features[one]! * features[other]!;
        }
      }
    }
    solvePositiveDefinite(matrix, right);
    // Far from the end a full step can overshoot.
    const length = Math.hypot(...right);
    const share = length > 2 ? 2 / length : 1;
    weights = weights.map((weight, at) => weight + share * right[at]!);
    if (length < 1e-9) break;
  }
  return curveOf(weights);
}

function curveOf([constant, slope, orders]: readonly number[]): ChanceCurve {
  return { constant: constant!, slope: slope!, orders: orders! };
}
