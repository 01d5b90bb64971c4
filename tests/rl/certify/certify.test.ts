import {
  baseStockPolicy,
  certifyPolicy,
  type Environment,
  type Estimate,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  reorderPolicy,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const options = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };

describe('certify, in an inventory with a distribution', () => {
  // Zipkin (2008) and the reference beside it: optimum 4.040711, base-stock 12 4.162803, capped 12 at most 6 4.065419.
  test('gives the exact costs, the gaps and intervals that cover them', async () => {
    const certificate = await certifyPolicy({
      policy: baseStockPolicy({ level: 12 }),
      environment: inventoryEnvironment({ ...options, maxOrder: 12 }),
      steps: 500,
    });
    const { policy, rivals, best, gapToBest, optimum, gapToOptimum } = certificate;
    expect(policy.exact).toBeCloseTo(4.162803, 5);
    expect(optimum).toBeCloseTo(4.040711, 5);
    expect(gapToOptimum!.value).toBeCloseTo(100 * (4.162803 / 4.040711 - 1), 2);
    expect(best!.name).toBe('base-stock 12, at most 6');
    expect(gapToBest!.value).toBeCloseTo(100 * (4.162803 / 4.065419 - 1), 2);
    for (const { value, interval, exact } of [policy, ...rivals]) {
      // Three times the reach: the interval covers the truth in 95% of all runs, this in nearly all.
      expect(Math.abs(value - exact!)).toBeLessThan(3 * (interval[1] - value));
    }
    const reach = ({ interval: [low, high] }: Required<Estimate>) => high - low;
    const capped = rivals.find(({ name }) => name === best!.name)!;
    expect(reach(capped.difference!)).toBeLessThan(reach(capped));
    expect(rivals.find(({ name }) => name === 'base-stock 12')!.difference).toEqual({ value: 0, interval: [0, 0] });
  });

  test('prints a table that names all of them', async () => {
    const { table } = await certifyPolicy({
      policy: baseStockPolicy({ level: 13 }),
      environment: inventoryEnvironment(options),
      episodes: 3,
      steps: 100,
      seed: 5,
    });
    const lines = table.split('\n');
    expect(lines[0]).toMatch(/^policy +cost per period +95% interval +exact +fill rate +stock-outs$/);
    expect(lines.slice(1, 5).map((line) => line.split('  ')[0])).toEqual([
      'base-stock 13',
      'base-stock 12',
      'base-stock 12, at most 6',
      'myopic',
    ]);
    expect(table).toContain('The optimum is 4.041 cost per period; base-stock 13 is ');
    expect(table).toContain('3 episodes of 100 steps, the same for every policy, seeds from 5.');
  });

  test('with waiting customers and a fixed cost, the rival is the optimal (s, S) policy', async () => {
    const shop = inventoryEnvironment({
      demand: poissonDemand(6),
      holding: 1,
      penalty: 4,
      fixedOrderCost: 5,
      unmet: 'backordered',
      maxOrder: 40,
    });
    const { rivals, policy } = await certifyPolicy({
      policy: reorderPolicy({ reorderPoint: 4, orderUpTo: 10 }),
      environment: shop,
      episodes: 5,
    });
    // Snyder and Shen (2019): (4, 10) costs 8.034112.
    expect([rivals[0]!.name, rivals[0]!.exact, policy.exact]).toEqual([
      '(4, 10)',
      expect.closeTo(8.034112, 5),
      expect.closeTo(8.034112, 5),
    ]);
  });

  test('counts how customers fare', async () => {
    const shop = inventoryEnvironment({ demand: [4, 4], leadTime: 0, holding: 1, penalty: 1, maxOrder: 9 });
    const { policy } = await certifyPolicy({ policy: { name: 'three', act: () => 3 }, environment: shop });
    // 3 of 4 sold in each period.
    expect(policy.service).toEqual({
      fillRate: 0.75,
      fillRateInterval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      stockOuts: 1,
      meanStock: 0,
      meanOrder: 3,
      orderShare: 1,
      meanWaste: 0,
    });
    expect(policy.value).toBe(1);
  });
});

test('a recorded series is compared with a base-stock policy tuned on it, and gives no interval', async () => {
  const series = Array.from({ length: 60 }, (_, day) => (day % 7 === 5 ? 9 : 2));
  const { best, policy, table, optimum } = await certifyPolicy({
    policy: baseStockPolicy({ level: 4 }),
    environment: inventoryEnvironment({ ...options, demand: series, maxOrder: 8 }),
  });
  const costs = Array.from({ length: 30 }, (_, level) => costOfSeries(series, level));
  expect(best!.value).toBeCloseTo(Math.min(...costs), 9);
  expect(policy).toMatchObject({
    value: expect.closeTo(costs[4]!, 9),
    interval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  });
  expect(optimum).toBeUndefined();
  expect(table).toContain('One episode of 60 steps, seed 1000000: no interval can be given.');
});

test('in a model all is exact', async () => {
  const model = inventoryModel({ ...options, maxOrder: 13, capacity: 20 });
  const { policy, gapToOptimum, gapToBest, episodes } = await certifyPolicy({
    policy: baseStockPolicy({ level: 12 }),
    model,
    against: [baseStockPolicy({ level: 13 })],
  });
  expect(policy.exact).toBeCloseTo(-4.162803, 5);
  expect(gapToOptimum!.value).toBeCloseTo(3.0215, 3);
  expect(gapToBest!.value).toBeCloseTo(100 * (4.162803 / 4.38953 - 1), 3);
  expect(episodes).toBe(0);
});

test('in any environment it compares with the policies given, by reward', async () => {
  let place = 0;
  const walk: Environment = {
    name: 'walk',
    observationSpace: { kind: 'box', low: Float32Array.of(0), high: Float32Array.of(9) },
    actionSpace: { kind: 'discrete', size: 3 },
    reset: () => {
      place = 0;
      return { observation: Float32Array.of(0) };
    },
    step: (action) => {
      place += 1;
      return { observation: Float32Array.of(place), reward: action, terminated: place === 9, truncated: false };
    },
  };
  const of = (action: number) => ({ name: `always ${action}`, act: async () => action });
  const { policy, best, gapToBest, measure } = await certifyPolicy({
    policy: of(1),
    environment: walk,
    against: [of(0), of(2)],
    episodes: 4,
  });
  expect([policy.value, best!.name, gapToBest!.value, measure]).toEqual([1, 'always 2', 50, 'reward per step']);
});

test('refuses wrong options and illegal actions', async () => {
  const shop = inventoryEnvironment(options);
  await expect(
    certifyPolicy({ policy: baseStockPolicy({ level: 1 }), environment: shop, episodes: 0 }),
  ).rejects.toThrow('certifyPolicy: `episodes` must be');
  await expect(certifyPolicy({ policy: baseStockPolicy({ level: 1 }), environment: shop, warmUp: -1 })).rejects.toThrow(
    'certifyPolicy: `warmUp` must be',
  );
  await expect(certifyPolicy({ policy: { name: 'wild', act: () => 99 }, environment: shop })).rejects.toThrow(
    'received 99 (number).',
  );
});

function costOfSeries(series: readonly number[], level: number): number {
  let [stock, cost] = [0, 0];
  for (const demand of series) {
    const order = Math.min(8, Math.max(0, level - stock));
    cost += Math.max(stock - demand, 0) + 4 * Math.max(demand - stock, 0);
    stock = Math.max(stock - demand, 0) + order;
  }
  return cost / series.length;
}
