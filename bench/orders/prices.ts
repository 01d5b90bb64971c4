// npx tsx bench/orders/prices.ts [--seeds 1,2,3] [--uci]: README.md says what it shows.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  demandByDay,
  type Estimate,
  formatOrders,
  idColumn,
  learnPriceResponse,
  moneyColumn,
  type ProductPriceResponse,
  parseTable,
  type SimulatedShop,
  simulateShop,
  timeColumn,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1,2,3' }, uci: { type: 'boolean', default: false } },
});
const day = 86_400_000;

interface Found {
  readonly response: ProductPriceResponse;
  readonly truth: number;
}

async function learnShop(seed: number, kind: 'named' | 'not named' | 'none'): Promise<Found[]> {
  const shop = simulateShop({ seed, users: 2000, items: 100, days: 365, ...(kind === 'none' && { promotions: 0 }) });
  const kinds = { Product: idColumn(), Quantity: countColumn(), Time: timeColumn(), UnitPrice: moneyColumn() };
  const orders = parseTable(formatOrders(shop), kinds);
  const demand = await demandByDay(orders, {
    ...{ product: 'Product', time: 'Time', pieces: 'Quantity', price: 'UnitPrice' },
  });
  const promotions = kind === 'named' ? promotionsOf(shop) : [];
  const { products } = await learnPriceResponse(demand, { promotions });
  return products.map((response) => ({
    response,
    truth: -shop.items.elasticities[shop.items.ids.indexOf(response.product)]!,
  }));
}

function promotionsOf({ promotions, items, settings: { start } }: SimulatedShop) {
  return promotions.map(({ item, from, to }) => ({
    product: items.ids[item]!,
    from: start + from * day,
    to: start + (to - 1) * day,
  }));
}

/** Profit at the price that an elasticity says, over that at the best price, where a piece costs half of the last price. */
function profitShare({ response, truth }: Found, elasticity: number | undefined): number {
  const { price = 1, prices } = response;
  const best = (of: number) => prices.reduce((one, other) => (profit(other, of) > profit(one, of) ? other : one));
  const profit = (at: number, of: number) => (at - price / 2) * at ** -of;
  return profit(elasticity === undefined ? price : best(elasticity), truth) / profit(best(truth), truth);
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const digits = (number: number) => number.toFixed(3);

console.log(
  '| promotions | products | told | own intervals that hold the truth | shrunk ones | mean truth | mean found | own | the same for all | shrunk |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const profits: string[] = [];
for (const kind of ['named', 'not named', 'none'] as const) {
  const all: Found[] = [];
  const seeds = values.seeds.split(',').map(Number);
  for (const seed of seeds) all.push(...(await learnShop(seed, kind)));
  const told = all.filter(({ response }) => response.elasticity && response.verdict !== 'several prices a day');
  const held = (of: (response: ProductPriceResponse) => Required<Estimate>) => {
    const holding = told.filter(({ response, truth }) => {
      const [low, high] = of(response).interval;
      return low <= truth && truth <= high;
    });
    return `${((100 * holding.length) / told.length).toFixed(0)}%`;
  };
  const common = mean(told.map(({ response }) => response.elasticity!.value));
  const guesses = {
    own: ({ response }: Found) => response.own!.value,
    common: () => common,
    shrunk: ({ response }: Found) => response.elasticity!.value,
  };
  const error = (of: (found: Found) => number) =>
    digits(Math.sqrt(mean(told.map((found) => (of(found) - found.truth) ** 2))));
  const intervals = [held(({ own }) => own!), held(({ elasticity }) => elasticity!)];
  const truth = digits(mean(told.map((found) => found.truth)));
  const cells = [kind, all.length, told.length, ...intervals, truth, digits(common)];
  console.log(`| ${[...cells, ...Object.values(guesses).map(error)].join(' | ')} |`);
  const falls = (found: Found) =>
    found.response.verdict === 'falls with the price' ? guesses.shrunk(found) : undefined;
  const rules = [() => undefined, guesses.own, falls, guesses.common, guesses.shrunk];
  const shares = rules.map((rule) => digits(mean(told.map((found) => profitShare(found, rule(found))))));
  profits.push(`| ${[kind, ...shares].join(' | ')} |`);
  const tally = new Map<string, number>();
  for (const { response } of all) tally.set(response.verdict, (tally.get(response.verdict) ?? 0) + 1);
  console.error(kind, Object.fromEntries(tally));
}
console.log('\n| promotions | last price | own | shrunk, where it falls | the same for all | shrunk |');
console.log(`| --- | --- | --- | --- | --- | --- |\n${profits.join('\n')}`);

if (values.uci) {
  const path = sharedData('online-retail', 'online-retail.csv.gz');
  if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
  const orders = parseTable(gunzipSync(readFileSync(path)).toString(), {
    ...{ StockCode: idColumn(), Quantity: countColumn(), InvoiceDate: timeColumn(), UnitPrice: moneyColumn() },
  });
  const demand = await demandByDay(orders, {
    ...{ product: 'StockCode', time: 'InvoiceDate', pieces: 'Quantity', price: 'UnitPrice' },
  });
  const { products } = await learnPriceResponse(demand);
  const tally = new Map<string, number>();
  for (const { verdict } of products) tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  console.log(`\nUCI: ${products.length} products`);
  for (const [verdict, count] of tally) console.log(`- ${verdict}: ${count}`);
}
