// npx tsx bench/orders/price-ladder.ts [--runs 100]: README.md says what it shows.

import { parseArgs } from 'node:util';
import {
  countColumn,
  createRng,
  demandByDay,
  idColumn,
  learnPriceResponse,
  moneyColumn,
  type ProductPriceResponse,
  parseTable,
  type Rng,
  timeColumn,
} from 'minimart';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' } } });
const [days, products, truth] = [365, 10, 1.66];
const start = Date.UTC(2026, 0, 1);
const millisecondsOfDay = 86_400_000;

/** What is true of a step of the ladder: Poisson order lines of one piece, whose mean is `rate * price^-1.66`, times what follows. */
interface Step {
  readonly name: string;
  /** Order lines of a product a day at a price of 1. */
  readonly rate: number;
  /** Standard deviation of the logarithm of a price. */
  readonly spread: number;
  /** Changes of price a year. */
  readonly changes: number;
  /** Promotions a year, of 4 to 13 days at 10, 20 or 30% less, which sell 1.5 times as much by themselves. */
  readonly promotions: number;
  /** How far the year moves a product by itself. */
  readonly season: number;
}

const plain = { spread: 0.15, changes: 6, promotions: 0, season: 0 };
const shop = { spread: 0.1, changes: 3, promotions: 2, season: 0 };
const steps: readonly Step[] = [
  { ...plain, name: '3 lines a day, 6 changes of price', rate: 3 },
  { ...plain, name: '1 line a day', rate: 1 },
  { ...plain, name: '0.3 lines a day', rate: 0.3 },
  { ...shop, name: '3 lines a day, 3 smaller changes, 2 promotions', rate: 3 },
  { ...shop, name: '1 line a day, the same', rate: 1 },
  { ...plain, name: '3 lines a day, 6 changes, a season of its own of 50%', rate: 3, season: 0.5 },
];

function poisson(rng: Rng, mean: number): number {
  let [events, left] = [0, mean + Math.log(1 - rng.uniform())];
  while (left > 0) {
    events += 1;
    left += Math.log(1 - rng.uniform());
  }
  return events;
}

async function learn({ rate, spread, changes, promotions, season }: Step, seed: number) {
  const rng = createRng(seed);
  const lines: string[] = [];
  const named: { readonly product: string; readonly from: number; readonly to: number }[] = [];
  for (let product = 0; product < products; product += 1) {
    let [level, left, discount] = [Math.exp(spread * rng.normal()), 0, 0];
    const peak = 365 * rng.uniform();
    for (let day = 0; day < days; day += 1) {
      const time = start + day * millisecondsOfDay;
      if (rng.uniform() < changes / 365) level = Math.exp(spread * rng.normal());
      left -= 1;
      if (left < 0) discount = 0;
      if (left < 0 && rng.uniform() < promotions / 365) {
        left = 3 + rng.integer(10);
        discount = 0.1 * (1 + rng.integer(3));
        named.push({ product: `p${product}`, from: time, to: time + left * millisecondsOfDay });
      }
      const price = Math.round(1000 * level * (1 - discount)) / 1000;
      const factor = (discount > 0 ? 1.5 : 1) * (1 + season * Math.cos((2 * Math.PI * (day - peak)) / 365));
      const line = `p${product},1,${price},${new Date(time).toISOString()}\n`;
      lines.push(line.repeat(poisson(rng, rate * factor * price ** -truth)));
    }
  }
  const kinds = { product: idColumn(), pieces: countColumn(), price: moneyColumn(), time: timeColumn() };
  const orders = parseTable(`product,pieces,price,time\n${lines.join('')}`, kinds);
  const columns = { product: 'product', pieces: 'pieces', price: 'price', time: 'time' } as const;
  return learnPriceResponse(await demandByDay(orders, columns), { promotions: named });
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** The mean over runs less the truth, with its 95% interval; products of a run share their seed. */
function bias(runs: readonly (readonly number[])[]): string {
  const means = runs.map((found) => mean(found) - truth);
  const deviation = Math.sqrt(means.reduce((sum, each) => sum + (each - mean(means)) ** 2, 0) / (means.length - 1));
  return `${mean(means).toFixed(2)} ± ${((1.98 * deviation) / Math.sqrt(means.length)).toFixed(2)}`;
}

console.log('| orders | told | median of own | elasticity less truth | own intervals that hold it | of elasticity |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const step of steps) {
  const runs: ProductPriceResponse[][] = [];
  for (let seed = 1; seed <= Number(values.runs); seed += 1) {
    const { products: found } = await learn(step, seed);
    runs.push(found.filter(({ own }) => own));
  }
  const all = runs.flat();
  const own = all.map((response) => response.own!.value - truth).sort((one, other) => one - other);
  const held = (of: 'own' | 'elasticity') => {
    const inside = all.filter((response) => response[of]!.interval[0] <= truth && truth <= response[of]!.interval[1]);
    return `${((100 * inside.length) / all.length).toFixed(0)}%`;
  };
  const shrunk = runs
    .map((found) => found.map(({ elasticity }) => elasticity!.value))
    .filter(({ length }) => length > 0);
  const cells = [
    step.name,
    all.length,
    own[own.length >> 1]!.toFixed(2),
    bias(shrunk),
    held('own'),
    held('elasticity'),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
