import {
  type Columns,
  categoryColumn,
  countColumn,
  detectVirtual,
  independentColumns,
  latentClassMixture,
  moneyColumn,
  type RowConditions,
  readTable,
  splitTable,
  type Table,
  type TableModel,
} from 'minimart';
import type { Call } from '../../link/serve.js';
import type { Bar, ShopServices } from '../services.js';
import type { Orders } from './orders.js';

/** Rows that are learnt from, and that the judge looks at: enough to tell models apart, and done in seconds. */
const most = 4000;
const judged = 1500;

/** Beyond so many products a mixture of few classes says little about any of them. */
const mostProducts = 300;

/** What was learnt of a shop's lines. */
export interface LearnedLines {
  readonly names: readonly string[];
  /** The most frequent first; none where there is no such column. */
  readonly countries: readonly string[];
  readonly model: TableModel;
  readonly bars: readonly Bar[];
  readonly judged: number;
}

/** Learns order lines, and lets trees tell virtual ones from real ones that were held out. */
export async function learnLines(
  orders: Orders,
  { tell }: Pick<Call<{ readonly note: string }>, 'tell'>,
): Promise<LearnedLines> {
  tell({ note: 'Reading lines …' });
  const table = await readLines(orders);
  const used = Math.min(1, (2 * most) / table.length);
  const { test: some } = used < 1 ? splitTable(table, { testShare: used, seed: 1 }) : { test: table };
  const { train: real, test: heldOut } = splitTable(some, { testShare: 0.5, seed: 2 });
  tell({ note: `Learning from ${real.length.toLocaleString('en')} lines …` });
  const mixture = await latentClassMixture(real, { classes: 20, iterations: 60, seed: 7 });
  const independent = await independentColumns(real);
  const bars: Bar[] = [];
  for (const [name, model] of [
    ['mixture', mixture],
    ['independent columns', independent],
  ] as const) {
    tell({ note: `The judge looks at lines of the ${name} …` });
    const virtual = await model.sample(judged, { seed: 3 });
    const { trees } = await detectVirtual(virtual, { real, heldOut, rows: judged, seed: 4 });
    bars.push(barOf(name, trees));
    if (bars.length === 1) bars.unshift(barOf('other real lines', trees.floor));
  }
  return {
    names: Object.keys(table.columns),
    countries: countriesOf(real, orders.mapping.country),
    model: mixture,
    bars,
    judged,
  };
}

/** Draws lines under a condition, and says how frequent such lines are. */
export async function drawLines(
  lines: LearnedLines,
  { country, seed }: ShopServices['virtual']['ask'],
  countryColumn: string,
) {
  const { model, names, countries, bars, judged: rows } = lines;
  const where: RowConditions<Columns> = country ? { [countryColumn]: country } : {};
  const table = await model.sample(12, { where, seed });
  const share = country ? await model.probability(where) : 1;
  return { names, countries, rows: rowsOf(table), share, bars, judged: rows };
}

async function readLines({ mapping, text, table }: Orders): Promise<Table> {
  const { product, quantity, price, country } = mapping;
  const isFew = table.columns.product.vocabulary.size <= mostProducts;
  return readTable(text, {
    ...(isFew && { [product]: categoryColumn() }),
    [quantity]: countColumn(),
    ...(price && { [price]: moneyColumn() }),
    ...(country && { [country]: categoryColumn() }),
  });
}

function rowsOf({ columns, length }: Table): string[][] {
  return Array.from({ length }, (_, row) => Object.values(columns).map((column) => cellOf(column, row)));
}

function cellOf(column: Columns[string], row: number): string {
  if ('codes' in column) return column.vocabulary.idAt(column.codes[row]!) ?? '';
  const value = column.values[row]!;
  return column.kind === 'money' ? value.toFixed(2) : String(value);
}

function barOf(
  name: string,
  { value, interval: [low, high] }: { readonly value: number; readonly interval: readonly [number, number] },
): Bar {
  return { name, part: 'trees', value, low, high };
}

function countriesOf({ columns }: Table, name: string): string[] {
  const column = columns[name];
  if (!column || !('codes' in column)) return [];
  const counts = new Map<number, number>();
  for (const code of column.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const order = [...counts].sort(([, a], [, b]) => b - a).slice(0, 12);
  return order.flatMap(([code]) => column.vocabulary.idAt(code) ?? []);
}
