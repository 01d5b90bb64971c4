import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf, requireSeed } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';
import { requireKinds } from '../coding/table-coding.js';
import { partsOfModel } from '../model-of-rows.js';
import type { TableModel } from '../table-model.js';
import { fillGaps, type ImputeProgress } from './fill-gaps.js';
import { filledTable } from './filled-table.js';
import { findGaps } from './gaps.js';

/** Options of {@link imputeTable}. */
export interface ImputeTableOptions<C extends Columns> {
  /** What was learned of such rows, with or without missing values. {@link bootstrapRows} cannot say what a cell may be. */
  readonly model: TableModel<C>;
  /**
   * `'draw'` fills a cell as often with each value as the model says, so that the filled table has the model's shares, spreads and
   * dependencies. `'best'` fills it with the likeliest id and with the median of a number: fewest wrong ids and the least absolute error of
   * numbers, and rows that are more alike than real ones. Default `'draw'`.
   */
  readonly fill?: 'draw' | 'best';
  /** Fixes what is drawn; any safe integer. Tables of several seeds are multiple imputations. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called from time to time, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: ImputeProgress) => void | Promise<void>;
}

const names: OptionNames<ImputeTableOptions<Columns>> = {
  model: true,
  fill: true,
  seed: true,
  signal: true,
  onProgress: true,
};

/**
 * Fills the missing cells of a table, each given the known cells of its row.
 *
 *     p(cell = value | known cells) = p(cell = value, known cells) / p(known cells)
 *
 * under the model, among rows that have a value there: a missing value is never drawn, and says nothing. Cells of a row are drawn one after the other, each given
 * those before it, in the order of the table; with `'best'` each is filled given the known ones alone. A mixture's probabilities are exact, a
 * network's are its answers, and a copula's are estimates from 64 points. A known number counts as its state ({@link TableModel}), a number that the
 * model has not seen as the nearest; an id that it has not seen says nothing, and stays. What is filled in is a number or an id of the table that was learned from.
 *
 * Columns that were learned together are filled first, with a combination that has what is known of it; columns that are computed are
 * computed. Several seeds show how much what is missing leaves open, as far as the model is right: it is one model all the while, so that intervals by
 * Rubin's rules come out somewhat short.
 *
 * @param table - The rows, with the columns of the model; others stay as they are. A column may be missing in every row.
 * @param options - The model, and how to fill.
 * @returns A table of the same rows and columns. Its vocabularies are those of `table`, grown where a filled id was not in them.
 * @throws RangeError when the model cannot say what a cell may be, when the table lacks a column of it, when a row is ruled out by the model or
 *   its known cells contradict a formula, or an option is wrong.
 * @see Rubin, "Multiple Imputation for Nonresponse in Surveys" (1987)
 * @example
 * const columns = { country: categoryColumn({ missing: 'keep' }), price: moneyColumn({ missing: 'keep' }) };
 * const orders = parseTable('country,price\nUK,1\nUK,1\nUK,2\nFrance,9\nFrance,9\nFrance,8\n,9\nUK,\n', columns);
 * const model = await latentClassMixture(orders, { classes: 2, smoothing: 0.1, seed: 7 });
 * const { country, price } = (await imputeTable(orders, { model, fill: 'best' })).columns;
 * country.vocabulary.idAt(country.codes[6]); // 'France'
 * price.values[7]; // 1
 */
export async function imputeTable<C extends Columns, T extends C>(
  table: Table<T>,
  options: ImputeTableOptions<C>,
): Promise<Table<T>> {
  const where = 'imputeTable';
  requireGivenOptions(where, options, names);
  const { model, fill = 'draw', seed = 0, signal, onProgress } = options;
  requireOneOf(where, 'fill', ['draw', 'best'], fill);
  requireSeed(where, seed);
  requireFunction(where, 'onProgress', onProgress);
  const pause = pauseFor(where, signal);
  const parts = partsOfModel(model);
  const chances = parts?.distribution.chances;
  if (!parts || !chances) {
    const rule = 'be a model that says what a cell may be, such as latentClassMixture gives; bootstrapRows does not';
    refuse(where, 'model', rule, model);
  }
  requireKinds(where, parts.layout?.members ?? parts.columns, table);
  const gaps = await findGaps(where, parts, table, pause);
  const filling = { chances, fill, rng: createRng(seed), onProgress };
  const cells = await fillGaps(where, parts.columns, gaps, filling, pause);
  return (await filledTable(where, parts, table, gaps, cells, pause)) as Table<T>;
}
