import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireNonNegative } from '../../internal/require.js';

/** A chance of exploring that goes from one value to another in a straight line, and stays. */
export interface ExplorationSchedule {
  /** At the start, in [0, 1]. */
  readonly from: number;
  /** At the end, and after it, in [0, 1]. */
  readonly to: number;
  /** Steps from start to end, >= 0. */
  readonly over: number;
}

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
export function explorationAt(exploration: number | ExplorationSchedule, done: number): number {
  requireExploration('explorationAt', exploration);
  requireNonNegative('explorationAt', 'done', done);
  return explorationNow(exploration, done);
}

/** {@link explorationAt} of what was checked before. */
export function explorationNow(exploration: number | ExplorationSchedule, done: number): number {
  if (typeof exploration === 'number') return exploration;
  const { from, to, over } = exploration;
  return done >= over ? to : from + ((to - from) * done) / over;
}

const names: OptionNames<ExplorationSchedule> = { from: true, to: true, over: true };

/** Checks a chance of exploring. */
export function requireExploration(where: string, exploration: number | ExplorationSchedule): void {
  if (typeof exploration === 'number') {
    requireBetween(where, 'exploration', exploration, 0, 1, { closed: true });
    return;
  }
  if (typeof exploration !== 'object' || exploration === null) {
    refuse(where, 'exploration', 'be a number or { from, to, over }', exploration);
  }
  requireOptions(where, exploration, names, 'exploration');
  requireBetween(where, 'exploration.from', exploration.from, 0, 1, { closed: true });
  requireBetween(where, 'exploration.to', exploration.to, 0, 1, { closed: true });
  requireNonNegative(where, 'exploration.over', exploration.over);
}
