import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { mean } from '../../statistics/moments.js';
import { stateAround } from '../coding/column-states.js';
import { type CodedTableColumn, codeRows, codeTable, requireSameColumns } from '../coding/table-coding.js';
import { copyExcess, countCopies } from './copies.js';
import { similarities } from './similarity.js';
import type { TableComparison, TableScore } from './table-comparison.js';

/** Options of {@link compareTables}. */
export interface CompareTablesOptions<C extends Columns> {
  /** The rows that the model was learned from. */
  readonly real: Table<C>;
  /** Real rows that it was not learned from, as many as are virtual. */
  readonly heldOut: Table<C>;
  /** Most bins of a column of numbers, cut in `real`, 1 or more. Default 20. */
  readonly bins?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<CompareTablesOptions<Columns>> = { real: true, heldOut: true, bins: true, signal: true };

/**
 * Compares virtual rows with the real ones that their model was learned from, beside real rows that it was not learned from:
 * column by column, pair by pair, and by how many rows are copies.
 *
 *     similarity = 1 - (sum over states s of |share of s in real - share of s in virtual|) / 2
 *
 * for a column with the states of {@link TableModel}, found in `real`, and for two columns with the pairs of their states. An id
 * that `real` does not have, and a number that does not lie between two of one state, are a state of their own, which `real` lacks. Similarity falls with the number of rows compared, so there must be as many
 * virtual rows as held-out ones, and `heldOut` of each score is the mark: only what is missing to it is the model's fault. Columns and pairs
 * do not see what three columns have to do with each other.
 *
 * @param virtual - Rows of a model, such as {@link TableModel.sample} draws.
 * @param options - The real rows.
 * @returns The scores.
 * @throws RangeError when a table is empty or lacks a column of `real`, when there are not as many virtual rows as held-out ones, or an
 *   option is wrong.
 * @see SDMetrics, "TVComplement" and "ContingencySimilarity" (2022), for the similarity of categories
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\nFrance,12\nFrance,24\n';
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const { train, test } = splitTable(orders, { testShare: 0.5, seed: 1 });
 * const virtual = await (await independentColumns(train)).sample(test.length, { seed: 1 });
 * const { pair, copyExcess } = await compareTables(virtual, { real: train, heldOut: test });
 * pair.value <= 1; // true
 * copyExcess.interval[0] <= copyExcess.value; // true
 */
export async function compareTables<C extends Columns>(
  virtual: Table<C>,
  options: CompareTablesOptions<C>,
): Promise<TableComparison> {
  const where = 'compareTables';
  requireGivenOptions(where, options, names);
  const { real, heldOut, bins = 20, signal } = options;
  requirePositiveInteger(where, 'bins', bins);
  const pause = pauseFor(where, signal);
  const coding = await codeTable(where, real, bins, pause, 'real');
  for (const [name, table] of Object.entries({ virtual, heldOut })) requireRows(where, name, coding.columns, table);
  if (virtual.length !== heldOut.length) {
    refuse(where, 'virtual.length', `be that of \`heldOut\`, ${heldOut.length}`, virtual.length);
  }
  const others = [
    await codeRows(coding.columns, virtual, pause, stateAround),
    await codeRows(coding.columns, heldOut, pause, stateAround),
  ] as const;
  const { columns, pairs } = await similarities(coding, others, pause);
  const copies = await countCopies(coding.columns, real, [virtual, heldOut], pause);
  return {
    shape: meanScore(columns),
    pair: meanScore(pairs),
    columns,
    pairs,
    copies: { value: copies[0] / virtual.length, heldOut: copies[1] / heldOut.length },
    copyExcess: copyExcess(copies, virtual.length),
  };
}

function requireRows(where: string, name: string, columns: readonly CodedTableColumn[], table: Table): void {
  requireSameColumns(where, columns, table, name);
  if (table.length === 0) refuse(where, name, 'have rows', table.length);
}

function meanScore(scores: readonly TableScore[]): TableScore {
  if (scores.length === 0) return { value: 1, heldOut: 1 };
  return { value: mean(scores.map(({ value }) => value)), heldOut: mean(scores.map(({ heldOut }) => heldOut)) };
}
