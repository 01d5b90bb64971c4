import { inStretches, piecemeal } from '../../internal/pieces.js';
import { sortInParts } from '../../internal/sort-in-parts.js';
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
    calibration: await calibrationRows(chances, labels, pause),
  };
}

const mostGroups = 10;

/** Up to ten groups of as many cases, from the lowest chance to the highest; of equal chances the first case comes first. */
export async function calibrationRows(
  chances: Float64Array,
  labels: Float64Array,
  pause: () => Promise<void>,
): Promise<CalibrationRow[]> {
  const sorted = chances.slice();
  await sortInParts(sorted, pause);
  const groups = Math.min(mostGroups, sorted.length);
  const begins = Array.from({ length: groups + 1 }, (_, group) => Math.floor((group * sorted.length) / groups));
  const [said, left] = [new Float64Array(groups), new Float64Array(groups)];
  const groupOf = groupsBy(sorted, begins.slice(1, -1));
  const add = (from: number, to: number) => {
    for (let row = from; row < to; row += 1) {
      const group = groupOf(chances[row]!);
      said[group]! += chances[row]!;
      left[group]! += labels[row]!;
    }
  };
  await piecemeal(inStretches(chances.length, add), pause);
  return Array.from(said, (sum, group) => {
    const customers = begins[group + 1]! - begins[group]!;
    const happened = { value: left[group]! / customers, interval: wilsonInterval(left[group]!, customers) };
    return { customers, predicted: sum / customers, happened };
  });
}

// The group of each chance that is asked for; equal ones fill a group before the next.
function groupsBy(sorted: Float64Array, begins: readonly number[]): (chance: number) => number {
  const next = new Map(begins.map((begin) => [sorted[begin]!, sorted.indexOf(sorted[begin]!)]));
  return (chance) => {
    const place = next.get(chance);
    if (place === undefined) return begins.filter((begin) => sorted[begin]! < chance).length;
    next.set(chance, place + 1);
    return begins.filter((begin) => begin <= place).length;
  };
}
