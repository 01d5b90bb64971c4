import { type OptionNames, requireOptions } from '../../internal/options.js';
import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import { requireFunction, requireSeed, requireText, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { countCases, mapScores } from '../../statistics/calibration/scored-cases.js';
import { type Estimate, meanEstimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';
import { type CalibrationRow, calibrationRows } from '../churn/calibration.js';
import { chanceOf } from '../churn/churn-model.js';
import { foldsOf } from '../churn/folds.js';
import type { Calibration, FitCalibration, ScalingOptions } from './calibration.js';
import { plattScaling } from './platt-scaling.js';

/** Options of {@link calibrateScores}. */
export interface CalibrateOptions extends ScalingOptions {
  /** How it is learned: {@link plattScaling}, {@link isotonicScaling} or a function of your own. Default {@link plattScaling}. */
  readonly scaling?: FitCalibration;
  /** Parts of the cases, each judged by what was learned from the others, from 2 to 10. Default 5. */
  readonly folds?: number;
  /** Chooses the parts; any safe integer. Default 0. */
  readonly seed?: number;
}

/** How good chances were. */
export interface ChanceScore {
  /** Brier score, the mean of (chance - what happened)^2, with Student's 95% interval. */
  readonly brier: Required<Estimate>;
  /** Up to ten groups of as many cases, from the lowest chance to the highest: what was said and what happened. */
  readonly rows: readonly CalibrationRow[];
}

/** A calibration, and what it is worth. */
export interface CalibrationReport {
  /** Learned from all cases. */
  readonly calibration: Calibration;
  /** How many there are. */
  readonly cases: number;
  /** The chances that the scores stand for when they are read as log-odds. */
  readonly before: ChanceScore;
  /** Those of calibrations, each judged on cases that it was not learned from. */
  readonly after: ChanceScore;
  /** By how much the Brier score is lower after than before, case by case, with its 95% interval. */
  readonly gain: Required<Estimate>;
  /** Brier score of the share for everybody: what chances must stay below. */
  readonly baselineBrier: number;
  /** Why not to trust or not to need it, in plain words; empty where nothing was found. */
  readonly doubts: readonly string[];
  /** Everything as a table of text. */
  readonly table: string;
}

function names(): OptionNames<CalibrateOptions> {
  return { scaling: true, folds: true, seed: true, scorer: true, signal: true };
}

/** So many of each kind, since half of the cases must be enough to learn from. */
export const fewestToCalibrate = 20;
const mostFolds = 10;

/** Checks how calibrations are judged. */
export function requireCalibrating(where: string, { scaling, folds = 5, seed }: CalibrateOptions): void {
  requireFunction(where, 'scaling', scaling);
  requireWholeNumber(where, 'folds', folds, 2, mostFolds);
  requireSeed(where, seed);
}

/**
 * Learns a calibration of any scorer and says what it is worth: Brier score and table of calibration before and after, the latter on cases
 * that a calibration was not learned from (by parts in turn).
 *
 * @param scores - `[N]`: log-odds, of cases that the scorer did **not** learn from; other numbers will do, but `before` then means nothing.
 * @param labels - `[N]`: 1 where it came true, 0 where not; 20 or more of each.
 * @returns The calibration and its worth.
 * @throws RangeError when a score is not finite, all are equal, a label is neither 0 nor 1, there are too few of one, or an option is wrong.
 * @see Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950)
 * @example
 * // A scorer that is twice as sure as it should be.
 * const rng = createRng(1);
 * const truth = Float64Array.from({ length: 1000 }, () => rng.normal());
 * const labels = truth.map((score) => (rng.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0));
 * const { gain, calibration } = await calibrateScores(truth.map((score) => 2 * score), labels);
 * gain.interval[0] > 0; // true: better, and not by chance
 * calibration.name; // 'Platt scaling'
 */
export async function calibrateScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: CalibrateOptions = {},
): Promise<CalibrationReport> {
  const where = 'calibrateScores';
  requireOptions(where, options, names());
  requireCalibrating(where, options);
  const { scorer = 'scores' } = options;
  requireText(where, 'scorer', scorer);
  const pause = pauseFor(where, options.signal);
  await countCases(where, scores, labels, pause, fewestToCalibrate);
  const [own, marks] = [new Float64Array(scores.length), new Float64Array(labels.length)];
  own.set(scores);
  marks.set(labels);
  return calibrateCases(own, marks, { ...options, scorer }, pause);
}

/** {@link calibrateScores} of what has been checked. */
export async function calibrateCases(
  scores: Float64Array,
  labels: Float64Array,
  { scaling = plattScaling, folds = 5, seed = 0, scorer = 'scores', signal }: CalibrateOptions,
  pause: () => Promise<void>,
): Promise<CalibrationReport> {
  const own = { scorer, ...(signal && { signal }) };
  const calibration = await scaling(scores, labels, own);
  const after = new Float64Array(scores.length);
  for (const { rows, others } of await piecemeal(foldsOf(labels, folds, seed), pause)) {
    const take = (column: Float64Array, places: Uint32Array) => piecemeal(takeRows(column, places), pause);
    const learned = await scaling(await take(scores, others), await take(labels, others), own);
    const chances = await learned.apply(await take(scores, rows), signal ? { signal } : {});
    await piecemeal(putRows(after, rows, chances), pause);
  }
  const before = await piecemeal(mapScores(scores, chanceOf), pause);
  const old = await piecemeal(squaredErrors(before, labels), pause);
  const now = await piecemeal(squaredErrors(after, labels), pause);
  const brier = { before: meanEstimate(old), after: meanEstimate(now) };
  await pause();
  for (let row = 0; row < old.length; row += 1) old[row]! -= now[row]!;
  const share = mean(labels);
  await pause();
  const facts = {
    cases: labels.length,
    before: { brier: brier.before, rows: await calibrationRows(before, labels, pause) },
    after: { brier: brier.after, rows: await calibrationRows(after, labels, pause) },
    gain: meanEstimate(old),
    baselineBrier: share * (1 - share),
  };
  return { ...facts, calibration, doubts: doubtsOf(facts, calibration), table: tableOf(facts) };
}

function* takeRows(column: Float64Array, rows: Uint32Array): Pieces<Float64Array> {
  const taken = new Float64Array(rows.length);
  yield* inStretches(rows.length, (from, to) => {
    for (let at = from; at < to; at += 1) taken[at] = column[rows[at]!]!;
  });
  return taken;
}

function putRows(column: Float64Array, rows: Uint32Array, values: Float64Array): Pieces<void> {
  return inStretches(rows.length, (from, to) => {
    for (let at = from; at < to; at += 1) column[rows[at]!] = values[at]!;
  });
}

function* squaredErrors(chances: Float64Array, labels: Float64Array): Pieces<Float64Array> {
  const errors = new Float64Array(chances.length);
  yield* inStretches(chances.length, (from, to) => {
    for (let row = from; row < to; row += 1) errors[row] = (chances[row]! - labels[row]!) ** 2;
  });
  return errors;
}

type Facts = Omit<CalibrationReport, 'calibration' | 'doubts' | 'table'>;

function doubtsOf({ gain, after, baselineBrier }: Facts, calibration: Calibration): string[] {
  const doubts = [...calibration.doubts];
  if (gain.interval[0] <= 0)
    doubts.push(`By these cases chances are not surely better than before: Brier ${rangeOf(gain)} less.`);
  if (after.brier.value >= baselineBrier) doubts.push('The share for everybody has no higher Brier score.');
  return doubts;
}

function rangeOf({ value, interval }: Required<Estimate>): string {
  return `${value.toFixed(4)} (${interval[0].toFixed(4)} to ${interval[1].toFixed(4)})`;
}

function tableOf({ cases, before, after, gain, baselineBrier }: Facts): string {
  const rows = before.rows.map((old, place) => {
    const sides = [old, after.rows[place]!].flatMap(({ predicted, happened }) => [
      predicted.toFixed(3),
      rangeOf(happened),
    ]);
    return `| ${old.customers} | ${sides.join(' | ')} |`;
  });
  return [
    `${cases} cases; Brier score of the share for everybody: ${baselineBrier.toFixed(4)}`,
    `before: ${rangeOf(before.brier)}; after: ${rangeOf(after.brier)}; less by ${rangeOf(gain)}`,
    '',
    '| cases | said before | happened | said after | happened |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
