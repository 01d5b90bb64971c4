import { type InventoryEnvironment, inventoryEnvironment, poissonDemand } from 'minimart';
import { describe, expect, test } from 'vitest';

describe('inventoryEnvironment', () => {
  test('with a lead time of 1, an order is there in the next period', () => {
    const shop = inventoryEnvironment({ demand: [3, 1, 0], leadTime: 1, holding: 1, penalty: 4, initialStock: 2 });
    expect([...shop.reset({ seed: 1 }).observation]).toEqual([2]);
    // 2 in stock, 3 asked for: one short. Then 3 - 1 = 2 left, then 2 + 4 - 0 = 6 left.
    expect(shop.step(3)).toMatchObject({ reward: -4, period: { sold: 2, short: 1, held: 0 } });
    expect(shop.step(3)).toMatchObject({ reward: -2, observation: new Float32Array([5]) });
    expect(shop.step(0)).toMatchObject({ reward: -5, terminated: false, truncated: true });
  });

  test('with a lead time of 3, the state shows the orders under way', () => {
    const shop = inventoryEnvironment({
      demand: [0, 0, 0, 0],
      leadTime: 3,
      holding: 1,
      penalty: 4,
      maxOrder: 9,
      initialStock: 1,
    });
    shop.reset();
    expect([...shop.step(5).observation]).toEqual([1, 0, 5]);
    expect([...shop.step(6).observation]).toEqual([1, 5, 6]);
    expect([...shop.step(7).observation]).toEqual([6, 6, 7]);
  });

  test('without a lead time, the order meets the demand of its own period', () => {
    const shop = inventoryEnvironment({ demand: [4, 4], leadTime: 0, holding: 1, penalty: 10, maxOrder: 9 });
    shop.reset();
    expect(shop.step(6)).toMatchObject({ reward: -2, observation: new Float32Array([2]) });
    expect(shop.step(1)).toMatchObject({ reward: -10, observation: new Float32Array([0]) });
  });

  test('customers who wait are counted below zero and cost the penalty in every period', () => {
    const shop = inventoryEnvironment({
      demand: [3, 0, 0],
      leadTime: 1,
      holding: 1,
      penalty: 4,
      unmet: 'backordered',
      maxOrder: 9,
    });
    shop.reset();
    expect(shop.step(0)).toMatchObject({ reward: -12, observation: new Float32Array([-3]) });
    expect(shop.step(5)).toMatchObject({ reward: -12, observation: new Float32Array([2]) });
    expect(shop.step(0)).toMatchObject({ reward: -2 });
  });

  test('goods that age are sold oldest first and thrown away at their end', () => {
    const costs = { holding: 1, penalty: 4, wasteCost: 3, unitCost: 2, fixedOrderCost: 10 };
    const shop = inventoryEnvironment({
      demand: [0, 1, 0],
      leadTime: 1,
      shelfLife: 2,
      maxOrder: 9,
      initialStock: 2,
      ...costs,
    });
    shop.reset();
    // Two fresh units stay: 2 held, and an order of 3 for 10 + 6.
    expect(shop.step(3)).toMatchObject({ reward: -18, observation: new Float32Array([2, 3]) });
    // One of the old is sold, the other thrown away, 3 are held.
    expect(shop.step(0)).toMatchObject({ reward: -6, observation: new Float32Array([3, 0]) });
    expect(shop.step(0)).toMatchObject({ reward: -9, period: { wasted: 3, held: 0 } });
  });

  test('orders above the capacity are masked and refused', () => {
    const shop = inventoryEnvironment({
      demand: [0, 0],
      leadTime: 2,
      holding: 1,
      penalty: 4,
      maxOrder: 4,
      capacity: 5,
    });
    shop.reset();
    expect([...shop.step(3).actionMask!]).toEqual([1, 1, 1, 0, 0]);
    expect(() => shop.step(3)).toThrow('step: `action` must be a whole number from 0 to 2, received 3 (number).');
  });

  test('the same seed gives the same demand, whatever is ordered', () => {
    const shop = inventoryEnvironment({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
    const demands = (order: number) => {
      shop.reset({ seed: 3 });
      return Array.from({ length: 50 }, () => shop.step(order).period.demand);
    };
    expect(demands(0)).toEqual(demands(7));
  });

  // Zipkin (2008), table 3: base-stock with S = 16 costs 4.64 per period; a standard error here is about 0.02.
  test('a base-stock policy costs what the literature says', () => {
    const options = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4, maxOrder: 16 };
    expect(meanCost(inventoryEnvironment({ ...options, horizon: 50_000 }), 16)).toBeCloseTo(4.64, 1);
  });

  test.each([
    [
      'leadTime',
      { leadTime: -1 },
      'inventoryEnvironment: `leadTime` must be a whole number from 0 to 1000, received -1 (number).',
    ],
    [
      'holding',
      { holding: Number.NaN },
      'inventoryEnvironment: `holding` must be a number >= 0, received NaN (number).',
    ],
    ['demand', { demand: [] }, 'inventoryEnvironment: `demand` must hold at least one period, received [] (array).'],
    [
      'series',
      { demand: [1, -2] },
      'inventoryEnvironment: `demand` must hold numbers in [0, 1000000], received -2 (number).',
    ],
    [
      'shelfLife',
      { shelfLife: 3, unmet: 'backordered' as const },
      'inventoryEnvironment: `shelfLife` must be Infinity when',
    ],
    ['maxOrder', { unmet: 'backordered' as const }, 'inventoryEnvironment: `maxOrder` must be given unless'],
    [
      'horizon',
      { demand: [1, 2], horizon: 3 },
      'inventoryEnvironment: `horizon` must be a whole number from 1 to 2, received 3',
    ],
  ])('refuses a wrong %s', (_name, wrong, message) => {
    expect(() => inventoryEnvironment({ demand: poissonDemand(5), holding: 1, penalty: 4, ...wrong })).toThrow(message);
  });

  test('refuses a step before a reset, after the end, and demand that is no number', () => {
    const shop = inventoryEnvironment({
      demand: (_rng, period) => (period === 1 ? Number.NaN : 0),
      holding: 1,
      penalty: 1,
      maxOrder: 1,
    });
    expect(() => shop.step(0)).toThrow('no episode is under way');
    shop.reset();
    shop.step(0);
    expect(() => shop.step(0)).toThrow(
      'inventoryEnvironment: `demand` must give finite numbers (period 1), received NaN',
    );
  });
});

function meanCost(shop: InventoryEnvironment, level: number): number {
  let { observation } = shop.reset({ seed: 5 });
  let cost = 0;
  for (let period = 0; period < shop.options.horizon; period += 1) {
    const step = shop.step(Math.max(0, level - observation.reduce((sum, units) => sum + units, 0)));
    observation = step.observation;
    cost -= step.reward;
  }
  return cost / shop.options.horizon;
}
