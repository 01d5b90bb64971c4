import type { Column } from '../../../data/table/column.js';

/** How finely each cell of a column is stated; `undefined` of columns in which there is only one way. */
export function finenessOf({ kind }: Column, numbers: Float64Array): Float64Array | undefined {
  if (kind === 'number' || kind === 'money') return numbers.map(decimals);
  if (kind === 'time') return numbers.map(partOfTime);
  return undefined;
}

/** Numbers with more decimals than this are alike. */
const mostDecimals = 9;

// Decimals that it takes to write a number; NaN of NaN.
function decimals(value: number): number {
  if (Number.isNaN(value)) return value;
  for (let count = 0; count < mostDecimals; count += 1) {
    const scaled = Math.abs(value) * 10 ** count;
    if (Math.abs(scaled - Math.round(scaled)) <= 1e-14 * scaled) return count;
  }
  return mostDecimals;
}

/** Milliseconds of a day, an hour, a minute, a second. */
const partsOfTime = [86_400_000, 3_600_000, 60_000, 1000] as const;

function partOfTime(value: number): number {
  if (Number.isNaN(value)) return value;
  const place = partsOfTime.findIndex((part) => value % part === 0);
  return place < 0 ? partsOfTime.length : place;
}
