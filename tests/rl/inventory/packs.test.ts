import {
  baseStockPolicy,
  bestBaseStock,
  bestReorder,
  certifyPolicy,
  checkEnvironment,
  discreteDemand,
  evaluatePolicy,
  type InventoryOptions,
  inventoryEnvironment,
  inventoryModel,
  newsvendorCost,
  poissonDemand,
  relativeValueIteration,
  reorderPolicy,
  trainQTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { plainOptimum, plainStockRules } from '../../support/plain-stock.js';

const costs = { leadTime: 1, holding: 1, penalty: 9 };
const legalUpTo = (most: number, options: { packSize?: number; minimumOrder?: number }) => {
  const { packSize = 1, minimumOrder = 1 } = options;
  return Array.from({ length: most + 1 }, (_, order) =>
    order === 0 || (order % packSize === 0 && order >= minimumOrder) ? 1 : 0,
  );
};

describe('an environment with packs', () => {
  test.each<[string, Partial<InventoryOptions>]>([
    ['of four', { packSize: 4 }],
    ['of three, at least seven units', { packSize: 3, minimumOrder: 7 }],
    ['at least five units', { minimumOrder: 5, capacity: 12 }],
    ['of two, a shelf life', { packSize: 2, shelfLife: 2 }],
    ['of five, customers wait', { packSize: 5, unmet: 'backordered', leadTime: 2 }],
  ])('has no fault and lets only whole packs be ordered: %s', (_name, options) => {
    const shop = inventoryEnvironment({ ...costs, ...options, demand: poissonDemand(2), maxOrder: 12 });
    expect(checkEnvironment(shop)).toEqual([]);
    const most = shop.options.maxOrder;
    expect([...shop.reset({ seed: 1 }).actionMask!]).toEqual(legalUpTo(most, options));
    expect([...shop.legalActions!(new Float32Array(shop.observationSpace.low.length))]).toEqual(
      legalUpTo(most, options),
    );
  });

  test('says why a broken pack cannot be ordered', () => {
    const shop = inventoryEnvironment({ ...costs, demand: [1, 2], packSize: 6, minimumOrder: 8, maxOrder: 30 });
    shop.reset();
    for (const order of [3, 6, 15]) {
      expect(() => shop.step(order)).toThrow(
        `step: \`action\` must be 0, or whole packs of 6 and at least 12 units, received ${order}`,
      );
    }
    expect(shop.step(12).observation).toEqual(Float32Array.of(12));
  });

  test('refuses packs that never fit', () => {
    const made = (options: object) => () => inventoryEnvironment({ ...costs, demand: poissonDemand(2), ...options });
    expect(made({ packSize: 12, capacity: 10 })).toThrow('`packSize` must be at most the capacity, 10, received 12');
    expect(made({ packSize: 12, maxOrder: 10 })).toThrow('`packSize` must be at most `maxOrder`, 10, received 12');
    expect(made({ minimumOrder: 20, capacity: 10 })).toThrow('`minimumOrder` must be at most the capacity, 10');
    expect(made({ packSize: 6, minimumOrder: 8, maxOrder: 10 })).toThrow(
      '`minimumOrder` must leave whole packs of 6 within the capacity and `maxOrder`: the least order is 12, received 8',
    );
    expect(made({ packSize: 0 })).toThrow('`packSize` must be a whole number from 1 to 100000, received 0');
    expect(made({ packSize: 2.5 })).toThrow('`packSize` must be a whole number from 1 to 100000, received 2.5');
  });

  test('is learned in whole packs alone', async () => {
    const shop = inventoryEnvironment({ ...costs, demand: poissonDemand(2), packSize: 4, maxOrder: 8 });
    const { policy } = await trainQTable({ environment: shop, steps: 20_000, seed: 3 });
    const orders = Array.from({ length: 12 }, (_, stock) => policy.act([stock]) % 4);
    expect(orders).toEqual(new Array(12).fill(0));
  });
});

describe('the exact model with packs', () => {
  // Reference: value iteration written down plainly over a wide box, legal orders up to `most`.
  test.each<[string, Omit<InventoryOptions, 'demand'>, number, number]>([
    ['packs of four', { ...costs, packSize: 4 }, 2, 24],
    ['packs of three, no lead time', { holding: 1, penalty: 4, packSize: 3 }, 2.5, 24],
    ['at least six units', { ...costs, minimumOrder: 6 }, 1.5, 24],
    [
      'packs of two, at least five units, a fixed cost',
      { ...costs, packSize: 2, minimumOrder: 5, fixedOrderCost: 3 },
      2,
      24,
    ],
    ['packs of three that expire', { leadTime: 1, holding: 1, penalty: 9, shelfLife: 2, packSize: 3 }, 2, 12],
    ['packs of two, lead time 2', { leadTime: 2, holding: 1, penalty: 9, packSize: 2 }, 1.2, 10],
  ])('has the optimum in it, within the limits too: %s', async (_name, options, mean, most) => {
    const isLegal = (order: number) => legalUpTo(most, options)[order] === 1;
    const expected = plainOptimum({ ...plainStockRules(options), isLegal }, mean, most);
    const model = inventoryModel({ ...options, demand: poissonDemand(mean), withinBounds: true });
    expect(-(await relativeValueIteration({ model })).averageReward).toBeCloseTo(expected, 5);
  });
});

describe('the classic policies with packs', () => {
  test.each<[string, Omit<InventoryOptions, 'demand'>]>([
    ['packs of four', { ...costs, packSize: 4 }],
    ['at least six units, packs of two', { ...costs, packSize: 2, minimumOrder: 6 }],
  ])('are the best of their kind where customers are lost: %s', async (_name, options) => {
    const problem = { ...options, demand: poissonDemand(2) };
    const most = 24;
    const rules = plainStockRules(options);
    const { packSize = 1, minimumOrder = 1 } = options;
    const least = packSize * Math.ceil(minimumOrder / packSize);
    const whole = (units: number) => (units < least ? 0 : units - (units % packSize));
    const base = await bestBaseStock(problem);
    const baseCosts = Array.from({ length: 22 }, (_, level) =>
      plainOptimum(rules, 2, most, ({ held }) => whole(level - held)),
    );
    expect(base.cost).toBeCloseTo(Math.min(...baseCosts), 5);
    expect(baseCosts[base.level]).toBeCloseTo(Math.min(...baseCosts), 5);
    const pair = await bestReorder({ ...problem, fixedOrderCost: 0, unmet: 'lost' });
    let lowest = Number.POSITIVE_INFINITY;
    for (let low = 0; low <= 9; low += 1) {
      for (let high = low + 1; high <= 18; high += 1) {
        const order = (held: number) => whole(held <= low ? Math.max(high - held, least) : 0);
        lowest = Math.min(
          lowest,
          plainOptimum(rules, 2, most, ({ held }) => order(held)),
        );
      }
    }
    expect(pair.cost).toBeCloseTo(lowest, 5);
  });

  // Veinott (1965): with packs of Q, customers who wait and no fixed cost, order up to above r. The position is then uniform on
  // r + 1, ..., r + Q, whatever the demand (its steps having no common divisor with Q).
  test.each([
    ['Poisson', poissonDemand(3), 5, 1],
    ['lumpy', discreteDemand([0.5, 0.1, 0, 0.2, 0, 0, 0.2]), 4, 0],
  ])('where customers wait it is (r, nQ): %s', async (_name, demand, packSize, leadTime) => {
    const problem = { demand, leadTime, holding: 1, penalty: 6, packSize };
    const over = demand.over(leadTime + 1);
    const costOf = (r: number) => {
      let sum = 0;
      for (let y = r + 1; y <= r + packSize; y += 1)
        sum += newsvendorCost({ quantity: y, demand: over, holding: 1, penalty: 6 });
      return sum / packSize;
    };
    const all = Array.from({ length: 30 }, (_, place) => costOf(place - packSize));
    const least = Math.min(...all);
    const base = await bestBaseStock({ ...problem, unmet: 'backordered' });
    // S = r + Q.
    expect([base.level, base.cost]).toEqual([all.indexOf(least), expect.closeTo(least, 5)]);
    const pair = await bestReorder({ ...problem, fixedOrderCost: 0 });
    expect(pair.cost).toBeCloseTo(least, 5);
    const shop = inventoryEnvironment({ ...problem, unmet: 'backordered', maxOrder: 40 });
    const { optimum } = await certifyPolicy({ policy: base.policy, environment: shop, episodes: 3, steps: 50 });
    expect(optimum).toBeCloseTo(least, 5);
  });

  test('the certificate puts both beside the optimum, which neither beats', async () => {
    const shop = inventoryEnvironment({ ...costs, demand: poissonDemand(2), packSize: 6, maxOrder: 18 });
    const policy = baseStockPolicy({ level: 8 });
    const {
      rivals,
      optimum,
      policy: row,
    } = await certifyPolicy({ policy, environment: shop, episodes: 3, steps: 100 });
    expect(rivals.map(({ name }) => name.replace(/\d+/g, '#'))).toEqual([
      'base-stock # in packs of #',
      '(#, #) in packs of #',
    ]);
    for (const { exact } of [...rivals, row]) expect(exact).toBeGreaterThanOrEqual(optimum! - 1e-6);
  });

  test('large problems are simulated, in whole packs', async () => {
    const problem = { demand: poissonDemand(60), leadTime: 3, holding: 1, penalty: 19, packSize: 48 };
    const { interval, policy } = await bestBaseStock(problem);
    expect(interval).toBeDefined();
    const shop = inventoryEnvironment({ ...problem, maxOrder: 480 });
    const { actionMask } = shop.reset({ seed: 1 });
    expect(policy.act([0, 0, 0], actionMask) % 48).toBe(0);
  });
});

test('(s, S) with a least order: the order is that or more', () => {
  const policy = reorderPolicy({ reorderPoint: 4, orderUpTo: 6, minimumOrder: 5 });
  expect([5, 4, 3, 0].map((stock) => policy.act([stock]))).toEqual([0, 5, 5, 6]);
  expect(policy.name).toBe('(4, 6), at least 5');
  expect(() => reorderPolicy({ reorderPoint: 4, orderUpTo: 6, minimumOrder: 0 })).toThrow(
    '`minimumOrder` must be a whole number from 1 to ',
  );
});

test('policies order whole packs without being told what is legal', () => {
  const base = baseStockPolicy({ level: 12, packSize: 4, minimumOrder: 6 });
  expect([0, 3, 4, 5, 12].map((stock) => base.act([stock]))).toEqual([12, 8, 8, 0, 0]);
  expect(base.name).toBe('base-stock 12 in packs of 4, at least 8');
  const pair = reorderPolicy({ reorderPoint: 5, orderUpTo: 14, packSize: 4 });
  expect([6, 5, 3, 0].map((stock) => pair.act([stock]))).toEqual([0, 8, 8, 12]);
  expect(pair.name).toBe('(5, 14) in packs of 4');
  expect(() => baseStockPolicy({ level: 12, packSize: 0 })).toThrow('`packSize` must be a whole number from 1');
});

test('demand in packs only leaves a whole pack or none', async () => {
  // Demand of 0 or 4 in packs of 4: the same as 0 or 1 in single units, four times the costs.
  const inPacks = inventoryModel({ ...costs, demand: discreteDemand([0.5, 0, 0, 0, 0.5]), packSize: 4 });
  const inUnits = inventoryModel({ ...costs, demand: discreteDemand([0.5, 0.5]) });
  const [packs, units] = [
    await relativeValueIteration({ model: inPacks }),
    await relativeValueIteration({ model: inUnits }),
  ];
  expect(packs.averageReward).toBeCloseTo(4 * units.averageReward, 6);
  const policy = reorderPolicy({ reorderPoint: 3, orderUpTo: 7, packSize: 4 });
  const { averageReward } = await evaluatePolicy({ model: inPacks, policy });
  expect(averageReward).toBeLessThanOrEqual(packs.averageReward + 1e-9);
});
