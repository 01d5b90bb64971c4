import {
  type BestForServiceOptions,
  bestForService,
  type InventoryOptions,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const shop = { demand: poissonDemand(3), leadTime: 1, holding: 1 };

/** How a policy fares in the environment, day by day: 200,000 days, seed 5. */
function played(options: Omit<InventoryOptions, 'penalty'>, act: (seen: Float32Array, mask?: Uint8Array) => number) {
  const days = 200_000;
  const place = inventoryEnvironment({ ...options, penalty: 0, horizon: days, maxOrder: options.maxOrder ?? 60 });
  let seen = place.reset({ seed: 5 });
  const total = { cost: 0, demand: 0, sold: 0, full: 0 };
  for (let day = 0; day < days; day += 1) {
    const step = place.step(act(seen.observation, seen.actionMask));
    total.cost += step.period.cost;
    total.demand += step.period.demand;
    total.sold += step.period.sold;
    total.full += step.period.sold < step.period.demand ? 0 : 1;
    seen = step;
  }
  return { cost: total.cost / days, fillRate: total.sold / total.demand, cycleService: total.full / days };
}

describe('bestForService', () => {
  test.each<[string, BestForServiceOptions]>([
    ['base-stock', { ...shop, fillRate: 0.95 }],
    ['base-stock of waiting customers', { ...shop, unmet: 'backordered', fillRate: 0.95 }],
    ['a cycle service', { ...shop, leadTime: 0, cycleService: 0.9 }],
    ['a cycle service of waiting customers', { ...shop, unmet: 'backordered', cycleService: 0.9 }],
    ['(s, S)', { ...shop, fixedOrderCost: 8, fillRate: 0.9 }],
    ['packs', { ...shop, packSize: 8, fillRate: 0.95 }],
    ['packs of waiting customers', { ...shop, packSize: 8, unmet: 'backordered', fillRate: 0.95 }],
    ['all policies', { ...shop, packSize: 4, fillRate: 0.95, policies: 'all' }],
  ])('says what the policy does in the environment: %s', async (_name, options) => {
    const found = await bestForService(options);
    const { fillRate, cycleService, policies: _, seed: _seed, signal: _signal, ...problem } = options;
    const seen = played(problem, (state, mask) => found.policy.act(state, mask));
    // Of 200,000 days: four standard errors and more.
    expect(found.cost / seen.cost).toBeCloseTo(1, 1.5);
    expect(Math.abs(found.fillRate - seen.fillRate)).toBeLessThan(0.004);
    expect(Math.abs(found.cycleService - seen.cycleService)).toBeLessThan(0.005);
    expect(found.fillRate).toBeGreaterThanOrEqual(fillRate ?? 0);
    expect(found.cycleService).toBeGreaterThanOrEqual(cycleService ?? 0);
  });

  test('one level less does not do: customers who wait, no lead time, from the distribution', async () => {
    // Met at once of demand D with y in stock: E min(D, y) / E D; period without a miss: P(D <= y).
    const demand = poissonDemand(3);
    const met = (y: number) => {
      let sum = 0;
      demand.probabilities!.forEach((chance, units) => {
        sum += chance * Math.min(units, y);
      });
      return sum / 3;
    };
    const full = (y: number) => demand.probabilities!.slice(0, y + 1).reduce((sum, each) => sum + each, 0);
    const leastFor = (measure: (y: number) => number, least: number) => {
      let y = 0;
      while (measure(y) < least) y += 1;
      return y;
    };
    const problem = { demand, holding: 1, unmet: 'backordered' as const };
    for (const least of [0.5, 0.8, 0.95, 0.99]) {
      const byFill = await bestForService({ ...problem, fillRate: least });
      expect(byFill.policy.name).toBe(`base-stock ${leastFor(met, least)}`);
      expect(byFill.fillRate).toBeCloseTo(met(leastFor(met, least)), 7);
      const byCycle = await bestForService({ ...problem, cycleService: least });
      expect(byCycle.policy.name).toBe(`base-stock ${leastFor(full, least)}`);
    }
  });

  test('no other pair that meets the target costs less', async () => {
    const problem = { ...shop, demand: poissonDemand(2), leadTime: 0, fixedOrderCost: 6 };
    const best = await bestForService({ ...problem, fillRate: 0.9 });
    // Stationary stock before the order under (s, S), lost sales, no lead time: by repeated steps.
    let least = Number.POSITIVE_INFINITY;
    for (let low = 0; low <= 8; low += 1) {
      for (let high = low + 1; high <= 16; high += 1) {
        const { cost, fillRate } = stationary(low, high);
        if (fillRate >= 0.9) least = Math.min(least, cost);
      }
    }
    expect(best.cost).toBeCloseTo(least, 5);
  });

  test('among all policies it costs no more than the simple ones, and no less than the bound', async () => {
    const problem = { ...shop, packSize: 6, fillRate: 0.95 };
    const simple = await bestForService(problem);
    const best = await bestForService({ ...problem, policies: 'all' });
    expect(best.bound).toBeGreaterThan(0);
    expect(best.cost).toBeGreaterThanOrEqual(best.bound! - 1e-6);
    expect(best.cost).toBeLessThanOrEqual(simple.cost + 1e-6);
    // Of every cost p of a missed unit: no policy that misses 5% costs less than the optimum for p, less what p counts for these.
    for (const penalty of [2, 8, 20, 60]) {
      const model = inventoryModel({ ...shop, packSize: 6, penalty, withinBounds: true });
      const least = -(await relativeValueIteration({ model })).averageReward - penalty * 0.05 * 3;
      expect(best.bound!).toBeGreaterThanOrEqual(least - 1e-4);
    }
  });

  test('large problems are simulated and have intervals', async () => {
    const { intervals, fillRate, policy } = await bestForService({
      ...{ demand: poissonDemand(20), leadTime: 3, holding: 1, packSize: 4, fillRate: 0.95, seed: 2 },
      policies: 'base-stock',
    });
    expect(intervals!.fillRate[0]).toBeLessThan(fillRate);
    expect(Math.abs(fillRate - 0.95)).toBeLessThan(0.01);
    expect(policy.name).toContain('base-stock');
  });

  test('says what is wrong', async () => {
    const wrong = (change: object) => bestForService({ ...shop, fillRate: 0.95, ...change });
    await expect(wrong({ fillRate: 1 })).rejects.toThrow(
      'bestForService: `fillRate` must lie above 0 and below 1: no stock meets all demand for certain, received 1',
    );
    await expect(wrong({ fillRate: 1 - 1e-9 })).rejects.toThrow('`fillRate` must lie 1e-8 or more from 0 and from 1');
    await expect(wrong({ fillRate: undefined, cycleService: 1e-300 })).rejects.toThrow(
      '`cycleService` must lie 1e-8 or more from 0',
    );
    await expect(wrong({ fillRate: 0 })).rejects.toThrow('`fillRate` must lie above 0 and below 1');
    await expect(wrong({ cycleService: 0.9 })).rejects.toThrow('`fillRate` must be given, or else `cycleService`');
    await expect(wrong({ fillRate: undefined })).rejects.toThrow('`fillRate` must be given, or else `cycleService`');
    await expect(wrong({ demand: [0, 0, 0] })).rejects.toThrow('`demand` must have a mean above 0, received 0');
    await expect(wrong({ holding: 0 })).rejects.toThrow('`holding` must be a positive number, received 0');
    await expect(wrong({ capacity: 4 })).rejects.toThrow(
      /`fillRate` must be at most 0\.\d{4}, all that the orders and the capacity allow, received 0.95/,
    );
    await expect(wrong({ maxOrder: 2 })).rejects.toThrow(/`fillRate` must be at most 0\.[56]/);
    await expect(wrong({ penalty: 3 })).rejects.toThrow('`penalty` must be left out: there is no such option');
    await expect(wrong({ policies: 'all', unmet: 'backordered' })).rejects.toThrow(
      "`policies` must be 'base-stock' or 'reorder' where customers wait",
    );
  });
});

function stationary(low: number, high: number) {
  const { probabilities } = poissonDemand(2);
  let stock = new Float64Array(high + 1).fill(1 / (high + 1));
  let [cost, sold] = [0, 0];
  for (let step = 0; step < 400; step += 1) {
    const next = new Float64Array(high + 1);
    [cost, sold] = [0, 0];
    stock.forEach((share, before) => {
      const after = before <= low ? high : before;
      if (before <= low) cost += 6 * share;
      probabilities!.forEach((chance, units) => {
        const left = Math.max(0, after - units);
        next[left]! += share * chance;
        cost += share * chance * left;
        sold += share * chance * (after - left);
      });
    });
    stock = next.map((share, place) => (share + stock[place]!) / 2);
  }
  return { cost, fillRate: sold / 2 };
}
