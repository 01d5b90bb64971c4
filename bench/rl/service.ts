// npx tsx bench/rl/service.ts: five products of UCI Online Retail in packs, a fill rate of 95%; README.md says what it shows.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  baseStockPolicy,
  bestForService,
  countColumn,
  createRng,
  type Demand,
  demandByDay,
  demandShift,
  empiricalDemand,
  type InventoryOptions,
  idColumn,
  inventoryEnvironment,
  learnFromDemand,
  type Policy,
  parseTable,
  timeColumn,
} from 'minimart';
import { table } from '../harness/table.js';
import { sharedData } from '../recsys/shared-data.js';
import { timed, writeResults } from './write-results.js';

const target = 0.95;
const stock = { leadTime: 1, holding: 1 } as const;
const seeds = [1, 2, 3];
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
function packOf(product: string): number {
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
function chosen(): string[] {
  const facts = history.products.toJSON().ids.map((id) => {
    const series = history.series(id);
    const busy = series.filter((pieces) => pieces > 0).length;
    const late = series.slice(-30).filter((pieces) => pieces > 0).length;
    return { id, busy, late, mean: series.reduce((sum, pieces) => sum + pieces, 0) / series.length };
  });
  const list = facts.filter(({ busy, late }) => busy >= 100 && late >= 5).sort((a, b) => a.mean - b.mean);
  return [0.1, 0.25, 0.4, 0.55, 0.7].map((share) => list[Math.floor(share * list.length)]!.id);
}

/** Days on which nothing at all was sold are no days of the shop. */
async function openDays(product: string, from: number, to: number): Promise<number[]> {
  const days = await demandByDay(orders, { ...columns, products: [product], from, to });
  return days.series(product).filter((_, day) => days.open[day] === 1);
}

interface Played {
  readonly cost: number;
  readonly fillRate: number;
  /** 95%, from 2,000 bootstraps of blocks of six open days, a week. */
  readonly interval: readonly [number, number];
}

/** The held-out days, behind the last 30 of the history that fill the shelf and do not count. */
async function play(
  policy: Policy,
  problem: Omit<InventoryOptions, 'demand' | 'penalty'>,
  before: number[],
  after: number[],
) {
  const demand = [...before.slice(-30), ...after];
  const shop = inventoryEnvironment({ ...problem, penalty: 0, demand, maxOrder: 4000, horizon: demand.length });
  const mask = shop.legalActions!;
  let seen = shop.reset({ seed: 1 });
  const days: { cost: number; asked: number; met: number }[] = [];
  for (let day = 0; day < demand.length; day += 1) {
    const wanted = await policy.act(seen.observation, mask(seen.observation));
    const step = shop.step(wanted);
    if (day >= 30) days.push({ cost: step.period.cost, asked: step.period.demand, met: step.period.sold });
    seen = step;
  }
  return summary(days);
}

function summary(days: readonly { cost: number; asked: number; met: number }[]): Played {
  const rate = (list: typeof days) => {
    const asked = list.reduce((sum, day) => sum + day.asked, 0);
    return asked === 0 ? 1 : list.reduce((sum, day) => sum + day.met, 0) / asked;
  };
  const rng = createRng(1).stream('blocks');
  const blocks = Math.ceil(days.length / 6);
  const rates = Array.from({ length: 2000 }, () =>
    rate(Array.from({ length: blocks }, () => rng.integer(days.length - 5)).flatMap((at) => days.slice(at, at + 6))),
  ).sort((a, b) => a - b);
  const cost = days.reduce((sum, day) => sum + day.cost, 0) / days.length;
  return { cost, fillRate: rate(days), interval: [rates[50]!, rates[1949]!] };
}

const rows: Record<string, unknown>[] = [];
for (const product of chosen()) {
  const before = await openDays(product, first, split - 1);
  const after = await openDays(product, split, split + 74 * millisecondsOfDay);
  const packSize = packOf(product);
  const demand = empiricalDemand(before);
  const problem = { ...stock, packSize };
  const about = { product, packSize, meanBefore: demand.mean, meanAfter: mean(after) };
  const { pValue } = await demandShift(before, after, { blockLength: 6 });
  console.error(`${product}: ${before.length} and ${after.length} open days, shifted with p = ${pValue.toFixed(3)}`);
  for (const [name, learn] of Object.entries(contenders(before, problem))) {
    const { result, seconds } = await timed(() => learn().catch((error: Error) => error.message));
    if (typeof result === 'string') {
      console.error(`  ${name}: ${result}`);
      continue;
    }
    const played = await play(result.policy, problem, before, after);
    const { fillRate: planned, bound, cost: plannedCost } = result;
    rows.push({ ...about, pValue, name, rule: result.policy.name, planned, plannedCost, bound, seconds, ...played });
    console.error(`  ${name}: ${result.policy.name}, ${percent(played.fillRate)}, ${seconds.toFixed(1)} s`);
  }
}

interface Learned {
  readonly policy: Policy;
  readonly fillRate?: number;
  readonly cost?: number;
  readonly bound?: number;
}

/** The ways to an order, each from the record before the split alone. */
function contenders(before: number[], problem: Omit<InventoryOptions, 'demand' | 'penalty'>) {
  const demand = empiricalDemand(before);
  const goal = { ...problem, demand, fillRate: target };
  // An order for more than three of the busiest days in fifty is never worth it.
  const { packSize = 1 } = problem;
  const most = packSize * Math.ceil((3 * demand.quantile(0.98)) / packSize);
  let penalty = (stock.holding * target) / (1 - target);
  const ways: Record<string, () => Promise<Learned>> = {
    'normal rule': async () => ({ policy: normalRule(demand, packSize) }),
    'base-stock': () => bestForService({ ...goal, policies: 'base-stock' }),
    '(s, nQ)': () => bestForService({ ...goal, policies: 'reorder' }),
    'all policies': async () => {
      const { policy } = await bestForService({ ...goal, policies: 'base-stock' });
      const level = Number(/\d+/.exec(policy.name)![0]);
      if (level ** 2 / packSize > 12_000)
        throw new Error(`left out: ${level} levels by ${Math.ceil(level / packSize)} orders`);
      const found = await bestForService({ ...goal, policies: 'all' });
      penalty = found.penalty ?? penalty;
      return found;
    },
  };
  for (const seed of seeds) {
    ways[`Q-learning, seed ${seed}`] = async () => {
      const limits = { maxOrder: most, capacity: 2 * most };
      const { policy } = await learnFromDemand({ ...problem, ...limits, penalty, observed: before, seed });
      return { policy: upTo(most, policy) };
    };
  }
  return ways;
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, each) => sum + each, 0) / list.length;
}

/** What many shops do: the mean of lead time and one day, and 1.645 standard deviations of it. */
function normalRule({ mean: perDay, deviation }: Demand, packSize: number): Policy {
  const level = Math.ceil(2 * perDay + 1.645 * deviation * Math.sqrt(2));
  return baseStockPolicy({ level: Math.max(level, packSize), packSize });
}

/** A policy that knows orders up to `most` alone. */
function upTo(most: number, policy: Policy): Policy {
  return { name: policy.name, act: (state, mask) => policy.act(state, mask?.subarray(0, most + 1)) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

console.log(
  table(
    [
      'product',
      'pack',
      'pieces a day',
      'held out',
      'policy',
      'rule',
      'planned',
      'fill rate',
      '95% interval',
      'cost a day',
    ],
    rows.map(({ product, packSize, meanBefore, meanAfter, name, rule, planned, fillRate, interval, cost }) => [
      ...[String(product), String(packSize), Number(meanBefore).toFixed(1), Number(meanAfter).toFixed(1), String(name)],
      ...[String(rule), planned === undefined ? '' : percent(planned as number), percent(fillRate as number)],
      (interval as number[]).map(percent).join(' to '),
      Number(cost).toFixed(1),
    ]),
  ),
);
writeResults('service', { target, ...stock, seeds, rows });
