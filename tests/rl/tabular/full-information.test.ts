import {
  createFullInformationTable,
  createRng,
  empiricalDemand,
  evaluatePolicy,
  inventoryModel,
  learnFromDemand,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';

describe('createFullInformationTable', () => {
  test('one demand updates every state and order, from the values before it', () => {
    // No lead time, demand 1 or 2, orders 0 to 2: states 0 and 1 (2 in stock, 1 sold).
    const model = inventoryModel({ demand: empiricalDemand([1, 2]), holding: 1, penalty: 3 });
    const table = createFullInformationTable(model);
    const rows = () =>
      [0, 1].map((stock) => [...table.q.values.subarray(3 * table.stateOf([stock]), 3 * table.stateOf([stock]) + 3)]);
    table.update(1, { learningRate: 1, discount: 0.5 });
    // From 0: order 0 is short of 1, order 1 meets it, order 2 leaves 1. From 1: one more in stock; 2 would be too many.
    expect(rows()).toEqual([
      [-3, 0, -1],
      [0, -1, Number.NEGATIVE_INFINITY],
    ]);
    table.update(2, { learningRate: 0.5, discount: 0.5 });
    // Both states' best value is 0, so targets are the costs alone: -6, -3, 0 from 0, and -3, 0 from 1.
    expect(rows()).toEqual([
      [-4.5, -1.5, -0.5],
      [-1.5, -0.5, Number.NEGATIVE_INFINITY],
    ]);
    expect([...table.q.visits]).toEqual([2, 2, 2, 2, 2, 0]);
  });

  test('refuses what is no outcome, and a discount out of range', () => {
    const table = createFullInformationTable(inventoryModel({ demand: poissonDemand(1), holding: 1, penalty: 3 }));
    expect(() => table.update(-1, { learningRate: 1, discount: 1 })).toThrow(
      'update: `outcome` must be a whole number >= 0',
    );
    expect(() => table.update(1, { learningRate: 1, discount: 2 })).toThrow(
      'update: `discount` must be a number in [0, 1]',
    );
  });
});

describe('learnFromDemand', () => {
  const options = { leadTime: 1, holding: 1, penalty: 4 };
  const demand = poissonDemand(5);
  const sample = (seed: number) => {
    const rng = createRng(seed);
    return Array.from({ length: 1000 }, () => demand.sample(rng));
  };
  const cost = async (
    policy: Parameters<typeof evaluatePolicy>[0]['policy'],
    model = inventoryModel({ ...options, demand, maxOrder: 20 }),
  ) => -(await evaluatePolicy({ model, policy })).averageReward;

  test('comes to what is optimal for the observed distribution', async () => {
    const observed = sample(1);
    const model = inventoryModel({ ...options, demand: observed, maxOrder: 20 });
    const best = -(await relativeValueIteration({ model: inventoryModel({ ...options, demand: observed }) }))
      .averageReward;
    expect(await cost((await learnFromDemand({ ...options, observed, epochs: 20 })).policy, model)).toBeLessThan(
      best * 1.001,
    );
  });

  test('a thousand observed demands bring it within 1% of the true optimum, on average over ten samples', async () => {
    const costs: number[] = [];
    for (let seed = 1; seed <= 10; seed += 1)
      costs.push(await cost((await learnFromDemand({ ...options, observed: sample(seed) })).policy));
    // Zipkin (2008): 4.0407.
    expect(costs.reduce((sum, each) => sum + each, 0) / 10).toBeLessThan(4.0407 * 1.01);
  });

  test('reports epochs and refuses wrong options', async () => {
    const seen: unknown[] = [];
    const observed = { ...options, observed: [1, 2, 3], epochs: 2, learningRate: 1, discount: 0 };
    const { history, steps } = await learnFromDemand({ ...observed, onProgress: (report) => void seen.push(report) });
    expect(steps).toBe(6);
    expect(seen).toEqual(history);
    // Looking no further than a period, the empty shelf orders nothing for later: it pays 4 for each unit of the last demand.
    expect(history[0]).toEqual({ epoch: 1, step: 3, startValue: -12 });
    expect(history[1]).toMatchObject({ epoch: 2, step: 6 });
    await expect(learnFromDemand({ ...options, observed: [] })).rejects.toThrow(
      '`observed` must hold at least one period',
    );
    await expect(learnFromDemand({ ...options, observed: [1], discount: -1 })).rejects.toThrow(
      'learnFromDemand: `discount` must be',
    );
    await expect(learnFromDemand({ ...options, observed: [1], leadTime: -1 })).rejects.toThrow(
      '`leadTime` must be a whole number from',
    );
  });
});
