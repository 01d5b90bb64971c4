import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf } from '../../internal/require.js';
import { requireKept, requireMostLost } from '../most-lost.js';
import type { Columns } from '../table/column.js';
import { lostRows } from '../table/require-rows.js';
import type { Table, TableReport } from '../table/table.js';
import { type CollectedRows, createRowCollector } from './collect-rows.js';
import { createInteractions } from './create-interactions.js';
import { createDropTally, type DropTally } from './drop-tally.js';
import type { InteractionOptions, TableInteractions } from './interaction-options.js';
import { duplicatePolicies } from './merge-duplicates.js';
import { dropUnknown, renumber, takeBack } from './prepare-rows.js';

const optionNames: OptionNames<InteractionOptions> = {
  user: true,
  item: true,
  time: true,
  weight: true,
  duplicates: true,
  keep: true,
  cancelled: true,
  order: true,
  cancellationPrefix: true,
  returns: true,
  users: true,
  items: true,
  mostLost: true,
};

/**
 * Makes interactions of a table of orders, or of the tables of a stream.
 *
 * Rows without user, item, time or weight are left out, and so are cancellations and returns, unless `returns` says to
 * subtract them. What was left out is counted by reason in `report`. Users and items are numbered anew, in the order of the
 * table and without those that have no row, unless `users` and `items` give their numbers.
 *
 * @param table - A table, or tables that share their vocabularies, as {@link streamTable} gives them.
 * @param options - Which columns say what.
 * @returns The interactions with a report; a promise of them for a stream.
 * @throws RangeError when a column is not there or of another kind, no row is left, or more rows than `mostLost` says were left out
 *   though nobody asked for it.
 * @example
 * const csvText = 'Invoice,Customer,Product,Pieces\n1,ann,tea,6\n2,bob,mug,1\nC3,ann,tea,-2\n';
 * const orders = parseTable(csvText, { Invoice: idColumn(), Customer: idColumn(), Product: idColumn(), Pieces: countColumn() });
 * const shop = toInteractions(orders, {
 *   user: 'Customer',
 *   item: 'Product',
 *   weight: 'Pieces',
 *   order: 'Invoice',
 *   cancellationPrefix: 'C',
 *   returns: 'subtract',
 * });
 * shop.weights; // [4, 1]
 * shop.report.dropped.cancellation; // 1
 */
export function toInteractions<C extends Columns>(table: Table<C>, options: InteractionOptions<C>): TableInteractions;
export function toInteractions<C extends Columns>(
  table: AsyncIterable<Table<C>>,
  options: InteractionOptions<C>,
): Promise<TableInteractions>;
export function toInteractions<C extends Columns>(
  table: Table<C> | AsyncIterable<Table<C>>,
  options: InteractionOptions<C>,
): TableInteractions | Promise<TableInteractions> {
  requireOptions('toInteractions', options, optionNames);
  requireTable(table);
  requireFunction('toInteractions', 'keep', options?.keep);
  requireFunction('toInteractions', 'cancelled', options?.cancelled);
  requireOneOf('toInteractions', 'returns', ['drop', 'subtract'], options?.returns ?? 'drop');
  requireOneOf('toInteractions', 'duplicates', duplicatePolicies, options?.duplicates ?? 'keep');
  requireMostLost('toInteractions', options?.mostLost);
  const dropped = createDropTally();
  if (Symbol.asyncIterator in table) return collectStream(table, options, dropped);
  const collector = createRowCollector(options, dropped);
  collector.add(table);
  return finish(collector.take(), options, dropped, table.report);
}

function requireTable(table: unknown): void {
  const { columns } = (table ?? {}) as { columns?: unknown };
  const isTable = typeof columns === 'object' && columns !== null;
  if (isTable || (typeof table === 'object' && table !== null && Symbol.asyncIterator in table)) return;
  refuse('toInteractions', 'table', 'be a table, such as parseTable() makes, or a stream of tables', table);
}

async function collectStream<C extends Columns>(
  tables: AsyncIterable<Table<C>>,
  options: InteractionOptions<C>,
  dropped: DropTally,
): Promise<TableInteractions> {
  const collector = createRowCollector(options, dropped);
  let report: TableReport | undefined;
  for await (const table of tables) {
    collector.add(table);
    report = table.report;
  }
  if (!report) refuse('toInteractions', 'table', 'hold at least one table', 'none');
  return finish(collector.take(), options, dropped, report);
}

function finish<C extends Columns>(
  collected: CollectedRows,
  { users, items, duplicates = 'keep', returns, mostLost }: InteractionOptions<C>,
  dropped: DropTally,
  report: TableReport,
): TableInteractions {
  const { rows, unmatched } = takeBack(dropUnknown(collected, users, items, dropped), dropped);
  const length = rows.weights.length;
  if (length === 0) refuse('toInteractions', 'table', 'leave at least one row', reasons(dropped, report));
  const interactions = createInteractions({ ...renumber(rows, users, items), duplicates });
  dropped.duplicate = length - interactions.length;
  const kept = interactions.length;
  const total = Object.values(dropped).reduce((sum, count) => sum + count, kept);
  requireWantedKept(dropped, total, returns === 'subtract', mostLost);
  return { ...interactions, report: { rows: total, kept, dropped, unmatchedReturns: unmatched, table: report } };
}

// Who reads returns to subtract them knows of them; `keep` and `cancelled` are asked for, and so are duplicates.
function requireWantedKept(dropped: DropTally, total: number, areReturnsRead: boolean, mostLost?: number): void {
  const { notKept, cancellation, takenBack: _, duplicate: __, return: returned, ...lacking } = dropped;
  const unwanted = { ...lacking, ...(!areReturnsRead && { return: returned }) };
  requireKept('toInteractions', 'table', {
    rows: total - notKept - cancellation,
    lost: Object.values(unwanted).reduce((sum, count) => sum + count, 0),
    why: () => countsOf(unwanted),
    mostLost,
  });
}

function countsOf(dropped: Readonly<Record<string, number>>): string {
  const counts = Object.entries(dropped).filter(([, count]) => count > 0);
  return counts.map(([reason, count]) => `${reason}: ${count}`).join(', ');
}

function reasons(dropped: DropTally, report: TableReport): string {
  return countsOf(dropped) || (lostRows(report) ?? 'a table without rows');
}
