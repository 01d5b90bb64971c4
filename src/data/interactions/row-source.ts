import { refuse } from '../../internal/require.js';
import type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from '../table/column.js';
import type { DropTally } from './drop-tally.js';
import type { InteractionOptions } from './interaction-options.js';

/** What the rows of one table say. */
export interface RowSource {
  readonly user: CodedColumn;
  readonly item: CodedColumn;
  readonly time: TimeColumn | undefined;
  readonly weight: CountColumn | NumberColumn | undefined;
  readonly order: CodedColumn | undefined;
  /** Whether a row cancels something. */
  readonly isCancelled: (row: number) => boolean;
  /** Whether a row is wanted. */
  readonly isWanted: (row: number) => boolean;
}

/** Finds the columns that the options name. */
export function findSource<C extends Columns>(columns: C, options: InteractionOptions<C>): RowSource {
  const { user, item, time, weight, order, keep } = options ?? {};
  return {
    user: coded(columns, 'user', user),
    item: coded(columns, 'item', item),
    time: time === undefined ? undefined : ofTime(columns, time),
    weight: weight === undefined ? undefined : numeric(columns, weight),
    order: order === undefined ? undefined : coded(columns, 'order', order),
    isCancelled: cancellationTest(columns, options),
    isWanted: keep ? (row) => keep(row, columns) : () => true,
  };
}

/** Why a row without an amount or a place is no interaction, or `undefined`. */
export function lackOf({ user, item, time }: RowSource, row: number, weight: number): keyof DropTally | undefined {
  if (user.codes[row]! < 0) return 'withoutUser';
  if (item.codes[row]! < 0) return 'withoutItem';
  if (time && Number.isNaN(time.values[row])) return 'withoutTime';
  return weight === 0 || Number.isNaN(weight) ? 'withoutWeight' : undefined;
}

function cancellationTest<C extends Columns>(columns: C, options: InteractionOptions<C>): (row: number) => boolean {
  const { cancelled, order, cancellationPrefix } = options;
  if (cancellationPrefix === undefined) return cancelled ? (row) => cancelled(row, columns) : () => false;
  if (cancelled) {
    refuse('toInteractions', 'cancelled', 'be given alone or not at all beside `cancellationPrefix`', cancelled);
  }
  if (typeof cancellationPrefix !== 'string' || cancellationPrefix === '') {
    refuse('toInteractions', 'cancellationPrefix', 'be a text that is not empty', cancellationPrefix);
  }
  const { codes, vocabulary } = coded(columns, 'order', order);
  return (row) => vocabulary.idAt(codes[row]!)?.startsWith(cancellationPrefix) ?? false;
}

function coded(columns: Columns, option: string, name: string | undefined): CodedColumn {
  const column = find(columns, option, name);
  if (column.kind !== 'id' && column.kind !== 'category')
    refuseKind(option, 'idColumn() or categoryColumn()', name, column);
  return column;
}

function ofTime(columns: Columns, name: string): TimeColumn {
  const column = find(columns, 'time', name);
  if (column.kind !== 'time') refuseKind('time', 'timeColumn()', name, column);
  return column;
}

function numeric(columns: Columns, name: string): CountColumn | NumberColumn {
  const column = find(columns, 'weight', name);
  if (column.kind !== 'count' && column.kind !== 'number' && column.kind !== 'money') {
    refuseKind('weight', 'countColumn(), numberColumn() or moneyColumn()', name, column);
  }
  return column;
}

function find(columns: Columns, option: string, name: string | undefined): Column {
  const column = name === undefined || !Object.hasOwn(columns, name) ? undefined : columns[name];
  if (!column) {
    const known = Object.keys(columns).map((each) => `'${each}'`);
    refuse('toInteractions', option, `name a column of the table (${known.join(', ')})`, name);
  }
  return column;
}

function refuseKind(option: string, kinds: string, name: string | undefined, { kind }: Column): never {
  return refuse('toInteractions', option, `name a column read with ${kinds}`, `${name}, read with ${kind}Column()`);
}
