import { requireOptions } from '../../internal/options.js';
import { piecemeal } from '../../internal/pieces.js';
import { requireEach, requireText } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { mapScores } from '../../statistics/calibration/scored-cases.js';
import type { Calibration, CalibrationState, ScalingOptions } from './calibration.js';

/** Checks the options of a scaling, and says what gave the scores. */
export function requireScaling(where: string, options: ScalingOptions): string {
  requireOptions(where, options, { scorer: true, signal: true });
  const { scorer = 'scores' } = options;
  requireText(where, 'scorer', scorer);
  return scorer;
}

/** What a calibration says of itself. */
export type CalibrationFacts = Pick<Calibration, 'name' | 'scorer' | 'cases' | 'doubts'>;

/** A calibration of its chance of each score. */
export function calibrationOf(
  facts: CalibrationFacts,
  state: CalibrationState,
  chanceOf: (score: number) => number,
): Calibration {
  return {
    ...facts,
    state,
    apply: async (scores, options = {}) => {
      const where = 'apply';
      requireOptions(where, options, { signal: true });
      const pause = pauseFor(where, options.signal);
      requireEach(where, 'scores', scores, Number.isFinite, 'be a finite number');
      return piecemeal(mapScores(scores, chanceOf), pause);
    },
  };
}
