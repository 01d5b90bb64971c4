import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireNonNegative } from '../../internal/require.js';

/** A number that moves in a straight line from one value to another, and stays there. */
export interface Schedule {
  /** At the start. */
  readonly from: number;
  /** At the end, and after it. */
  readonly to: number;
  /** Steps from start to end, >= 0. */
  readonly over: number;
}

/** The value of a schedule after some steps. */
export function scheduled({ from, to, over }: Schedule, step: number): number {
  return step >= over ? to : from + ((to - from) * step) / over;
}

const names: OptionNames<Schedule> = { from: true, to: true, over: true };

/** Checks a schedule of probabilities. */
export function requireSchedule(where: string, name: string, schedule: Schedule): void {
  if (typeof schedule !== 'object' || schedule === null) refuse(where, name, 'be { from, to, over }', schedule);
  requireOptions(where, schedule, names, name);
  requireBetween(where, `${name}.from`, schedule.from, 0, 1, { closed: true });
  requireBetween(where, `${name}.to`, schedule.to, 0, 1, { closed: true });
  requireNonNegative(where, `${name}.over`, schedule.over);
}
