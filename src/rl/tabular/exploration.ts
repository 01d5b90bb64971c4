import { refuse, requireNonNegative, requireProbability } from '../../internal/require.js';
import { type LinearSchedule, requireLinearSchedule, scheduled } from '../../training/schedules/linear-schedule.js';

/**
 * The chance of exploring after so many steps.
 *
 * @param exploration - A fixed chance, or how it moves.
 * @param done - Steps before this one.
 * @returns The chance, in [0, 1].
 * @throws RangeError for a chance outside [0, 1] or a negative number of steps.
 * @example
 * explorationAt({ from: 1, to: 0.2, over: 100 }, 50); // 0.6
 */
export function explorationAt(exploration: number | LinearSchedule, done: number): number {
  requireExploration('explorationAt', exploration);
  requireNonNegative('explorationAt', 'done', done);
  return explorationNow(exploration, done);
}

/** {@link explorationAt} of what was checked before. */
export function explorationNow(exploration: number | LinearSchedule, done: number): number {
  return typeof exploration === 'number' ? exploration : scheduled(exploration, done);
}

/** Checks a chance of exploring. */
export function requireExploration(where: string, exploration: number | LinearSchedule): void {
  if (typeof exploration === 'number') {
    requireProbability(where, 'exploration', exploration);
    return;
  }
  if (typeof exploration !== 'object' || exploration === null) {
    refuse(where, 'exploration', 'be a number or { from, to, over }', exploration);
  }
  requireLinearSchedule(where, 'exploration', exploration);
}
