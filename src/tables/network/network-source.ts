import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { PrivacyBudget } from '../../privacy/privacy-ledger.js';
import { codeTable, type TableCoding } from '../coding/table-coding.js';
import { layOut, type TableLayout } from '../layout/table-layout.js';
import { learnedRows, partsOfModel } from '../model-of-rows.js';
import type { TableModel, TableModelOptions } from '../table-model.js';

/** What a network learns from. */
export interface NetworkSource {
  readonly coding: TableCoding;
  readonly layout?: TableLayout | undefined;
  /** What was spent on the rows. */
  readonly privacy?: Required<PrivacyBudget> | undefined;
}

/** How the rows are to be had. */
interface SourceOptions<C extends Columns> extends TableModelOptions<C> {
  readonly rows: number | undefined;
  readonly seed: number;
}

type Pause = () => Promise<void>;

/** Finds the states of a table, or takes those of a model, of which it draws rows. */
export async function openSource<C extends Columns>(
  where: string,
  source: Table<C> | TableModel<C>,
  options: SourceOptions<C>,
  pause: Pause,
): Promise<NetworkSource> {
  if (canDraw(source)) return rowsOfModel(where, source, options, pause);
  const { rows, bins = 20, together, derived } = options;
  if (rows !== undefined) refuse(where, 'rows', 'be left out for a table: all of its rows are learned from', rows);
  const { learned, layout } = await layOut(where, source, { together, derived }, pause);
  return { coding: await codeTable(where, learned, bins, pause), layout };
}

function canDraw<C extends Columns>(source: Table<C> | TableModel<C>): source is TableModel<C> {
  return typeof (source as Partial<TableModel<C>> | undefined)?.sample === 'function';
}

/** Rows that are drawn of a model. */
const enoughRows = 20_000;

async function rowsOfModel<C extends Columns>(
  where: string,
  model: TableModel<C>,
  { rows: length = enoughRows, seed, signal, ...ofTables }: SourceOptions<C>,
  pause: Pause,
): Promise<NetworkSource> {
  requirePositiveInteger(where, 'rows', length);
  const { bins, together, derived } = ofTables;
  for (const [name, value] of Object.entries({ bins, together, derived })) {
    if (value !== undefined) refuse(where, name, 'be left out for a model, which has its own', value);
  }
  const parts = partsOfModel(model);
  if (!parts) refuse(where, 'source', 'be a table, or a model that minimart learned', model);
  const { columns, layout } = parts;
  const drawn = await model.sample(length, { seed, ...(signal && { signal }) });
  const rows = await learnedRows(columns, layout, drawn, pause);
  const states = columns.reduce((sum, column) => sum + statesOf(column), 0);
  const shares = await piecemeal(sharesOf(columns, rows), pause);
  const coding = { length, columns, rows, states, shares };
  return { coding, layout, privacy: model.privacy };
}

function statesOf({ states }: TableCoding['columns'][number]): number {
  return states.offsets.length - 1;
}

// Half a row more for each state: of some none may have been drawn.
function* sharesOf(columns: TableCoding['columns'], rows: Int32Array): Pieces<Float64Array> {
  const length = rows.length / columns.length;
  const totals = columns.map((column) => length + statesOf(column) / 2);
  const shares = Float64Array.from(
    columns.flatMap((column, place) => new Array<number>(statesOf(column)).fill(0.5 / totals[place]!)),
  );
  yield* inStretches(rows.length, (from, to) => {
    for (let at = from; at < to; at += 1) shares[rows[at]!]! += 1 / totals[at % columns.length]!;
  });
  return shares;
}
