import type { Estimate } from '../../statistics/estimate.js';

/** A number as people read it: whole ones with marks at thousands, others to four digits. */
export function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const short = Number.isInteger(value) ? value : Number(value.toPrecision(4));
  const size = Math.abs(short);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return String(short);
  return short.toLocaleString('en-US', { maximumFractionDigits: 8 });
}

/** A number with the range that it may lie in, where there is one. */
export function shownEstimate({ value, interval }: Estimate): string {
  return interval && isRange(interval)
    ? `${shownNumber(value)} (${shownNumber(interval[0])} to ${shownNumber(interval[1])})`
    : shownNumber(value);
}

/** Whether an interval says something: that of a single number is infinite, and that of an exact one has no width. */
export function isRange([low, high]: NonNullable<Estimate['interval']>): boolean {
  return Number.isFinite(low) && Number.isFinite(high) && high > low;
}
