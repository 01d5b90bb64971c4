import {
  bestBaseStock,
  certifyPolicy,
  checkEnvironment,
  type InventoryOptions,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { plainOptimum, plainStockRules } from '../../support/plain-stock.js';

const fresh = { leadTime: 1, shelfLife: 3, holding: 0.5, penalty: 9, wasteCost: 3, maxOrder: 6 } as const;
const lifo = { ...fresh, issuing: 'lifo' } as const;

describe('goods that expire, the freshest sold first', () => {
  test('leave the oldest on the shelf until they are thrown away', () => {
    const shop = (issuing: 'fifo' | 'lifo') =>
      inventoryEnvironment({ ...fresh, issuing, demand: [0, 2, 1], initialStock: 2 });
    // By age, the oldest first: 2 that arrived today; then 3 that come, and 2 are asked for.
    const days = (issuing: 'fifo' | 'lifo') => {
      const place = shop(issuing);
      place.reset();
      return [place.step(3), place.step(0), place.step(0)].map(({ observation, period }) => [
        [...observation],
        period.wasted,
      ]);
    };
    expect(days('fifo')).toEqual([
      [[0, 2, 3], 0],
      [[0, 3, 0], 0],
      [[2, 0, 0], 0],
    ]);
    expect(days('lifo')).toEqual([
      [[0, 2, 3], 0],
      [[2, 1, 0], 0],
      [[0, 0, 0], 2],
    ]);
  });

  test('make an environment without a fault, and an exact model of it', async () => {
    expect(checkEnvironment(inventoryEnvironment({ ...lifo, demand: poissonDemand(2) }))).toEqual([]);
    const model = inventoryModel({ ...lifo, demand: poissonDemand(2) });
    const { averageReward } = await relativeValueIteration({ model });
    // Reference: value iteration written down plainly.
    expect(-averageReward).toBeCloseTo(plainOptimum(plainStockRules(lifo), 2, 6), 5);
    const oldest = await relativeValueIteration({ model: inventoryModel({ ...fresh, demand: poissonDemand(2) }) });
    expect(averageReward).toBeLessThan(oldest.averageReward - 0.05);
  });

  test('have a best base-stock level, and a certificate in which nothing beats the optimum', async () => {
    const problem = { ...lifo, demand: poissonDemand(2) };
    const { level, cost } = await bestBaseStock(problem);
    const costs = Array.from({ length: 14 }, (_, at) =>
      plainOptimum(plainStockRules(lifo), 2, 6, ({ held }) => Math.min(Math.max(at - held, 0), 6)),
    );
    expect([level, cost]).toEqual([costs.indexOf(Math.min(...costs)), expect.closeTo(Math.min(...costs), 5)]);
    const shop = inventoryEnvironment(problem);
    const { policy } = await bestBaseStock(problem);
    const found = await certifyPolicy({ policy, environment: shop, episodes: 3, steps: 100 });
    expect(found.optimum!).toBeLessThan(cost + 1e-9);
  });

  test('say what is wrong', async () => {
    const made = (options: Partial<InventoryOptions>) => () =>
      inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 9, ...options });
    expect(made({ issuing: 'lifo' })).toThrow('`issuing` must be left out where goods do not expire');
    expect(made({ issuing: 'lifo', shelfLife: 2 })).toThrow(
      '`maxOrder` must be given where no bound of an optimal order',
    );
    expect(made({ issuing: 'newest' as 'lifo', shelfLife: 2 })).toThrow("`issuing` must be one of 'fifo', 'lifo'");
    await expect(
      bestBaseStock({ demand: poissonDemand(2), holding: 1, penalty: 9, shelfLife: 2, issuing: 'lifo' }),
    ).rejects.toThrow('`maxOrder` must be given');
  });
});
