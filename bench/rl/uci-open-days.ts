import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countColumn, demandByDay, idColumn, parseTable, timeColumn } from 'minimart';
import { sharedData } from '../recsys/shared-data.js';

const millisecondsOfDay = 86_400_000;
// 300 days are learned from, and the 74 that follow held out.
const first = Date.UTC(2010, 11, 1);
const split = first + 300 * millisecondsOfDay;

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
const orders = parseTable(gunzipSync(readFileSync(path)).toString(), {
  StockCode: idColumn(),
  Quantity: countColumn(),
  InvoiceDate: timeColumn(),
});
const columns = { product: 'StockCode', time: 'InvoiceDate', pieces: 'Quantity' } as const;
const history = await demandByDay(orders, { ...columns, from: first, to: split - 1 });

/** The pack: the number of pieces above 1 that order lines of the product ask for most often, at most 24. */
export function packOf(product: string): number {
  const counts = new Map<number, number>();
  const { values, vocabulary, codes } = { ...orders.columns.StockCode, values: orders.columns.Quantity.values };
  const code = vocabulary.indexOf(product);
  codes.forEach((each, row) => {
    const pieces = values[row]!;
    if (each !== code || pieces < 2 || pieces > 24 || orders.columns.InvoiceDate.values[row]! >= split) return;
    counts.set(pieces, (counts.get(pieces) ?? 0) + 1);
  });
  return [...counts].sort(([a, often], [b, oftener]) => oftener - often || a - b)[0]![0];
}

/**
 * The products: of those asked for on 100 of the 300 days or more, and on 5 of the last 30, those that stand at 10%, 25%, 40%, 55% and 70% of
 * their list by pieces per day: the larger ones have models of all policies that take minutes each.
 */
export function uciProducts(): string[] {
  const facts = history.products.toJSON().ids.map((id) => {
    const series = history.series(id);
    const busy = series.filter((pieces) => pieces > 0).length;
    const late = series.slice(-30).filter((pieces) => pieces > 0).length;
    return { id, busy, late, mean: series.reduce((sum, pieces) => sum + pieces, 0) / series.length };
  });
  const list = facts.filter(({ busy, late }) => busy >= 100 && late >= 5).sort((a, b) => a.mean - b.mean);
  return [0.1, 0.25, 0.4, 0.55, 0.7].map((share) => list[Math.floor(share * list.length)]!.id);
}

/** The record of a product before the split and behind it. */
export async function openDaysAround(product: string) {
  const before = await openDays(product, first, split - 1);
  const after = await openDays(product, split, split + 74 * millisecondsOfDay);
  return { before, after };
}

/** Days on which nothing at all was sold are no days of the shop. */
async function openDays(product: string, from: number, to: number): Promise<number[]> {
  const days = await demandByDay(orders, { ...columns, products: [product], from, to });
  return days.series(product).filter((_, day) => days.open[day] === 1);
}
