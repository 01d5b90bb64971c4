// MINIMART_DATA=folder npx tsx bench/orders/price-likelihood.ts: README.md says what it shows.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  demandByDay,
  formatOrders,
  idColumn,
  learnPriceResponse,
  moneyColumn,
  type ProductPriceResponse,
  parseTable,
  type RecordedDemand,
  simulateShop,
  timeColumn,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';

const day = 86_400_000;
const kinds = { product: idColumn(), pieces: countColumn(), time: timeColumn(), price: moneyColumn() };
const columns = { product: 'product', pieces: 'pieces', time: 'time', price: 'price' } as const;

/**
 * Log-likelihood of a product's held-out order lines on the days with some, whose price is known: Poisson numbers that are not 0, their means
 * `level * order lines of the shop * price^-elasticity`, at the likeliest level.
 */
function logLikelihood(demand: RecordedDemand, product: string, elasticity: number): number {
  const [size, place] = [demand.products.size, demand.products.indexOf(product)];
  const rows = Array.from({ length: demand.days }, (_, at) => {
    const cells = demand.lines.subarray(at * size, (at + 1) * size);
    const price = demand.prices!.usual[at * size + place]!;
    return { lines: cells[place]!, weight: cells.reduce((sum, lines) => sum + lines, 0) * price ** -elasticity, price };
  }).filter(({ price }) => price > 0);
  const at = (level: number) =>
    rows.reduce((sum, { lines, weight }) => {
      const expected = level * weight;
      return sum + lines * Math.log(expected) - expected - Math.log(-Math.expm1(-expected));
    }, 0);
  // The slope by the logarithm of the level falls: sum of lines less expected / (1 - exp(-expected)).
  const slope = (level: number) =>
    rows.reduce((sum, { lines, weight }) => sum + lines + (level * weight) / Math.expm1(-level * weight), 0);
  let [low, high] = [-40, 40];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return at(Math.exp(low));
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

function compare(name: string, found: readonly ProductPriceResponse[], heldOut: RecordedDemand): void {
  const rows = found.filter(({ product }) => {
    if (!heldOut.products.has(product)) return false;
    const [size, place] = [heldOut.products.size, heldOut.products.indexOf(product)];
    const prices = Array.from({ length: heldOut.days }, (_, at) => heldOut.prices!.usual[at * size + place]!);
    return new Set(prices.filter((price) => price > 0)).size > 1;
  });
  const common = mean(found.map(({ elasticity }) => elasticity!.value));
  const ways: Record<string, (response: ProductPriceResponse) => number> = {
    own: ({ own }) => own!.value,
    'the same for all': () => common,
    elasticity: ({ elasticity }) => elasticity!.value,
  };
  const cells = Object.values(ways).map((of) => {
    const gains = rows.map((response) => {
      return logLikelihood(heldOut, response.product, of(response)) - logLikelihood(heldOut, response.product, 0);
    });
    const better = gains.filter((gain) => gain > 0).length / gains.length;
    const sorted = gains.sort((one, other) => one - other);
    const reach = 196 * Math.sqrt((better * (1 - better)) / gains.length);
    return `${sorted[sorted.length >> 1]!.toFixed(2)}, ${(100 * better).toFixed(0)}% ± ${reach.toFixed(0)}`;
  });
  console.log(`| ${[name, found.length, rows.length, common.toFixed(2), ...cells].join(' | ')} |`);
}

async function row(
  name: string,
  text: string,
  days: number,
  promotions: Parameters<typeof learnPriceResponse>[1] = {},
) {
  const orders = parseTable(text, kinds);
  const first = orders.columns.time.values.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const split = Math.floor(first / day) * day + days * day;
  const { products } = await learnPriceResponse(await demandByDay(orders, { ...columns, to: split - 1 }), promotions);
  const heldOut = await demandByDay(orders, { ...columns, from: split });
  for (const told of [true, false]) {
    const found = products.filter(
      ({ verdict, elasticity }) => elasticity && (verdict === 'several prices a day') !== told,
    );
    if (found.length > 1) compare(`${name}, ${told ? 'one price a day' : 'several'}`, found, heldOut);
  }
}

console.log(
  '| orders | learned | with two prices or more held out | mean elasticity | own | the same for all | elasticity |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const seed of [1, 2, 3]) {
  const shop = simulateShop({ seed, users: 2000, items: 100, days: 374, promotions: 0 });
  const rename = (text: string) =>
    text.replace(/^[^\n]*/, (head) =>
      head
        .replace('Product', 'product')
        .replace('Quantity', 'pieces')
        .replace('Time', 'time')
        .replace('UnitPrice', 'price'),
    );
  await row(`simulated, seed ${seed}`, rename(formatOrders(shop)), 300);
}
const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
const text = gunzipSync(readFileSync(path)).toString();
await row(
  'UCI',
  text.replace(/^[^\n]*/, (head) =>
    head
      .replace('StockCode', 'product')
      .replace('Quantity', 'pieces')
      .replace('InvoiceDate', 'time')
      .replace('UnitPrice', 'price'),
  ),
  300,
);
