import {
  bestBaseStock,
  bestReorder,
  evaluatePolicy,
  geometricDemand,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
  reorderPolicy,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const options = { holding: 1, penalty: 4, fixedOrderCost: 5 };

describe('bestReorder', () => {
  // L. V. Snyder and Z.-J. M. Shen, Fundamentals of Supply Chain Theory (2019), section 4.4.
  test('gives the known answer of the textbook', async () => {
    const { reorderPoint, orderUpTo, cost } = await bestReorder({ ...options, demand: poissonDemand(6) });
    expect([reorderPoint, orderUpTo, cost]).toEqual([4, 10, expect.closeTo(8.034111561471642, 9)]);
  });

  test.each([
    ['Poisson, no lead time', poissonDemand(6), 0, 5],
    ['Poisson, lead time 1', poissonDemand(2), 1, 20],
    ['geometric', geometricDemand(2), 0, 10],
  ])(
    'is optimal among all policies, and costs what its transitions say: %s',
    async (_name, demand, leadTime, fixed) => {
      const problem = { ...options, fixedOrderCost: fixed, demand, leadTime };
      const { cost, policy } = await bestReorder(problem);
      const model = inventoryModel({ ...problem, unmet: 'backordered', maxOrder: 90, capacity: 30 });
      expect(-(await evaluatePolicy({ model, policy })).averageReward).toBeCloseTo(cost, 5);
      if (leadTime > 0) return;
      expect(-(await relativeValueIteration({ model })).averageReward).toBeCloseTo(cost, 5);
    },
  );

  test.each([
    [1, 0.5],
    [6, 64],
    [20, 10],
  ])('no other s and S near cost less: mean %d, fixed cost %d', async (mean, fixedOrderCost) => {
    const problem = { ...options, demand: poissonDemand(mean), fixedOrderCost };
    const best = await bestReorder(problem);
    for (const low of [-2, -1, 0, 1, 2]) {
      for (const high of [-2, -1, 0, 1, 2]) {
        const [s, S] = [best.reorderPoint + low, best.orderUpTo + high];
        if (s < S) expect(stationaryCost(problem, s, S)).toBeGreaterThan(best.cost - 1e-9);
      }
    }
    expect(stationaryCost(problem, best.reorderPoint, best.orderUpTo)).toBeCloseTo(best.cost, 8);
  });

  test('refuses a fixed cost of nothing', async () => {
    await expect(bestReorder({ ...options, demand: poissonDemand(5), fixedOrderCost: 0 })).rejects.toThrow(
      'bestReorder: `fixedOrderCost` must be a positive number, received 0 (number).',
    );
  });
});

test('where customers wait, the best base-stock policy is the newsvendor over the lead time', async () => {
  const { level, cost } = await bestBaseStock({
    demand: poissonDemand(5),
    leadTime: 2,
    holding: 1,
    penalty: 4,
    unmet: 'backordered',
  });
  // Closed form, D Poisson(15): smallest s with F(s) >= 0.8, and E(s - D)^+ + 4 E(D - s)^+.
  expect([level, cost]).toEqual([18, expect.closeTo(5.588047641, 6)]);
});

test('reorderPolicy waits above s and fills up to S', () => {
  const policy = reorderPolicy({ reorderPoint: 4, orderUpTo: 10 });
  expect([5, 4, -2].map((stock) => policy.act([stock]))).toEqual([0, 6, 12]);
  expect(policy.act([0], Uint8Array.of(1, 1, 1, 0))).toBe(2);
  expect(() => reorderPolicy({ reorderPoint: 4, orderUpTo: 4 })).toThrow(
    '`orderUpTo` must be a whole number from 5 to ',
  );
});

// Another way: the stationary distribution of the level after ordering, by repeated multiplication.
function stationaryCost(problem: typeof options & { demand: ReturnType<typeof poissonDemand> }, s: number, S: number) {
  const { demand, holding, penalty, fixedOrderCost } = problem;
  let level = new Map<number, number>([[S, 1]]);
  for (let step = 0; step < 600; step += 1) {
    const next = new Map<number, number>();
    for (const [from, share] of level) {
      let ordered = share;
      for (let units = 0; from - units > s; units += 1) {
        const moved = share * demand.probabilities![units]!;
        ordered -= moved;
        next.set(from - units, (next.get(from - units) ?? 0) + moved);
      }
      next.set(S, (next.get(S) ?? 0) + ordered);
    }
    // Half a step at a time, so that nothing swings.
    level = new Map(
      [...new Set([...level.keys(), ...next.keys()])].map((key) => [
        key,
        ((level.get(key) ?? 0) + (next.get(key) ?? 0)) / 2,
      ]),
    );
  }
  let cost = 0;
  for (const [from, share] of level) {
    let kept = 1;
    demand.probabilities!.forEach((probability, units) => {
      const left = from - units;
      cost += share * probability * (left > 0 ? holding * left : -penalty * left);
      if (left > s) kept -= probability;
    });
    cost += share * kept * fixedOrderCost;
  }
  return cost;
}
