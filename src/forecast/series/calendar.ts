import { millisecondsOfDay } from '../../data/orders/days.js';
import { requireOneOf } from '../../internal/require.js';

/** How long a period is. Weeks begin on Monday; all of them are those of UTC. */
export type Period = 'day' | 'week' | 'month';

// 1970-01-01 was a Thursday: the Monday of its week lay three days before.
const firstMonday = -3;

/** Checks a {@link Period}. */
export function requirePeriod(where: string, period: unknown): asserts period is Period {
  requireOneOf(where, 'period', ['day', 'week', 'month'], period);
}

/** The number of the period that a time lies in; they count up without a gap. */
export function periodNumber(period: Period, time: number): number {
  if (period === 'day') return Math.floor(time / millisecondsOfDay);
  if (period === 'week') return Math.floor((time / millisecondsOfDay - firstMonday) / 7);
  const date = new Date(time);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** When the period with such a number begins, in milliseconds since 1970. */
export function startOf(period: Period, number: number): number {
  if (period === 'day') return number * millisecondsOfDay;
  if (period === 'week') return (7 * number + firstMonday) * millisecondsOfDay;
  return Date.UTC(Math.floor(number / 12), number % 12, 1);
}

/** When a period begins, counted from that in which `start` lies. */
export function periodStart(period: Period, start: number, place: number): number {
  return startOf(period, periodNumber(period, start) + place);
}
