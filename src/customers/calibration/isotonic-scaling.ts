import { piecemeal } from '../../internal/pieces.js';
import { pauseFor } from '../../internal/signal.js';
import { chanceBySteps, type IsotonicSteps, isotonicSteps } from '../../statistics/calibration/isotonic-steps.js';
import { countCases } from '../../statistics/calibration/scored-cases.js';
import type { Calibration, ScalingOptions } from './calibration.js';
import { type CalibrationFacts, calibrationOf, requireScaling } from './calibration-of.js';

/** What files call it. */
export const isotonicName = 'isotonic regression';

/** Fewer are learned by heart, as Niculescu-Mizil and Caruana (2005) found. */
const enough = 1000;

/**
 * Learns chances that rise with the score in any way: those nearest to the labels in squares, straight between the scores that it was
 * learned from (pool adjacent violators). It bends where {@link plattScaling} cannot, and needs more cases for it: below 1,000, `doubts`
 * says so.
 *
 * Cases of one score get one chance. No chance is nearer to 0 or 1 than 1 / (N + 2), so that log-odds are finite.
 *
 * @param scores - `[N]`: any finite numbers that differ, of cases that the scorer did **not** learn from.
 * @param labels - `[N]`: 1 where it came true, 0 where not; ten or more of each.
 * @returns The calibration.
 * @throws RangeError when a score is not finite, all are equal, a label is neither 0 nor 1, or there are too few of one.
 * @see Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates" (2002); Niculescu-Mizil and
 *   Caruana, "Predicting Good Probabilities with Supervised Learning" (2005)
 * @example
 * // Of a hundred with the score s, 10 s came true.
 * const scores = Array.from({ length: 400 }, (_, row) => 2 + 2 * (row % 4));
 * const labels = scores.map((score, row) => (Math.floor(row / 4) < 10 * score ? 1 : 0));
 * const calibration = await isotonicScaling(scores, labels);
 * [...(await calibration.apply([2, 3, 8, 9]))]; // [0.2, 0.3, 0.8, 0.8]
 */
export async function isotonicScaling(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: ScalingOptions = {},
): Promise<Calibration> {
  const where = 'isotonicScaling';
  const scorer = requireScaling(where, options);
  const pause = pauseFor(where, options.signal);
  const counted = await countCases(where, scores, labels, pause);
  const steps = await piecemeal(isotonicSteps(counted), pause);
  const doubts = [
    ...(steps.chances[0] === steps.chances.at(-1)
      ? ['Higher scores have no higher share: all get the same chance.']
      : []),
    ...(counted.cases < enough
      ? [`Learned from ${counted.cases} cases: below ${enough} Platt scaling is steadier.`]
      : []),
  ];
  return isotonicCalibration({ name: isotonicName, scorer, cases: counted.cases, doubts }, steps);
}

/** A calibration of its knots. */
export function isotonicCalibration(facts: CalibrationFacts, steps: IsotonicSteps): Calibration {
  return calibrationOf(facts, { values: {}, lists: { ...steps } }, (score) => chanceBySteps(steps, score));
}
