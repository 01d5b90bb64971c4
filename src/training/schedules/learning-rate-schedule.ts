/**
 * How the learning rate goes over a run: a plain function from where the run stands to a factor, >= 0, of the rate that
 * each optimizer was made with. A function of progress and nothing else has no state to save: a resumed run goes on where
 * it stood.
 *
 * @param progress - Steps done, and steps in all.
 * @returns The factor for the step that comes next.
 * @example
 * const halved: LearningRateSchedule = ({ step, totalSteps }) => (step < totalSteps / 2 ? 1 : 0.5);
 * halved({ step: 60, totalSteps: 100 }); // 0.5
 */
export type LearningRateSchedule = (progress: {
  /** Whole steps done before this one, from 0. */
  readonly step: number;
  /** Steps of the whole run; Infinity while unknown (an iterable shows its length at its first end). */
  readonly totalSteps: number;
}) => number;
