import type { TableCoding } from '../coding/table-coding.js';
import type { ColumnScore, PairScore, TableScore } from './table-comparison.js';

type Pause = () => Promise<void>;

/** Rows as states, `[N, D]`: of the virtual table and of what was held out. */
type Others = readonly [virtual: Int32Array, heldOut: Int32Array];

/** Compares the columns and the pairs of columns of two codings with those of the real rows. */
export async function similarities(
  real: TableCoding,
  others: Others,
  pause: Pause,
): Promise<{ columns: ColumnScore[]; pairs: PairScore[] }> {
  const columns: ColumnScore[] = [];
  const pairs: PairScore[] = [];
  for (const [first, { name }] of real.columns.entries()) {
    columns.push({ column: name, ...(await scoreOf(real, others, [first], pause)) });
    for (const [second, { name: other }] of real.columns.entries()) {
      if (second <= first) continue;
      pairs.push({ columns: [name, other], ...(await scoreOf(real, others, [first, second], pause)) });
    }
  }
  return { columns, pairs };
}

async function scoreOf(
  real: TableCoding,
  [virtual, heldOut]: Others,
  chosen: readonly number[],
  pause: Pause,
): Promise<TableScore> {
  const count = (rows: Int32Array) => countStates(rows, real, chosen, pause);
  const own = await count(real.rows);
  return {
    value: similarity(own, await count(virtual)),
    heldOut: similarity(own, await count(heldOut)),
  };
}

/** How many rows are in each state of the chosen columns. */
interface StateCounts {
  readonly counts: ReadonlyMap<number, number>;
  readonly rows: number;
}

async function countStates(
  rows: Int32Array,
  { columns, states }: TableCoding,
  chosen: readonly number[],
  pause: Pause,
): Promise<StateCounts> {
  const width = columns.length;
  const counts = new Map<number, number>();
  const length = rows.length / width;
  for (let row = 0; row < length; row += 1) {
    let key = 0;
    // What has no state of the real table is -1 or -2.
    for (const column of chosen) key = key * (states + 2) + rows[row * width + column]! + 2;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (row % 2 ** 12 === 0) await pause();
  }
  return { counts, rows: length };
}

/** 1 less the total variation distance of two shares. */
function similarity(a: StateCounts, b: StateCounts): number {
  let shared = 0;
  for (const [key, count] of a.counts) shared += Math.min(count / a.rows, (b.counts.get(key) ?? 0) / b.rows);
  // Sums of shares round.
  return Math.min(1, shared);
}
