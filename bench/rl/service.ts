// npx tsx bench/rl/service.ts [--only DQN] [--deep 1,2]: five products of UCI Online Retail in packs, a fill rate of 95%; README.md says what it shows.
import { parseArgs } from 'node:util';
import {
  baseStockPolicy,
  bestForService,
  createDqn,
  createRng,
  type Demand,
  demandShift,
  empiricalDemand,
  type InventoryOptions,
  inventoryEnvironment,
  learnFromDemand,
  type Policy,
  trainDqn,
} from 'minimart';
import { table } from '../harness/table.js';
import { openDaysAround, packOf, uciProducts } from './uci-open-days.js';
import { timed, writeResults } from './write-results.js';

const target = 0.95;
const stock = { leadTime: 1, holding: 1 } as const;
const seeds = [1, 2, 3];
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, deep: { type: 'string', default: '1,2' } },
});
const deepSeeds = values.deep.split(',').map(Number);
const deepSteps = 20_000;
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
for (const product of uciProducts()) {
  const { before, after } = await openDaysAround(product);
  const packSize = packOf(product);
  const demand = empiricalDemand(before);
  const problem = { ...stock, packSize };
  const about = { product, packSize, meanBefore: demand.mean, meanAfter: mean(after) };
  const { pValue } = await demandShift(before, after, { blockLength: 6 });
  console.error(`${product}: ${before.length} and ${after.length} open days, shifted with p = ${pValue.toFixed(3)}`);
  for (const [name, learn] of Object.entries(contenders(before, problem))) {
    if (!name.startsWith(values.only)) continue;
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
  for (const seed of deepSeeds) {
    ways[`DQN, seed ${seed}`] = async () => {
      const environment = inventoryEnvironment({
        ...problem,
        penalty,
        demand: before,
        maxOrder: most,
        capacity: 2 * most,
      });
      const agent = createDqn({ observationSize: 1, actions: environment.actionSpace.size, seed });
      await trainDqn({ agent, environment, steps: deepSteps, seed });
      return { policy: upTo(environment.actionSpace.size - 1, agent.policy) };
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
writeResults(values.only ? 'service-dqn' : 'service', { target, ...stock, seeds, rows });
