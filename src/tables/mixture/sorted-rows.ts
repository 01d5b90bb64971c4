import { inStretches, piecemeal } from '../../internal/pieces.js';
import type { TableCoding } from '../coding/table-coding.js';

/** Rows in an order in which those that begin alike stand together; equal ones are one. */
export interface SortedRows {
  /** Rows of the table. */
  readonly length: number;
  /** Number of columns, D. */
  readonly width: number;
  /** `[R, D]`: states of the table, by columns in an order of their own. */
  readonly rows: Int32Array;
  /** `[R]`: rows of the table that are in these states. */
  readonly counts: Uint32Array;
  /** `[R]`: in how many columns, from the first on, each is like the one before it. */
  readonly shared: Uint32Array;
}

type Pause = () => Promise<void>;

/**
 * Sorts the rows of a table by their columns, of which those that tell least come first, so that many rows begin alike.
 *
 * @param chosen - Rows to take. Default: all.
 */
export async function sortRows(coding: TableCoding, pause: Pause, chosen?: Uint32Array): Promise<SortedRows> {
  const { rows, columns } = coding;
  const width = columns.length;
  const order = columnOrder(coding);
  let places = chosen ?? allRows(coding.length);
  for (const column of order.toReversed()) {
    const { base, states } = columns[column]!;
    const stateOf = (row: number) => rows[row * width + column]! - base;
    places = await sortedBy(places, stateOf, states.offsets.length - 1, pause);
  }
  return mergeRows(rows, places, order, pause);
}

function allRows(length: number): Uint32Array {
  const places = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) places[row] = row;
  return places;
}

// By entropy.
function columnOrder({ columns, shares }: TableCoding): readonly number[] {
  const entropies = columns.map(({ base, states }) =>
    shares
      .subarray(base, base + states.offsets.length - 1)
      .reduce((sum, share) => sum - (share === 0 ? 0 : share * Math.log(share)), 0),
  );
  return [...columns.keys()].sort((one, other) => entropies[one]! - entropies[other]!);
}

// A counting sort, which leaves rows in the same state as they were.
async function sortedBy(
  places: Uint32Array,
  stateOf: (row: number) => number,
  states: number,
  pause: Pause,
): Promise<Uint32Array> {
  const next = new Uint32Array(states + 1);
  const sorted = new Uint32Array(places.length);
  const count = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) next[stateOf(places[at]!) + 1]! += 1;
  };
  const put = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) sorted[next[stateOf(places[at]!)]!++] = places[at]!;
  };
  await piecemeal(inStretches(places.length, count), pause);
  for (let state = 0; state < states; state += 1) next[state + 1]! += next[state]!;
  await piecemeal(inStretches(places.length, put), pause);
  return sorted;
}

async function mergeRows(
  all: Int32Array,
  places: Uint32Array,
  order: readonly number[],
  pause: Pause,
): Promise<SortedRows> {
  const [length, width] = [places.length, order.length];
  const rows = new Int32Array(length * width);
  const counts = new Uint32Array(length);
  const shared = new Uint32Array(length);
  let last = -1;
  const visit = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      const [start, before] = [places[at]! * width, last * width];
      let alike = 0;
      while (last >= 0 && alike < width && all[start + order[alike]!] === rows[before + alike]) alike += 1;
      if (alike < width) {
        last += 1;
        shared[last] = alike;
        for (let column = 0; column < width; column += 1) rows[last * width + column] = all[start + order[column]!]!;
      }
      counts[last]! += 1;
    }
  };
  await piecemeal(inStretches(length, visit, Math.max(1, Math.floor(2 ** 16 / width))), pause);
  const found = last + 1;
  return {
    length,
    width,
    rows: rows.subarray(0, found * width),
    counts: counts.subarray(0, found),
    shared: shared.subarray(0, found),
  };
}
