import type { Columns } from '../data/table/column.js';
import type { Table } from '../data/table/table.js';
import { codeTable } from './coding/table-coding.js';
import { layOut } from './layout/table-layout.js';
import { mixtureDistribution } from './mixture/mixture-distribution.js';
import { modelOfRows } from './model-of-rows.js';
import { checkModelOptions } from './model-options.js';
import type { TableModel, TableModelOptions } from './table-model.js';

/**
 * Learns each column by itself: right in every column, and blind to what they have to do with each other. The baseline of
 * {@link gaussianCopula}; {@link latentClassMixture} with one class equals it.
 *
 * @param table - 1 row or more; each column has a value in some row.
 * @returns The model, which holds no rows of the table.
 * @throws RangeError when the table is empty, a column holds nothing but missing values or numbers that are not finite, or an
 *   option is wrong.
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\n';
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const model = await independentColumns(orders);
 * await model.probability({ country: 'France', pieces: 1 }); // 0.125
 * (await model.sample(3, { where: { pieces: 12 } })).columns.pieces.values; // [12, 12, 12]
 */
export async function independentColumns<C extends Columns>(
  table: Table<C>,
  options: TableModelOptions<NoInfer<C>> = {},
): Promise<TableModel<C>> {
  const where = 'independentColumns';
  const { bins, columns: given, pause } = checkModelOptions(where, options);
  const { learned, layout } = await layOut(where, table, given, pause);
  const { columns, shares } = await codeTable(where, learned, bins, pause);
  const single = { classes: 1, shares: Float64Array.of(1), chances: shares };
  return modelOfRows<C>(columns, mixtureDistribution(columns, single), layout);
}
