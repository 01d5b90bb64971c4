import { refuse, requireBetween } from '../../internal/require.js';

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
 * @example
 * explorationAt({ from: 1, to: 0.2, over: 100 }, 50); // 0.6
 */
export function explorationAt(exploration: number | ExplorationSchedule, done: number): number {
  if (typeof exploration === 'number') return exploration;
  const { from, to, over } = exploration;
  return done >= over ? to : from + ((to - from) * done) / over;
}

/** Checks a chance of exploring. */
export function requireExploration(where: string, exploration: number | ExplorationSchedule): void {
  if (typeof exploration === 'number') {
    requireBetween(where, 'exploration', exploration, 0, 1, { closed: true });
    return;
  }
  if (typeof exploration !== 'object' || exploration === null) {
    refuse(where, 'exploration', 'be a number or { from, to, over }', exploration);
  }
  requireBetween(where, 'exploration.from', exploration.from, 0, 1, { closed: true });
  requireBetween(where, 'exploration.to', exploration.to, 0, 1, { closed: true });
  requireBetween(where, 'exploration.over', exploration.over, 0, Number.POSITIVE_INFINITY);
}
