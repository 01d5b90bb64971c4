import {
  bestBaseStock,
  bestCappedBaseStock,
  bestReorder,
  type InventoryOptions,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { plainOptimum, plainStockRules } from '../../support/plain-stock.js';

const optimum = async (options: InventoryOptions) =>
  -(await relativeValueIteration({ model: inventoryModel({ ...options, withinBounds: true }) })).averageReward;

describe('the optimum within the limits is the optimum without them', () => {
  // Reference: value iteration written down plainly over all states of a wide box, orders up to `most`.
  test.each<[string, Omit<InventoryOptions, 'demand'>, number, number]>([
    ['goods of two periods', { leadTime: 2, shelfLife: 2, holding: 1, penalty: 19 }, 1.5, 10],
    [
      'goods of one period, thrown away for money',
      { leadTime: 1, shelfLife: 1, holding: 1, penalty: 9, wasteCost: 2 },
      3,
      20,
    ],
    ['goods of three periods', { leadTime: 1, shelfLife: 3, holding: 1, penalty: 4, unitCost: 0.5 }, 1, 9],
    ['no lead time, goods of two periods', { shelfLife: 2, holding: 0.2, penalty: 10 }, 2, 20],
    ['a fixed cost', { leadTime: 1, holding: 1, penalty: 4, fixedOrderCost: 10 }, 2, 30],
    [
      'a fixed cost and goods of two periods',
      { leadTime: 1, shelfLife: 2, holding: 1, penalty: 9, fixedOrderCost: 4 },
      2,
      16,
    ],
    ['a fixed cost, no lead time', { holding: 1, penalty: 4, fixedOrderCost: 10, unitCost: 1 }, 2, 40],
  ])('%s', async (_name, options, mean, most) => {
    const found = await optimum({ ...options, demand: poissonDemand(mean) });
    expect(found).toBeCloseTo(plainOptimum(plainStockRules(options), mean, most), 5);
  });

  test('small orders: what they cannot bring is held in advance, above what Zipkin bounds', async () => {
    const options = { leadTime: 1, holding: 1, penalty: 19, maxOrder: 3 };
    const found = await optimum({ ...options, demand: poissonDemand(2.5) });
    expect(found).toBeCloseTo(plainOptimum({ ...plainStockRules(options), highest: 60 }, 2.5, 3), 5);
  });
});

test('an environment with goods that expire lets an optimal policy order what it wants', async () => {
  const options = { demand: poissonDemand(1.5), leadTime: 2, shelfLife: 2, holding: 1, penalty: 19 };
  expect(inventoryEnvironment(options).options.maxOrder).toBe(inventoryModel(options).actions - 1);
});

describe('no search stops at a local minimum', () => {
  test('a fixed cost can make it best to hold nothing', async () => {
    // Without stock every customer is lost: 5 per unit of the mean demand of 1.
    const { level, cost } = await bestBaseStock({
      demand: poissonDemand(1),
      holding: 1,
      penalty: 5,
      fixedOrderCost: 20,
    });
    expect([level, cost]).toEqual([0, expect.closeTo(5, 9)]);
  });

  test('the base-stock levels of goods that expire', async () => {
    const options = { leadTime: 2, shelfLife: 2, holding: 1, penalty: 19 };
    const rules = plainStockRules(options);
    const costOf = (level: number, cap: number) =>
      plainOptimum(rules, 1.5, 16, ({ held }) => Math.min(Math.max(level - held, 0), cap));
    const costs = Array.from({ length: 17 }, (_, level) => costOf(level, Number.POSITIVE_INFINITY));
    const { level, cost } = await bestBaseStock({ ...options, demand: poissonDemand(1.5) });
    expect([level, cost]).toEqual([costs.indexOf(Math.min(...costs)), expect.closeTo(Math.min(...costs), 5)]);
    const capped = await bestCappedBaseStock({ ...options, demand: poissonDemand(1.5) });
    const least = Math.min(...[2, 3, 4, 5].flatMap((cap) => [8, 9, 10, 11, 12].map((at) => costOf(at, cap))));
    expect(capped.cost).toBeCloseTo(least, 5);
  });

  test('(s, S) where customers are lost, among all pairs', async () => {
    const options = { leadTime: 1, holding: 1, penalty: 4, fixedOrderCost: 10 };
    const found = await bestReorder({ ...options, demand: poissonDemand(2), unmet: 'lost' });
    const rules = plainStockRules(options);
    let [best, least] = [[0, 0], Number.POSITIVE_INFINITY];
    for (let high = 1; high <= 16; high += 1) {
      for (let low = 0; low < Math.min(high, 8); low += 1) {
        const cost = plainOptimum(rules, 2, 16, ({ held }) => (held <= low ? high - held : 0));
        if (cost < least - 1e-7) [best, least] = [[low, high], cost];
      }
    }
    expect([[found.reorderPoint, found.orderUpTo], found.cost]).toEqual([best, expect.closeTo(least, 5)]);
  });

  test('the pair of the lost-sales problem that is not that of waiting customers', async () => {
    const problem = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4, fixedOrderCost: 20 };
    const { reorderPoint, orderUpTo, cost } = await bestReorder({ ...problem, unmet: 'lost' });
    // Worked out by another program over all pairs: 14.079; the pair for waiting customers, (11, 27), costs 14.356.
    expect([reorderPoint, orderUpTo, cost]).toEqual([10, 23, expect.closeTo(14.079, 3)]);
    expect(await optimum(problem)).toBeLessThan(14.079);
  });

  test('never to order can be best', async () => {
    const problem = { demand: poissonDemand(1), holding: 1, penalty: 2, fixedOrderCost: 100, unmet: 'lost' as const };
    expect(await bestReorder(problem)).toMatchObject({
      reorderPoint: -1,
      orderUpTo: 0,
      cost: expect.closeTo(2, 9),
    });
  });
});
