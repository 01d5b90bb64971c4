import type { Table } from '../../data/table/table.js';
import type { Estimate } from '../../statistics/estimate.js';
import { wilsonInterval } from '../../statistics/wilson.js';
import { columnNumbersIn } from '../coding/column-numbers.js';
import type { CodedTableColumn } from '../coding/table-coding.js';

type Pause = () => Promise<void>;

/** How many rows of each of two tables equal a row of `real` in every cell. */
export async function countCopies(
  columns: readonly CodedTableColumn[],
  real: Table,
  others: readonly [Table, Table],
  pause: Pause,
): Promise<readonly [number, number]> {
  const known = new Set<string>();
  await visitRows(columns, real, (row) => known.add(row), pause);
  const copies: [number, number] = [0, 0];
  for (const [place, table] of others.entries()) {
    const count = (row: string) => {
      if (known.has(row)) copies[place]! += 1;
    };
    await visitRows(columns, table, count, pause);
  }
  return copies;
}

/**
 * The difference of two shares of as many rows, with a 95% interval made of Wilson's two: one that says something where all rows are copies, or none.
 *
 * @see Newcombe, "Interval Estimation for the Difference between Independent Proportions" (1998), method 10
 */
export function copyExcess([virtual, heldOut]: readonly [number, number], rows: number): Required<Estimate> {
  const [a, b] = [virtual / rows, heldOut / rows];
  const [ofVirtual, ofHeldOut] = [wilsonInterval(virtual, rows), wilsonInterval(heldOut, rows)];
  const below = Math.hypot(a - ofVirtual[0], ofHeldOut[1] - b);
  const above = Math.hypot(ofVirtual[1] - a, b - ofHeldOut[0]);
  return { value: a - b, interval: [a - b - below, a - b + above] };
}

async function visitRows(
  columns: readonly CodedTableColumn[],
  table: Table,
  visit: (row: string) => unknown,
  pause: Pause,
): Promise<void> {
  const cells: Float64Array[] = [];
  for (const { name, vocabulary } of columns) {
    cells.push(columnNumbersIn(table.columns[name]!, vocabulary));
    await pause();
  }
  for (let row = 0; row < table.length; row += 1) {
    visit(cells.map((values) => values[row]).join(' '));
    if (row % 2 ** 10 === 0) await pause();
  }
}
