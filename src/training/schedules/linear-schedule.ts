import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireNonNegative, requireProbability } from '../../internal/require.js';

/** A probability that moves in a straight line from one value to another, and stays there. */
export interface LinearSchedule {
  /** At the start, in [0, 1]. */
  readonly from: number;
  /** At the end, and after it, in [0, 1]. */
  readonly to: number;
  /** Steps from start to end, >= 0. */
  readonly over: number;
}

/** The value of a schedule after so many steps. */
export function scheduled({ from, to, over }: LinearSchedule, step: number): number {
  return step >= over ? to : from + ((to - from) * step) / over;
}

const names: OptionNames<LinearSchedule> = { from: true, to: true, over: true };

/** Checks a schedule. */
export function requireLinearSchedule(where: string, name: string, schedule: LinearSchedule): void {
  if (typeof schedule !== 'object' || schedule === null) refuse(where, name, 'be { from, to, over }', schedule);
  requireOptions(where, schedule, names, name);
  requireProbability(where, `${name}.from`, schedule.from);
  requireProbability(where, `${name}.to`, schedule.to);
  requireNonNegative(where, `${name}.over`, schedule.over);
}
