import {
  baseStockPolicy,
  bestBaseStock,
  empiricalDemand,
  evaluatePolicy,
  geometricDemand,
  inventoryBounds,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
  UnsolvedModelError,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const problem = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 9 };

describe('ordinary sizes', () => {
  // A year in which one day brought a wholesale order.
  const year = Array.from({ length: 365 }, (_, day) => (day === 100 ? 80_995 : (day * 7919) % 97));

  test('one large day does not make bounds a matter of minutes', () => {
    const bounds = inventoryBounds({ demand: empiricalDemand(year), leadTime: 2, holding: 1, penalty: 9 });
    // The share of days at or below s that is 0.9: with one order, the 329th smallest of 365 days.
    expect(bounds[2]).toBe([...year].sort((a, b) => a - b)[Math.ceil(0.9 * 365) - 1]);
    expect(bounds[0]).toBeGreaterThan(bounds[1]!);
  });

  test('what is too large to be written out is refused before any work, by a type', async () => {
    const large = inventoryModel({ ...problem, demand: poissonDemand(1000) });
    const error = await relativeValueIteration({ model: large }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsolvedModelError);
    expect(error).toMatchObject({ reason: 'size' });
    expect((error as Error).message).toContain('Simulate it, or count in larger units.');
  });

  test('a large base-stock problem is simulated and says so', async () => {
    const { cost, interval, level } = await bestBaseStock({
      ...problem,
      leadTime: 0,
      demand: poissonDemand(3000),
      fixedOrderCost: 1,
    });
    expect(interval![0]).toBeLessThan(cost);
    // Without a lead time, S units are there in every period: the newsvendor's problem, and orders always cost 1. Its cost is
    // about 10 density(z) deviation, with z = 1.2816: 10 * 0.17550 * 54.77 = 96.1; F(S) = 0.9 at 3000 + 1.2816 * 54.77.
    expect(Math.abs(cost - 97.1)).toBeLessThan(3);
    expect(Math.abs(level - 3070)).toBeLessThan(12);
  });

  test('where customers wait, large problems have closed forms', async () => {
    const waits = { holding: 1, penalty: 9, unmet: 'backordered' as const };
    const { interval, cost } = await bestBaseStock({ ...waits, demand: poissonDemand(20_000) });
    // The normal approximation of the newsvendor: 10 density(1.28155) sqrt(20,000) = 248.2.
    expect([interval, cost]).toEqual([undefined, expect.closeTo(248.2, 0)]);
  });

  test('small orders: the closed form is what the chain of states gives', async () => {
    // With orders as large as the mean demand nothing ever catches up.
    const even = { demand: geometricDemand(1), holding: 1, penalty: 9, unmet: 'backordered' as const };
    await expect(bestBaseStock({ ...even, maxOrder: 1 })).rejects.toThrow('`maxOrder` must exceed the mean demand');
    const limited = { ...even, maxOrder: 2 };
    const { level, cost } = await bestBaseStock(limited);
    const { averageReward } = await evaluatePolicy({
      model: inventoryModel(limited),
      policy: baseStockPolicy({ level }),
    });
    expect(cost).toBeCloseTo(-averageReward, 5);
  });
});
