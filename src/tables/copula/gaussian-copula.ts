import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { piecemeal } from '../../internal/pieces.js';
import { codeTable } from '../coding/table-coding.js';
import { layOut } from '../layout/table-layout.js';
import { modelOfRows } from '../model-of-rows.js';
import { checkModelOptions } from '../model-options.js';
import type { TableModel, TableModelOptions } from '../table-model.js';
import { copulaDistribution } from './copula-distribution.js';
import { type LatentColumn, latentColumn } from './latent-column.js';
import { latentCorrelations } from './latent-correlations.js';
import { orderStates } from './order-states.js';

/** What {@link gaussianCopula} learned. */
export interface GaussianCopula<C extends Columns = Columns> extends TableModel<C> {
  /** `[D]`: what the correlations are of: the columns of the table, columns learned together as one, without computed ones. */
  readonly columns: readonly string[];
  /** `[D][D]`: correlations of the columns' latent numbers. */
  readonly correlations: readonly (readonly number[])[];
}

/**
 * Learns each column by itself, and of every two columns one number: how strongly they rise together.
 *
 * Behind each cell stands a standard normal number, cut at thresholds into the column's states ({@link TableModel}); these numbers are
 * correlated. Numbers rise with theirs. Ids come in the order in which their column goes best with the others; what is missing is
 * beyond the greatest. A correlation is the one under which the covariance of two columns' cut numbers is that of the table.
 * Whatever does not rise or fall together (the third country of five, an hour at noon) is lost.
 *
 * Conditions hold in every row. The probability of conditions on one column is exact; on several it is an estimate from 4,096 points, as a
 * rule within 1% of itself, and that of whole rows from 64 points. Rows under conditions on several columns are drawn by rejection.
 *
 * @param table - 1 row or more; each column has a value in some row.
 * @returns The model, which holds no rows of the table.
 * @throws RangeError when the table is empty, a column holds nothing but missing values or numbers that are not finite, or an
 *   option is wrong.
 * @see Nelsen, "An Introduction to Copulas" (2006); Olsson, "Maximum likelihood estimation of the polychoric correlation coefficient" (1979)
 * @example
 * const csv = 'pieces,price\n1,9\n1,8\n2,9\n2,7\n12,2\n12,3\n24,1\n24,2\n';
 * const orders = parseTable(csv, { pieces: countColumn(), price: numberColumn() });
 * const model = await gaussianCopula(orders);
 * model.correlations[0]![1]! < -0.8; // true
 * await model.probability({ pieces: 1 }); // 0.25
 * (await model.sample(3, { where: { pieces: 24, price: { to: 3 } } })).columns.pieces.values; // [24, 24, 24]
 */
export async function gaussianCopula<C extends Columns>(
  table: Table<C>,
  options: TableModelOptions<NoInfer<C>> = {},
): Promise<GaussianCopula<C>> {
  const where = 'gaussianCopula';
  const { bins, columns: given, pause } = checkModelOptions(where, options);
  const { learned, layout } = await layOut(where, table, given, pause);
  const coding = await codeTable(where, learned, bins, pause);
  const { columns, shares } = coding;
  const latent: LatentColumn[] = [];
  for (const [place, order] of (await orderStates(coding, pause)).entries()) {
    const { base } = columns[place]!;
    latent.push(await piecemeal(latentColumn(order, shares.subarray(base, base + order.length)), pause));
  }
  const correlations = await latentCorrelations(coding, latent, pause);
  const rows = columns.map((_, row) => [...correlations.subarray(row * columns.length, (row + 1) * columns.length)]);
  const model = modelOfRows<C>(columns, copulaDistribution(columns, latent, correlations), layout);
  return { ...model, columns: columns.map(({ name }) => name), correlations: rows };
}
