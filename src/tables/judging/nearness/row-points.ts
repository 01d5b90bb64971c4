import type { Table } from '../../../data/table/table.js';
import { inStretches, piecemeal } from '../../../internal/pieces.js';
import { columnNumbersIn } from '../../coding/column-numbers.js';

/** Rows as points, for distances. */
export interface RowPoints {
  readonly length: number;
  /** Number of columns, D. */
  readonly width: number;
  /** Columns of numbers, which come first; the others are codes. */
  readonly numbers: number;
  /** `[N, D]`: numbers in ranges of the real column; NaN where a value is missing. */
  readonly cells: Float64Array;
}

/** Makes points of tables with the columns of `real`, which has the ranges. */
export async function rowPoints(
  real: Table,
  tables: readonly Table[],
  pause: () => Promise<void>,
): Promise<RowPoints[]> {
  const columns = Object.entries(real.columns).sort(
    ([, one], [, other]) => Number('codes' in one) - Number('codes' in other),
  );
  const numbers = columns.filter(([, column]) => !('codes' in column)).length;
  const width = columns.length;
  const points = tables.map(({ length }) => ({ length, width, numbers, cells: new Float64Array(length * width) }));
  for (const [place, [name, like]] of columns.entries()) {
    const vocabulary = 'codes' in like ? like.vocabulary : undefined;
    const scale = vocabulary ? (value: number) => value : scaleOf(columnNumbersIn(like, undefined));
    for (const [turn, table] of tables.entries()) {
      const values = columnNumbersIn(table.columns[name]!, vocabulary);
      const { cells } = points[turn]!;
      const fill = (from: number, to: number) => {
        for (let row = from; row < to; row += 1) cells[row * width + place] = scale(values[row]!);
      };
      await piecemeal(inStretches(table.length, fill), pause);
    }
  }
  return points;
}

// Where all real numbers are one, every other is a whole range away.
function scaleOf(values: Float64Array): (value: number) => number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < high) return (value) => (value - low) / (high - low);
  return (value) => (Number.isNaN(value) ? value : Math.sign(value - low));
}

/**
 * The least distance of a point to others: the sum over columns of differences in ranges, at most 1 each, and of 1 for each other id
 * or where one of two values is missing.
 */
export function nearestDistance(from: RowPoints, row: number, { length, width, numbers, cells }: RowPoints): number {
  const start = row * width;
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < length; other += 1) {
    const base = other * width;
    let sum = 0;
    for (let column = 0; column < width && sum < least; column += 1) {
      const [a, b] = [from.cells[start + column]!, cells[base + column]!];
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
      const distance = column < numbers ? Math.abs(a - b) : 1;
      // Also of NaN, where one of them is missing.
      sum += !(distance < 1) ? 1 : distance;
    }
    if (sum < least) least = sum;
    if (least === 0) break;
  }
  return least;
}
