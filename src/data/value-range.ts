import { refuse } from '../internal/require.js';
import type { NumericArray } from './array-data.js';

/** The numbers that data may hold, and why. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** What sets the bounds, for the message. */
  readonly because: string;
}

/** The largest number of type float32: beyond it, networks would see infinity. */
const largest = (2 - 2 ** -23) * 2 ** 127;

/** Refuses NaN and infinity, and numbers outside `range` if there is one; `start` is the position of the first value. */
export function requireValues(where: string, name: string, values: NumericArray, range?: ValueRange, start = 0): void {
  const low = Math.max(range?.low ?? -largest, -largest);
  const high = Math.min(range?.high ?? largest, largest);
  // Written so that NaN, which compares false with everything, is caught too.
  const position = values.findIndex((value: number) => !(value >= low && value <= high));
  if (position < 0) return;
  const value = values[position]!;
  const finite = Number.isFinite(value);
  const isLarge = finite && Math.abs(value) > largest;
  const rule = isLarge
    ? 'hold numbers that float32 can hold, up to 3.4e38'
    : finite
      ? `hold values in [${low}, ${high}], because ${range?.because}${hint(values, low)}`
      : 'hold finite numbers only';
  refuse(where, name, `${rule} (first offender at position ${start + position})`, value);
}

function hint(values: NumericArray, low: number): string {
  const bytes = values.every((value: number) => value >= 0 && value <= 255);
  if (!bytes) return '; rescale the data, or choose another output activation';
  return low < 0
    ? '; for pixels from 0 to 255 divide by 127.5 and subtract 1'
    : '; for pixels from 0 to 255 divide by 255';
}
