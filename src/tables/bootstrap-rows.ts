import type { Columns } from '../data/table/column.js';
import type { Table } from '../data/table/table.js';
import { columnNumbers } from './coding/column-numbers.js';
import { rowKey } from './coding/row-key.js';
import { codeTable } from './coding/table-coding.js';
import type { AllowedCells } from './conditions.js';
import { layOut } from './layout/table-layout.js';
import { modelOfRows, type RowDistribution } from './model-of-rows.js';
import { checkModelOptions } from './model-options.js';
import type { TableModel, TableModelOptions } from './table-model.js';

/**
 * Draws rows of the table itself, with replacement: right in everything but that no row is new. The first baseline of virtual
 * orders, and no protection of anybody's data.
 *
 * @param table - 1 row or more; each column has a value in some row.
 * @returns The model, which holds a copy of the table.
 * @throws RangeError when the table is empty, a column holds nothing but missing values or numbers that are not finite, or an
 *   option is wrong.
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\n';
 * const model = await bootstrapRows(parseTable(csv, { country: categoryColumn(), pieces: countColumn() }));
 * await model.probability({ country: 'UK', pieces: 1 }); // 0.5
 * await model.probability({ country: 'France', pieces: 1 }); // 0
 * (await model.sample(2, { where: { country: 'France' } })).columns.pieces.values; // [12, 12]
 */
export async function bootstrapRows<C extends Columns>(
  table: Table<C>,
  options: TableModelOptions<NoInfer<C>> = {},
): Promise<TableModel<C>> {
  const where = 'bootstrapRows';
  const { bins, columns: given, pause } = checkModelOptions(where, options);
  const { learned, layout } = await layOut(where, table, given, pause);
  const { columns, rows, length } = await codeTable(where, learned, bins, pause);
  const cells = columns.map(({ name }) => columnNumbers(learned.columns[name]!));
  const counts = await countRows(rows, columns.length, pause);
  const distribution: RowDistribution = {
    probability: (allowed) => allowedRows(cells, length, allowed).length / length,
    async draw(count, allowed, rng, pauseDraw) {
      const found = allowedRows(cells, length, allowed);
      const drawn = cells.map(() => new Float64Array(count));
      for (let row = 0; row < count; row += 1) {
        const from = found[rng.integer(found.length)]!;
        for (const [place, own] of cells.entries()) drawn[place]![row] = own[from]!;
        if (row % 2 ** 12 === 0) await pauseDraw();
      }
      return drawn;
    },
    async logProbability(others, pauseRows) {
      const logs = new Float64Array(others.length / columns.length);
      for (let row = 0; row < logs.length; row += 1) {
        logs[row] = Math.log((counts.get(rowKey(others, row, columns.length)) ?? 0) / length);
        if (row % 2 ** 10 === 0) await pauseRows();
      }
      return logs;
    },
  };
  return modelOfRows<C>(columns, distribution, layout);
}

function allowedRows(cells: readonly Float64Array[], length: number, allowed: readonly AllowedCells[]): Uint32Array {
  let found = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) found[row] = row;
  for (const [place, { isConditioned, allows }] of allowed.entries()) {
    if (isConditioned) found = found.filter((row) => allows(cells[place]![row]!));
  }
  return found;
}

async function countRows(
  rows: Int32Array,
  width: number,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let row = 0; row * width < rows.length; row += 1) {
    const key = rowKey(rows, row, width);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (row % 2 ** 10 === 0) await pause();
  }
  return counts;
}
