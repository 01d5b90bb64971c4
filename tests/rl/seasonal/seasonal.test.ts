import {
  checkEnvironment,
  discreteDemand,
  evaluatePolicy,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
  type SeasonalInventoryOptions,
  seasonalBaseStockPolicy,
  seasonalInventoryEnvironment,
  seasonalInventoryModel,
  seasonalLevels,
  trainQTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const week = [2, 2, 3, 1, 5, 6, 0.5].map((mean) => poissonDemand(mean));
const shop = { leadTime: 1, holding: 1, penalty: 9 };

describe('a seasonal environment', () => {
  test('has no fault, and shows the phase of the coming period last', () => {
    const place = seasonalInventoryEnvironment({ ...shop, demands: week, leadTime: 2 });
    expect(checkEnvironment(place)).toEqual([]);
    expect([...place.reset({ seed: 1 }).observation]).toEqual([0, 0, 0]);
    const phases = Array.from({ length: 15 }, () => place.step(0).observation[2]);
    expect(phases).toEqual([1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1]);
  });

  test('asks for what its phases ask for, and begins anywhere in training', () => {
    const place = seasonalInventoryEnvironment({ ...shop, demands: week, maxOrder: 9, horizon: 70_000 });
    place.reset({ seed: 2 });
    const sums = new Float64Array(7);
    for (let day = 0; day < 70_000; day += 1) sums[day % 7]! += place.step(0).period.demand;
    week.forEach(({ mean }, phase) => {
      // 10,000 days each: four standard errors.
      expect(Math.abs(sums[phase]! / 10_000 - mean)).toBeLessThan(4 * Math.sqrt(mean / 10_000));
    });
    const starts = new Set(Array.from({ length: 60 }, (_, seed) => place.resetAnywhere!({ seed }).observation[1]));
    expect(starts.size).toBe(7);
  });

  test('asks for what belongs to the phase it shows, wherever it begins', () => {
    const demands = [0, 3, 7].map((units) =>
      discreteDemand(Float64Array.from({ length: units + 1 }, (_, k) => +(k === units))),
    );
    const place = seasonalInventoryEnvironment({ ...shop, demands, maxOrder: 9 });
    for (let seed = 0; seed < 9; seed += 1) {
      const phase = place.resetAnywhere!({ seed }).observation[1]!;
      expect(place.step(0).period.demand).toBe([0, 3, 7][phase]);
    }
  });

  test('goes on from where its state was taken', () => {
    const place = seasonalInventoryEnvironment({ ...shop, demands: week, maxOrder: 9 });
    place.resetAnywhere!({ seed: 5 });
    place.step(3);
    const saved = place.state!();
    const after = [place.step(2), place.step(4)];
    place.step(0);
    place.restore!(saved);
    expect([place.step(2), place.step(4)]).toEqual(after);
  });
});

describe('a seasonal model', () => {
  test('with phases that are alike is the model without any', async () => {
    const seasonal = seasonalInventoryModel({ ...shop, demands: [poissonDemand(3), poissonDemand(3)] });
    const plain = inventoryModel({ ...shop, demand: poissonDemand(3) });
    const [one, other] = [
      await relativeValueIteration({ model: seasonal }),
      await relativeValueIteration({ model: plain }),
    ];
    expect(one.averageReward).toBeCloseTo(other.averageReward, 6);
  });

  test.each<[string, Partial<SeasonalInventoryOptions>]>([
    ['single units', {}],
    ['packs and a fixed cost', { packSize: 3, fixedOrderCost: 2 }],
  ])('has the optimum of value iteration written down plainly: %s', async (_name, more) => {
    const options = { ...shop, demands: [poissonDemand(1), poissonDemand(4), poissonDemand(2)], ...more };
    const { averageReward } = await relativeValueIteration({ model: seasonalInventoryModel(options) });
    expect(-averageReward).toBeCloseTo(plainSeasonal(options), 5);
  });

  test('says of a policy what the environment does, and what base-stock by weekday is worth', async () => {
    const levels = seasonalLevels(week, { leadTime: 1, probability: 0.9 });
    const policy = seasonalBaseStockPolicy({ levels });
    const options = { ...shop, demands: week, maxOrder: 30, capacity: 40 };
    const model = seasonalInventoryModel(options);
    const { averageReward } = await evaluatePolicy({ model, policy });
    const days = 70_000;
    const place = seasonalInventoryEnvironment({ ...options, horizon: days });
    let { observation } = place.reset({ seed: 3 });
    let cost = 0;
    for (let day = 0; day < days; day += 1) {
      const step = place.step(policy.act(observation, place.legalActions!(observation)));
      cost += step.period.cost;
      observation = step.observation;
    }
    expect(cost / days / -averageReward).toBeCloseTo(1, 1.7);
    // One level for all days, the best of them, costs more.
    const flat = await Promise.all(
      [4, 5, 6, 7, 8, 9, 10, 11, 12].map((level) =>
        evaluatePolicy({ model, policy: seasonalBaseStockPolicy({ levels: new Array(7).fill(level) }) }),
      ),
    );
    const best = Math.max(...flat.map((each) => each.averageReward));
    expect(averageReward).toBeGreaterThan(best);
    const optimum = await relativeValueIteration({ model });
    expect(optimum.averageReward).toBeGreaterThanOrEqual(averageReward - 1e-6);
  });

  test('can be learned by a table', async () => {
    const demands = [poissonDemand(0.5), poissonDemand(3)];
    const options = { ...shop, demands, maxOrder: 8, capacity: 12 };
    const environment = seasonalInventoryEnvironment(options);
    const { policy } = await trainQTable({ environment, steps: 150_000, seed: 1 });
    const model = seasonalInventoryModel(options);
    const [learned, optimum] = [await evaluatePolicy({ model, policy }), await relativeValueIteration({ model })];
    expect(learned.averageReward / optimum.averageReward).toBeLessThan(1.08);
  });
});

test('levels by phase are quantiles of the phases they have to last for', () => {
  const demands = [poissonDemand(1), poissonDemand(4), poissonDemand(2)];
  // Phase 2, lead time 1: its own demand and that of phase 0, Poisson(3) together; and so on.
  expect([...seasonalLevels(demands, { leadTime: 1, probability: 0.9 })]).toEqual(
    [5, 6, 3].map((mean) => poissonDemand(mean).quantile(0.9)),
  );
  expect([...seasonalLevels(demands, { probability: 0.9 })]).toEqual(demands.map((each) => each.quantile(0.9)));
});

test('say what is wrong', () => {
  const made = (change: object) => () => seasonalInventoryModel({ ...shop, demands: week, ...change });
  expect(made({ demands: [poissonDemand(2)] })).toThrow('`demands` must be an array of 2 to 366 distributions');
  expect(made({ demands: [poissonDemand(2), 3] })).toThrow('`demands[1]` must be a distribution');
  expect(made({ unmet: 'backordered', maxOrder: 9 })).toThrow("`unmet` must be 'lost', received 'backordered'");
  expect(made({ holding: 0 })).toThrow('`maxOrder` must be given where no bound of an optimal order is known');
  expect(made({ holding: 0, maxOrder: 9 })).toThrow(
    '`capacity` must be given where no bound of an optimal order is known',
  );
  expect(() => seasonalBaseStockPolicy({ levels: [] })).toThrow('`levels` must not be empty');
  expect(() => seasonalBaseStockPolicy({ levels: [3, 4] }).act([2, 2])).toThrow(
    '`observation` must end with a phase from 0 to 1',
  );
  expect(() => seasonalLevels(week, { probability: 1 })).toThrow('`probability` must be a number in');
});

// Stock and phase, lead time 1, orders up to 18 and stock up to 36; lost sales.
function plainSeasonal(options: SeasonalInventoryOptions): number {
  const { demands, holding, penalty, fixedOrderCost = 0, packSize = 1 } = options;
  const [most, top, phases] = [18, 36, demands.length];
  let values = new Float64Array((top + 1) * phases);
  for (let sweep = 0; sweep < 5000; sweep += 1) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const next = values.map((before, place) => {
      const [stock, phase] = [Math.floor(place / phases), place % phases];
      const then = (phase + 1) % phases;
      let best = Number.POSITIVE_INFINITY;
      for (let order = 0; order <= most; order += packSize) {
        let cost = order > 0 ? fixedOrderCost : 0;
        const chances = demands[phase]!.probabilities!;
        for (let units = 0; units < chances.length && (units < 10 || chances[units]! > 1e-12); units += 1) {
          const left = Math.max(0, stock - units);
          const after = Math.min(top, left + order);
          cost +=
            chances[units]! * (holding * left + penalty * Math.max(0, units - stock) + values[after * phases + then]!);
        }
        best = Math.min(best, cost);
      }
      low = Math.min(low, best - before);
      high = Math.max(high, best - before);
      // A part of the way, so that the cycle does not swing.
      return before + 0.5 * (best - before);
    });
    const first = next[0]!;
    values = next.map((value) => value - first);
    if (high - low < 1e-8) return (low + high) / 2;
  }
  throw new Error('plainSeasonal: values do not settle.');
}
