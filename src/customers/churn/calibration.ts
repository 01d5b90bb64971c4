import { areaUnderCurve, meanArea } from '../../statistics/area-under-curve.js';
import { type Estimate, meanEstimate } from '../../statistics/estimate.js';
import { wilsonInterval } from '../../statistics/wilson.js';

/** Customers with about the same probability, and what became of them. */
export interface CalibrationRow {
  /** How many they are. */
  readonly customers: number;
  /** Mean of their probabilities. */
  readonly predicted: number;
  /** The share that bought nothing, with Wilson's 95% interval. */
  readonly happened: Required<Estimate>;
}

/** How good probabilities of churn were. */
export interface ChurnScore {
  /**
   * Area under the ROC curve, with DeLong's 95% interval: how likely one who bought nothing has a higher probability than one who
   * bought.
   */
  readonly auc: Required<Estimate>;
  /** Brier score, the mean of (probability - what happened)^2, with Student's 95% interval. */
  readonly brier: Required<Estimate>;
  /** By how much the Brier score is below that of the rule of recency, customer by customer, with its 95% interval. */
  readonly gain: Required<Estimate>;
  /** Up to ten groups of as many customers, from the lowest probability to the highest. */
  readonly calibration: readonly CalibrationRow[];
}

/** Scores probabilities, beside those of the simple rule. */
export async function scoreChances(
  chances: Float64Array,
  labels: Float64Array,
  rule: Float64Array,
  pause: () => Promise<void>,
): Promise<ChurnScore> {
  const of = (label: number) => chances.filter((_, row) => labels[row] === label);
  const errors = chances.map((chance, row) => (chance - labels[row]!) ** 2);
  const gains = rule.map((chance, row) => (chance - labels[row]!) ** 2 - errors[row]!);
  return {
    auc: meanArea([await areaUnderCurve(of(1), of(0), pause)]),
    brier: meanEstimate(errors),
    gain: meanEstimate(gains),
    calibration: calibrationOf(chances, labels),
  };
}

const mostGroups = 10;

function calibrationOf(chances: Float64Array, labels: Float64Array): CalibrationRow[] {
  const order = Uint32Array.from(chances.keys()).sort((one, other) => chances[one]! - chances[other]! || one - other);
  const groups = Math.min(mostGroups, order.length);
  return Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((group * order.length) / groups);
    const rows = order.subarray(from, Math.floor(((group + 1) * order.length) / groups));
    const left = rows.reduce((sum, row) => sum + labels[row]!, 0);
    const predicted = rows.reduce((sum, row) => sum + chances[row]!, 0) / rows.length;
    const happened = { value: left / rows.length, interval: wilsonInterval(left, rows.length) };
    return { customers: rows.length, predicted, happened };
  });
}
