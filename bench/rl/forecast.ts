// npx tsx bench/rl/forecast.ts [--seeds 1,2,3] [--steps 1000000] [--deep 30000] [--uci]: README.md says what it shows.
import { parseArgs } from 'node:util';
import {
  baseStockPolicy,
  createDqn,
  createRng,
  empiricalDemand,
  forecastBaseStockPolicy,
  forecastInventoryEnvironment,
  negativeBinomialDemand,
  type Policy,
  seasonalBaseStockPolicy,
  seasonalLevels,
  trainDqn,
  trainQTable,
} from 'minimart';
import { printTable } from './print-table.js';
import { openDaysAround, uciProducts } from './uci-open-days.js';
import { writeResults } from './write-results.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    steps: { type: 'string', default: '1000000' },
    deep: { type: 'string', default: '30000' },
    uci: { type: 'boolean', default: false },
  },
});
const seeds = values.seeds.split(',').map(Number);
const stock = { leadTime: 1, holding: 1, penalty: 9 } as const;
const rows: Record<string, number | null>[] = [];

/** Demand of a shop with a week, a year, a level that wanders, and chance beyond that of Poisson. */
function simulate(days: number, seed: number): number[] {
  const rng = createRng(seed).stream('demand');
  let level = 0;
  return Array.from({ length: days }, (_, day) => {
    level = 0.98 * level + 0.06 * rng.normal();
    const week = [0.6, 0.7, 0.8, 0.9, 1.2, 1.8, 1][day % 7]!;
    const mean = 6 * week * (1 + 0.6 * Math.sin((2 * Math.PI * day) / 365)) * Math.exp(level);
    return negativeBinomialDemand({ mean, deviation: Math.sqrt(mean + mean ** 2 / 8) }).sample(rng);
  });
}

/**
 * What the period and the one behind it are forecast to ask for, each time from the periods before: a level smoothed by 0.1 times the share of
 * a phase of the week, smoothed by 0.1 too.
 */
function forecasts(series: readonly number[], cycle: number): number[] {
  const shares = new Float64Array(cycle).fill(1);
  let level = series.slice(0, cycle).reduce((sum, units) => sum + units, 0) / cycle;
  return series.map((units, at) => {
    const now = level * (shares[at % cycle]! + shares[(at + 1) % cycle]!);
    if (level > 0) shares[at % cycle]! += 0.1 * (units / level - shares[at % cycle]!);
    level += 0.1 * (units / Math.max(0.1, shares[at % cycle]!) - level);
    return now;
  });
}

interface Play {
  readonly name: number;
  /** Before the split and behind it. */
  readonly series: readonly number[];
  readonly split: number;
  readonly cycle: number;
  readonly bin: number;
  readonly maxOrder: number;
}

async function compare({ name, series, split, cycle, bin, maxOrder }: Play, learningSeeds: readonly number[]) {
  const all = forecasts(series, cycle);
  const limits = { ...stock, maxOrder, capacity: 3 * maxOrder };
  const part = (from: number, to: number, width = bin) =>
    forecastInventoryEnvironment({
      ...limits,
      ...{ demand: series.slice(from, to), forecast: all.slice(from, to), bin: width },
    });
  // Forecasts of the first weeks know little.
  const warm = Math.max(20, 4 * cycle);
  const costOf = async (policy: Policy, from: number, to: number, width = bin) => {
    const shop = part(from, to, width);
    let seen = shop.reset({ seed: 1 });
    const costs: number[] = [];
    for (let isOver = false; !isOver; ) {
      const step = shop.step(await policy.act(seen.observation, seen.actionMask));
      costs.push(step.period.cost);
      [seen, isOver] = [step, step.truncated];
    }
    // The first ten fill the shelf.
    return costs.slice(10).reduce((sum, cost) => sum + cost, 0) / (costs.length - 10);
  };
  const best = async (policies: readonly Policy[]) => {
    const costs = await Promise.all(policies.map((policy) => costOf(policy, warm, split)));
    return policies[costs.indexOf(Math.min(...costs))]!;
  };
  const held = (policy: Policy, width = bin) => costOf(policy, split, series.length, width);
  const before = series.slice(warm, split);
  const levels = Array.from({ length: 3 * maxOrder }, (_, level) => level);
  const withoutForecast = ({ name: called, act }: Policy): Policy => ({
    name: called,
    act: (state, mask) => act(Float32Array.from(state).slice(0, -1), mask),
  });
  const flat = await best(levels.map((level) => withoutForecast(baseStockPolicy({ level }))));
  const phases = Array.from({ length: cycle }, (_, phase) =>
    empiricalDemand(before.filter((_each, at) => (at + warm) % cycle === phase)),
  );
  const byDay = seasonalBaseStockPolicy({ levels: seasonalLevels(phases, { leadTime: 1, probability: 0.9 }) });
  let day = split;
  const weekly = {
    name: byDay.name,
    act: (state: ArrayLike<number>, mask?: Uint8Array) => byDay.act(Float32Array.of(state[0]!, day++ % cycle), mask),
  };
  const safeties = [0, 0.5, 1, 1.5, 2, 2.5, 3].flatMap((root) =>
    [-2, 0, 2, 4, 8].map((constant) => (units: number) => constant + root * Math.sqrt(units)),
  );
  const byForecast = await best(safeties.map((safety) => forecastBaseStockPolicy({ bin, safety })));
  const fine = { baseStock: await held(flat), byWeekday: await held(weekly), byForecast: await held(byForecast) };
  for (const seed of learningSeeds) {
    const row: Row = { name, split, seed, ...fine };
    const steps = Number(values.steps);
    for (const [key, width] of [
      ['tableBlind', 1e6],
      ['table', bin],
    ] as const) {
      const { policy } = await trainQTable({ environment: part(warm, split, width), steps, seed });
      row[key] = await held(policy, width);
    }
    if (Number(values.deep) > 0) {
      const environment = part(warm, split, 1);
      const agent = createDqn({ observationSize: 2, actions: environment.actionSpace.size, seed });
      await trainDqn({ agent, environment, steps: Number(values.deep), seed });
      row.deep = await held(agent.policy, 1);
    }
    rows.push(row);
    printTable(rows.slice(-1), rows.length === 1);
    writeResults('forecast', { ...values, ...stock, rows });
  }
}

type Row = { [name: string]: number | null };

if (values.uci) {
  for (const [place, product] of uciProducts().entries()) {
    const { before, after } = await openDaysAround(product);
    const series = [...before, ...after];
    const most = Math.max(4, empiricalDemand(before).quantile(0.98));
    const bin = Math.max(1, Math.ceil(most / 8));
    await compare({ name: place, series, split: before.length, cycle: 1, bin, maxOrder: 2 * most }, seeds);
  }
} else {
  for (const years of [1, 10]) {
    for (const seed of seeds) {
      const split = 365 * years;
      await compare({ name: seed, series: simulate(split + 1095, seed), split, cycle: 7, bin: 4, maxOrder: 40 }, [
        seed,
      ]);
    }
  }
}
