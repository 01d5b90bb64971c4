import { piecemeal } from '../../internal/pieces.js';
import { pauseFor } from '../../internal/signal.js';
import { chanceByLine, type PlattLine, plattLine } from '../../statistics/calibration/platt-line.js';
import { countCases } from '../../statistics/calibration/scored-cases.js';
import type { Calibration, ScalingOptions } from './calibration.js';
import { type CalibrationFacts, calibrationOf, requireScaling } from './calibration-of.js';

/** What files call it. */
export const plattName = 'Platt scaling';

/**
 * Learns chances as an S-shaped curve of the score: two numbers, which a few hundred cases are enough for.
 *
 *     chance = 1 / (1 + exp(-(slope * (score - centre) + level)))
 *
 * Labels are drawn a little to the middle, as Platt has it: `(ones + 1) / (ones + 2)` for 1 and `1 / (zeros + 2)` for 0. The slope is never
 * below 0: where lower scores have more ones, everybody gets the same chance, and `doubts` says so.
 *
 * @param scores - `[N]`: any finite numbers that differ, of cases that the scorer did **not** learn from.
 * @param labels - `[N]`: 1 where it came true, 0 where not; ten or more of each.
 * @returns The calibration.
 * @throws RangeError when a score is not finite, all are equal, a label is neither 0 nor 1, or there are too few of one.
 * @see Platt, "Probabilistic Outputs for Support Vector Machines" (1999); Lin, Lin and Weng, "A Note on Platt's Probabilistic Outputs for
 *   Support Vector Machines" (2007)
 * @example
 * // Of a hundred with the score s, 10 s came true.
 * const scores = Array.from({ length: 400 }, (_, row) => 2 + 2 * (row % 4));
 * const labels = scores.map((score, row) => (Math.floor(row / 4) < 10 * score ? 1 : 0));
 * const calibration = await plattScaling(scores, labels);
 * const [low, high] = await calibration.apply([2, 8]);
 * [low!.toFixed(2), high!.toFixed(2)]; // ['0.21', '0.79']
 */
export async function plattScaling(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: ScalingOptions = {},
): Promise<Calibration> {
  const where = 'plattScaling';
  const scorer = requireScaling(where, options);
  const pause = pauseFor(where, options.signal);
  const counted = await countCases(where, scores, labels, pause);
  const line = await piecemeal(plattLine(counted), pause);
  const doubts = line.slope > 0 ? [] : ['Higher scores have no higher share: all get the same chance.'];
  return plattCalibration({ name: plattName, scorer, cases: counted.cases, doubts }, line);
}

/** A calibration of its line. */
export function plattCalibration(facts: CalibrationFacts, line: PlattLine): Calibration {
  return calibrationOf(facts, { values: { ...line }, lists: {} }, (score) => chanceByLine(line, score));
}
