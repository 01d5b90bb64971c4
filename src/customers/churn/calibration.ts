import { areaUnderCurve, type CurveArea, meanArea } from '../../statistics/area-under-curve.js';
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
   * Area under the ROC curve, the mean over the parts, with DeLong's 95% interval: how likely one who bought nothing has a higher
   * probability than one who bought.
   */
  readonly auc: Required<Estimate>;
  /** Brier score, the mean of (probability - what happened)^2, with Student's 95% interval. */
  readonly brier: Required<Estimate>;
  /** By how much the Brier score is below that of the rule of recency, customer by customer, with its 95% interval. */
  readonly gain: Required<Estimate>;
  /** Up to ten groups of as many customers, from the lowest probability to the highest. */
  readonly calibration: readonly CalibrationRow[];
}

/** What was judged together. */
export interface Judged {
  /** `[N]`: 1 of who bought nothing. */
  readonly labels: Float64Array;
  /** `[N]`: the chances that the rule of recency gives. */
  readonly rule: Float64Array;
  /** The rows of each part that one model was asked about: what different models say is not ranked together. */
  readonly parts: readonly Uint32Array[];
}

/** Scores probabilities `[N]`, beside those of the simple rule. */
export async function scoreChances(
  chances: Float64Array,
  { labels, rule, parts }: Judged,
  pause: () => Promise<void>,
): Promise<ChurnScore> {
  const areas: CurveArea[] = [];
  for (const rows of parts) {
    const of = (label: number) => {
      const own = rows.filter((row) => labels[row] === label);
      return Float64Array.from(own, (row) => chances[row]!);
    };
    areas.push(await areaUnderCurve(of(1), of(0), pause));
  }
  const errors = chances.map((chance, row) => (chance - labels[row]!) ** 2);
  const gains = rule.map((chance, row) => (chance - labels[row]!) ** 2 - errors[row]!);
  return {
    auc: meanArea(areas),
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
