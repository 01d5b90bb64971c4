// tsx bench/recsys/next-invoice-readings.ts: what "recall@10 of personal frequency on the next invoice of UCI Online Retail" comes to, read in
// other ways: what a basket is, which rows count, what an item is, who is asked, how ties go, what recall is divided by.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countColumn, idColumn, moneyColumn, parseTable, timeColumn, wholeNumberId } from 'minimart';
import { sharedData } from './shared-data.js';

const readings = {
  basket: ['invoice', 'day'],
  rows: ['no C', 'quantity > 0', 'quantity and price > 0', 'all, C too'],
  item: ['code', 'upper-case code', 'goods', 'description'],
  asked: ['3 baskets', '4 baskets', '5 baskets', '10 baskets', '3 baskets, item of 5 customers'],
  counted: ['baskets', 'rows', 'pieces', 'baskets x .95^age', 'baskets x .8^age'],
  ties: ['latest', 'popular', 'first seen'],
  among: ['everybody', 'those asked'],
  popularity: ['baskets', 'customers'],
  fill: ['popular', 'none'],
  target: ['last', 'every next', 'last, known items', 'last, not one item'],
} as const;
type Reading = { readonly [K in keyof typeof readings]: (typeof readings)[K][number] };
type Options = Readonly<Record<keyof Reading, readonly string[]>>;
/** What comes closest to how our table reads it. */
const usual: Reading = {
  ...{ basket: 'invoice', rows: 'no C', item: 'code', asked: '3 baskets', counted: 'baskets' },
  ...{ ties: 'latest', among: 'everybody', popularity: 'baskets', fill: 'popular', target: 'last' },
};

interface Line {
  readonly user: string;
  readonly item: string;
  readonly basket: string;
  readonly time: number;
  readonly pieces: number;
}
interface Basket {
  time: number;
  /** Item: rows and pieces. */
  readonly items: Map<string, { rows: number; pieces: number }>;
}

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
const table = parseTable(gunzipSync(readFileSync(path)).toString('utf8'), {
  InvoiceNo: idColumn(),
  StockCode: idColumn(),
  Description: idColumn(),
  Quantity: countColumn(),
  InvoiceDate: timeColumn(),
  UnitPrice: moneyColumn(),
  CustomerID: idColumn({ normalize: wholeNumberId }),
});

function* linesOf({ basket, rows, item }: Reading): Generator<Line> {
  const { InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID } = table.columns;
  const idAt = (column: typeof InvoiceNo, row: number) => String(column.vocabulary.idAt(column.codes[row]!) ?? '');
  for (let row = 0; row < table.length; row += 1) {
    if (CustomerID.codes[row]! < 0 || Number.isNaN(InvoiceDate.values[row]!)) continue;
    const invoice = idAt(InvoiceNo, row);
    const pieces = Quantity.values[row]!;
    if (rows === 'no C' && invoice.startsWith('C')) continue;
    if (rows !== 'all, C too' && rows !== 'no C' && !(pieces > 0)) continue;
    if (rows === 'quantity and price > 0' && !(UnitPrice.values[row]! > 0)) continue;
    const code = idAt(StockCode, row);
    if (item === 'goods' && !/^\d{5}/.test(code)) continue;
    const named = item === 'description' ? idAt(Description, row).trim() : item === 'code' ? code : code.toUpperCase();
    const time = InvoiceDate.values[row]!;
    const day = String(Math.floor(time / 86_400_000));
    yield { user: idAt(CustomerID, row), item: named, basket: basket === 'day' ? day : invoice, time, pieces };
  }
}

/** Each customer's baskets, the first first. */
function basketsOf(reading: Reading): Basket[][] {
  const users = new Map<string, Map<string, Basket>>();
  for (const { user, item, basket, time, pieces } of linesOf(reading)) {
    const own = users.get(user) ?? new Map<string, Basket>();
    users.set(user, own);
    const found = own.get(basket) ?? { time, items: new Map() };
    own.set(basket, found);
    found.time = Math.min(found.time, time);
    const line = found.items.get(item) ?? { rows: 0, pieces: 0 };
    found.items.set(item, { rows: line.rows + 1, pieces: line.pieces + pieces });
  }
  const all = [...users.values()].map((own) => [...own.values()].sort((one, other) => one.time - other.time));
  return reading.asked.includes('5 customers') ? ofManyCustomers(all) : all;
}

function ofManyCustomers(all: Basket[][]): Basket[][] {
  const customers = new Map<string, number>();
  for (const own of all) {
    const items = new Set(own.flatMap((basket) => [...basket.items.keys()]));
    for (const item of items) customers.set(item, (customers.get(item) ?? 0) + 1);
  }
  const kept = all.map((own) =>
    own.map(({ time, items }) => ({ time, items: new Map([...items].filter(([item]) => customers.get(item)! >= 5)) })),
  );
  return kept.map((own) => own.filter(({ items }) => items.size > 0)).filter((own) => own.length > 0);
}

function weightOf(counted: string, line: { rows: number; pieces: number }, age: number): number {
  if (counted === 'rows') return line.rows;
  if (counted === 'pieces') return line.pieces;
  if (counted === 'baskets') return 1;
  return (counted.includes('.95') ? 0.95 : 0.8) ** age;
}

function listOf(past: readonly Basket[], popular: readonly string[], counts: Map<string, number>, reading: Reading) {
  const found = new Map<string, { weight: number; last: number; order: number }>();
  past.forEach(({ items }, at) => {
    for (const [item, line] of items) {
      const own = found.get(item) ?? { weight: 0, last: 0, order: found.size };
      const weight = own.weight + weightOf(reading.counted, line, past.length - 1 - at);
      found.set(item, { ...own, weight, last: at });
    }
  });
  const tie = (item: string, own: { last: number; order: number }) =>
    reading.ties === 'latest' ? own.last : reading.ties === 'popular' ? (counts.get(item) ?? 0) : -own.order;
  const ranked = [...found].sort(
    ([one, a], [other, b]) => b.weight - a.weight || tie(other, b) - tie(one, a) || a.order - b.order,
  );
  const list = ranked.slice(0, 10).map(([item]) => item);
  if (reading.fill === 'popular') {
    for (const item of popular) {
      if (list.length >= 10) break;
      if (!found.has(item)) list.push(item);
    }
  }
  return { list, had: found };
}

function measure(reading: Reading) {
  const all = basketsOf(reading);
  const least = Number.parseInt(reading.asked, 10);
  const counts = new Map<string, number>();
  const lastOf = (own: readonly Basket[]) => (own.length >= least ? own.length - 1 : own.length);
  for (const own of all) {
    if (reading.among === 'those asked' && own.length < least) continue;
    const known = own.slice(0, lastOf(own)).map(({ items }) => [...items.keys()]);
    const bought = reading.popularity === 'customers' ? new Set(known.flat()) : known.flat();
    for (const item of bought) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  const popular = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([item]) => item)
    .slice(0, 2000);
  let [asked, recall, capped, hit, again, bought, found] = [0, 0, 0, 0, 0, 0, 0];
  for (const own of all) {
    if (own.length < least) continue;
    const from = reading.target === 'every next' ? least - 1 : own.length - 1;
    for (let at = from; at < own.length; at += 1) {
      const { list, had } = listOf(own.slice(0, at), popular, counts, reading);
      const items = [...own[at]!.items.keys()];
      const target = reading.target === 'last, known items' ? items.filter((item) => counts.has(item)) : items;
      if (target.length === 0 || (reading.target === 'last, not one item' && target.length === 1)) continue;
      const hits = target.filter((item) => list.includes(item)).length;
      asked += 1;
      recall += hits / target.length;
      capped += hits / Math.min(10, target.length);
      hit += hits > 0 ? 1 : 0;
      again += target.filter((item) => had.has(item)).length;
      bought += target.length;
      found += hits;
    }
  }
  return {
    asked,
    recall: recall / asked,
    capped: capped / asked,
    pooled: found / bought,
    hit: hit / asked,
    again: again / bought,
  };
}

function show(label: string, reading: Reading): void {
  const { asked, recall, capped, pooled, hit, again } = measure(reading);
  const numbers = [recall, capped, pooled, hit, again].map((value) => value.toFixed(4));
  console.log(`| ${label} | ${asked} | ${numbers.join(' | ')} |`);
}

console.log('| reading | asked | recall | capped recall | recall, all items together | hit rate | had before |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
show('as in the table, whole counts', usual);
for (const [name, values] of Object.entries(readings as Options)) {
  for (const value of values) {
    if (value !== usual[name as keyof Reading]) show(`${name}: ${value}`, { ...usual, [name]: value } as Reading);
  }
}
show('the one that comes closest', { ...usual, ties: 'popular', among: 'those asked', popularity: 'customers' });
// Pairs of readings that move it most.
for (const basket of readings.basket) {
  for (const rows of ['no C', 'quantity and price > 0'] as const) {
    for (const asked of readings.asked.slice(0, 3)) {
      for (const counted of ['baskets', 'pieces', 'baskets x .8^age'] as const) {
        for (const target of ['last', 'every next'] as const) {
          const reading: Reading = { ...usual, basket, rows, asked, counted, target };
          show([basket, rows, asked, counted, target].join('; '), reading);
        }
      }
    }
  }
}
