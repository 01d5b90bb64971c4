import { sortInParts } from '../../internal/sort-in-parts.js';

/** The prices at which products were sold, day by day. Plain typed arrays: do not write into them. */
export interface DailyPrices {
  /** `[T, P]`, row-major: the median of the order lines' prices, the lower of two; NaN on days without one. */
  readonly usual: Float64Array;
  /** `[T, P]`, row-major: 1 where the order lines of a day had different prices. */
  readonly differ: Uint8Array;
}

/**
 * Gathers the prices of order lines by day and product; prices that are missing, or not above 0, say nothing.
 *
 * @param prices - Of each row.
 * @param cellOf - Of each row its place in `[T, P]`; below 0 for rows that do not count.
 * @param cells - T times P.
 */
export async function pricesOfDays(
  prices: ArrayLike<number>,
  cellOf: Int32Array,
  cells: number,
  pause: () => Promise<void>,
): Promise<DailyPrices> {
  const ends = new Uint32Array(cells + 1);
  const isPriced = (row: number) => cellOf[row]! >= 0 && prices[row]! > 0;
  for (let row = 0; row < cellOf.length; row += 1) {
    if (row % 2 ** 14 === 0) await pause();
    if (isPriced(row)) ends[cellOf[row]! + 1]! += 1;
  }
  for (let cell = 0; cell < cells; cell += 1) {
    if (cell % 2 ** 14 === 0) await pause();
    ends[cell + 1]! += ends[cell]!;
  }
  const [sorted, next] = [new Float64Array(ends[cells]!), ends.slice(0, cells)];
  for (let row = 0; row < cellOf.length; row += 1) {
    if (row % 2 ** 14 === 0) await pause();
    if (isPriced(row)) sorted[next[cellOf[row]!]!++] = prices[row]!;
  }
  const [usual, differ] = [new Float64Array(cells).fill(Number.NaN), new Uint8Array(cells)];
  for (let cell = 0; cell < cells; cell += 1) {
    if (cell % 2 ** 12 === 0) await pause();
    const own = sorted.subarray(ends[cell]!, ends[cell + 1]!);
    if (own.length === 0) continue;
    await sortInParts(own, pause);
    usual[cell] = own[(own.length - 1) >> 1]!;
    differ[cell] = own[0] === own.at(-1) ? 0 : 1;
  }
  return { usual, differ };
}
