// npx tsx bench/orders/joint-prices.ts [--runs 100]: README.md says what it shows.

import { parseArgs } from 'node:util';
import {
  bestPrices,
  countColumn,
  createRng,
  demandByDay,
  idColumn,
  learnPriceResponse,
  moneyColumn,
  type PriceResponses,
  parseTable,
  type Rng,
  timeColumn,
} from 'minimart';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' } } });
const [days, groups, size, spread] = [365, 6, 3, 0.15];
const start = Date.UTC(2026, 0, 1);
const millisecondsOfDay = 86_400_000;

/** Six groups of three products whose prices change by themselves: elasticities from 1.5 to 3, cross elasticities within groups. */
interface Market {
  readonly rate: number;
  /** Changes of price a year. */
  readonly changes: number;
  /** Largest cross elasticity: each is drawn evenly from 0 to it. */
  readonly cross: number;
}

interface Group {
  readonly ids: readonly string[];
  readonly elasticities: readonly number[];
  readonly cross: readonly (readonly number[])[];
}

function poisson(rng: Rng, mean: number): number {
  let [events, left] = [0, mean + Math.log(1 - rng.uniform())];
  while (left > 0) {
    events += 1;
    left += Math.log(1 - rng.uniform());
  }
  return events;
}

async function learn({ rate, changes, cross }: Market, seed: number) {
  const rng = createRng(seed);
  const all: Group[] = Array.from({ length: groups }, (_, group) => ({
    ids: Array.from({ length: size }, (_, place) => `p${group}${place}`),
    elasticities: Array.from({ length: size }, () => 1.5 + 1.5 * rng.uniform()),
    cross: Array.from({ length: size }, () => Array.from({ length: size }, () => cross * rng.uniform())),
  }));
  const lines: string[] = [];
  const prices = all.map(({ ids }) => ids.map(() => Math.exp(spread * rng.normal())));
  for (let day = 0; day < days; day += 1) {
    const time = new Date(start + day * millisecondsOfDay).toISOString();
    for (const [group, own] of prices.entries()) {
      for (let p = 0; p < size; p += 1) {
        if (rng.uniform() < changes / 365) own[p] = Math.round(1000 * Math.exp(spread * rng.normal())) / 1000;
      }
      const { ids, elasticities, cross: effects } = all[group]!;
      for (const [p, id] of ids.entries()) {
        const logs = own.map((price, q) => (q === p ? -elasticities[p]! : effects[p]![q]!) * Math.log(price));
        const mean = rate * Math.exp(logs.reduce((sum, each) => sum + each, 0));
        lines.push(`${id},1,${own[p]!.toFixed(3)},${time}\n`.repeat(poisson(rng, mean)));
      }
    }
  }
  const kinds = { product: idColumn(), pieces: countColumn(), price: moneyColumn(), time: timeColumn() };
  const orders = parseTable(`product,pieces,price,time\n${lines.join('')}`, kinds);
  const columns = { product: 'product', pieces: 'pieces', price: 'price', time: 'time' } as const;
  const together = all.map(({ ids }) => ids);
  return { all, responses: await learnPriceResponse(await demandByDay(orders, columns), { together }) };
}

/** Profit in truth, as a share of the best, of a group at the prices that each way says. A piece costs 0.5. */
async function sharesOf({ ids, elasticities, cross }: Group, responses: PriceResponses, rate: number) {
  const found = ids.map((id) => responses.of(id));
  if (found.some(({ verdict }) => verdict !== 'falls with the price')) return undefined;
  const unitCosts = ids.map(() => 0.5);
  const told = responses.pricingTogether(ids, { unitCosts });
  const all = responses.pricingTogether(ids, { unitCosts, unsure: true });
  const truth = (prices: readonly (readonly number[])[]) =>
    bestPrices({
      crossElasticities: cross,
      products: ids.map((_, p) => {
        return { units: rate, at: 1, elasticity: elasticities[p]!, unitCost: 0.5, prices: prices[p]! };
      }),
    });
  const best = await truth(told.products.map(({ prices }) => prices));
  const [byTold, byAll] = [await bestPrices(told), await bestPrices(all)];
  const ways = [found.map(({ price }) => price!), byTold.alone.prices, byTold.prices, byAll.prices];
  const shares: number[] = [];
  for (const prices of ways) shares.push((await truth(prices.map((price) => [price]))).profit / best.profit);
  return shares;
}

const markets: readonly (Market & { readonly name: string })[] = [
  { name: '3 lines a day, 6 changes of price, no cross effects', rate: 3, changes: 6, cross: 0 },
  { name: '3 lines a day, 6 changes, cross effects up to 0.6', rate: 3, changes: 6, cross: 0.6 },
  { name: '3 lines a day, 24 changes, no cross effects', rate: 3, changes: 24, cross: 0 },
  { name: '3 lines a day, 24 changes, cross effects up to 0.6', rate: 3, changes: 24, cross: 0.6 },
  { name: '20 lines a day, 24 changes, cross effects up to 0.6', rate: 20, changes: 24, cross: 0.6 },
  { name: '20 lines a day, 24 changes, cross effects up to 1.2', rate: 20, changes: 24, cross: 1.2 },
];
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
console.log('| orders | groups | last prices | alone | together, told | less alone | together, all | less alone |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const market of markets) {
  const shares: (readonly number[])[][] = [];
  for (let seed = 1; seed <= Number(values.runs); seed += 1) {
    const { all, responses } = await learn(market, seed);
    const found: (readonly number[])[] = [];
    for (const group of all) {
      const each = await sharesOf(group, responses, market.rate);
      if (each) found.push(each);
    }
    if (found.length > 0) shares.push(found);
  }
  const flat = shares.flat();
  const way = (place: number) => mean(flat.map((each) => each[place]!)).toFixed(3);
  const less = (place: number) => {
    const runs = shares.map((found) => mean(found.map((each) => each[place]! - each[1]!)));
    const deviation = Math.sqrt(mean(runs.map((each) => (each - mean(runs)) ** 2)) / (runs.length - 1));
    return `${mean(runs).toFixed(3)} ± ${(1.98 * deviation).toFixed(3)}`;
  };
  console.log(`| ${[market.name, flat.length, way(0), way(1), way(2), less(2), way(3), less(3)].join(' | ')} |`);
}
