import {
  checkEnvironment,
  evaluatePolicy,
  type ForecastInventoryOptions,
  forecastBaseStockPolicy,
  forecastInventoryEnvironment,
  type InstantPolicy,
  poissonDemand,
  relativeValueIteration,
  seasonalBaseStockPolicy,
  seasonalInventoryModel,
  trainQTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const costs = { holding: 1, penalty: 9 };
const series = [3, 0, 2, 4, 1, 3, 2, 5, 0, 1, 2, 3];

/** Units of each period and the `leadTime` that follow; behind the end nothing is asked for. */
function perfect(demand: readonly number[], leadTime: number): number[] {
  return demand.map((_, at) => demand.slice(at, at + leadTime + 1).reduce((sum, units) => sum + units, 0));
}

/** Costs of each period of one episode. */
function play(options: ForecastInventoryOptions, policy: InstantPolicy): number[] {
  const shop = forecastInventoryEnvironment(options);
  let seen = shop.reset({ seed: 1 });
  const found: number[] = [];
  for (let isOver = false; !isOver; ) {
    const step = shop.step(policy.act(seen.observation, seen.actionMask));
    found.push(step.period.cost);
    [seen, isOver] = [step, step.truncated];
  }
  return found;
}

describe('an environment with a forecast', () => {
  test('has no fault, and shows the forecast of the coming period last, in bins', () => {
    const forecast = series.map((_, at) => 10 * at + 4);
    const options = { ...costs, demand: series, forecast, leadTime: 2, maxOrder: 5 };
    const shop = forecastInventoryEnvironment({ ...options, bin: 10 });
    expect(checkEnvironment(shop)).toEqual([]);
    // 4 / 10 is nearest to 0, 14 / 10 to 1; stock and one order on its way come first.
    const entries = [shop.reset({ seed: 3 }).observation, ...series.slice(1).map(() => shop.step(0).observation)];
    expect(entries.map((entry) => [...entry])).toEqual(series.map((_, at) => [0, 0, at]));
    expect([...shop.observationSpace.high]).toEqual([Number.POSITIVE_INFINITY, 5, 11]);
    const halves = forecastInventoryEnvironment({ ...options, bin: 0.5 });
    expect(halves.reset().observation[2]).toBe(8);
  });

  test('begins in any period that leaves a whole episode, and asks for what belongs to the forecast', () => {
    const forecast = series.map((units, at) => 100 * at + units);
    const shop = forecastInventoryEnvironment({ ...costs, demand: series, forecast, maxOrder: 5, horizon: 4 });
    for (const begin of [shop.reset, shop.resetAnywhere!]) {
      const starts = new Set<number>();
      for (let seed = 0; seed < 120; seed += 1) {
        let entry = begin({ seed }).observation[1]!;
        starts.add(Math.floor(entry / 100));
        for (let period = 0; period < 4; period += 1) {
          const step = shop.step(0);
          expect(step.period.demand).toBe(entry % 100);
          expect(step.truncated).toBe(period === 3);
          entry = step.observation[1]!;
        }
      }
      // An episode of 4 shows five forecasts of the 12.
      expect([...starts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
  });

  test('gives a function the period that the forecast is of', () => {
    const forecast = Float64Array.from({ length: 40 }, (_, at) => at);
    const demand = (_: unknown, period: number) => period;
    const shop = forecastInventoryEnvironment({ ...costs, demand, forecast, maxOrder: 50, horizon: 5 });
    const { observation } = shop.reset({ seed: 4 });
    expect(observation[1]).toBeGreaterThan(0);
    expect(shop.step(0).period.demand).toBe(observation[1]);
  });

  test('goes on from where its state was taken', () => {
    const shop = forecastInventoryEnvironment({ ...costs, demand: series, forecast: series, maxOrder: 9, horizon: 6 });
    shop.reset({ seed: 5 });
    shop.step(3);
    const saved = shop.state!();
    const after = [shop.step(2), shop.step(4)];
    shop.reset({ seed: 6 });
    shop.restore!(saved);
    expect([shop.step(2), shop.step(4)]).toEqual(after);
  });
});

describe('orders by a perfect forecast', () => {
  test.each([
    [0, 'lost'],
    [1, 'lost'],
    [2, 'lost'],
    [0, 'backordered'],
    [2, 'backordered'],
  ] as const)('cost nothing once they arrive: lead time %d, %s', (leadTime, unmet) => {
    // Demand of the first periods, which no order can meet, is none.
    const demand = [...new Array(leadTime).fill(0), ...series];
    const problem = { ...costs, demand, forecast: perfect(demand, leadTime), leadTime, unmet, maxOrder: 20 };
    expect(play(problem, forecastBaseStockPolicy())).toEqual(new Array(demand.length - 1).fill(0));
    // One unit more lies there in every period in which it can.
    const more = play(problem, forecastBaseStockPolicy({ safety: 1 }));
    expect(more).toEqual(more.map((_, at) => (at < leadTime ? 0 : 1)));
  });

  test('cost the least of all orders there are, all of them tried', () => {
    const demand = [2, 1, 0, 3, 1, 2];
    const problem = { ...costs, demand, forecast: perfect(demand, 1), leadTime: 1, maxOrder: 3, initialStock: 1 };
    let least = Number.POSITIVE_INFINITY;
    for (let code = 0; code < 4 ** 5; code += 1) {
      let [stock, cost] = [1, 0];
      for (let day = 0; day < 5; day += 1) {
        cost += Math.max(0, stock - demand[day]!) + 9 * Math.max(0, demand[day]! - stock);
        stock = Math.max(0, stock - demand[day]!) + (Math.floor(code / 4 ** day) % 4);
      }
      least = Math.min(least, cost);
    }
    const total = play(problem, forecastBaseStockPolicy()).reduce((sum, cost) => sum + cost, 0);
    // The unit that is missing on the first day; base-stock then orders one for a customer who is gone, which lies there until the
    // next asks for it, on the fourth day.
    expect(least).toBe(9);
    expect(total).toBe(9 + 2);
    const full = { ...problem, initialStock: 2 };
    expect(play(full, forecastBaseStockPolicy())).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('where the forecast says the phase of a cycle', () => {
  const demands = [0.5, 3].map((mean) => poissonDemand(mean));
  const problem = { ...costs, maxOrder: 8, capacity: 12 };
  // Without a lead time the mean of the phase itself: 0.5 and 3, in bins of a half 1 and 6.
  const forecast = Array.from({ length: 1001 }, (_, at) => [0.5, 3][at % 2]!);
  const byPhase = ({ name, act }: InstantPolicy): InstantPolicy => ({
    name,
    act: ([stock, phase]: ArrayLike<number> & Iterable<number>, mask) => act([stock!, [1, 6][phase!]!], mask),
  });
  const model = seasonalInventoryModel({ ...problem, demands });

  test('base-stock by it is base-stock by phase', async () => {
    const policy = forecastBaseStockPolicy({ bin: 0.5, safety: (units) => 0.8 + 0.7 * units });
    const [one, other] = [
      await evaluatePolicy({ model, policy: byPhase(policy) }),
      // ceil(0.5 + 0.8 + 0.35) and ceil(3 + 0.8 + 2.1).
      await evaluatePolicy({ model, policy: seasonalBaseStockPolicy({ levels: [2, 6] }) }),
    ];
    expect(one.averageReward).toBeCloseTo(other.averageReward, 12);
  });

  test('a table that learns from it comes near to the exact optimum, and without it does not', async () => {
    const demand = (rng: Parameters<(typeof demands)[0]['sample']>[0], period: number) =>
      demands[period % 2]!.sample(rng);
    const learn = async (shown: readonly number[]) => {
      const environment = forecastInventoryEnvironment({ ...problem, demand, forecast: shown, bin: 0.5 });
      const { policy } = await trainQTable({ environment, steps: 150_000, seed: 1 });
      return policy;
    };
    const optimum = await relativeValueIteration({ model });
    const learned = await evaluatePolicy({ model, policy: byPhase(await learn(forecast)) });
    expect(learned.averageReward / optimum.averageReward).toBeLessThan(1.06);
    const blind = await learn(forecast.map(() => 1.75));
    const stockAlone = { name: 'blind', act: (state: ArrayLike<number>) => blind.act([state[0]!, 4]) };
    const without = await evaluatePolicy({ model, policy: stockAlone });
    expect(without.averageReward / optimum.averageReward).toBeGreaterThan(1.15);
  });
});

test('may be as small as one period, one unit and one forecast behind it', () => {
  const options = { ...costs, demand: [1, 1], forecast: [1, 1], maxOrder: 1, horizon: 1 };
  const shop = forecastInventoryEnvironment(options);
  expect(play(options, forecastBaseStockPolicy())).toEqual([0]);
  expect([...shop.observationSpace.high]).toEqual([Number.POSITIVE_INFINITY, 1]);
  // 2^24 bins are as many as float32 tells apart.
  expect(() => forecastInventoryEnvironment({ ...options, forecast: [2 ** 24, 0] })).not.toThrow();
  const none = forecastInventoryEnvironment({ ...options, forecast: [0, 0] });
  expect(none.observationSpace.high[1]).toBe(0);
});

test('levels by forecast keep to packs, and never lie below 0', () => {
  expect(forecastBaseStockPolicy({ safety: 2 }).name).toBe('base-stock, forecast + 2');
  expect(forecastBaseStockPolicy({ safety: () => 2 }).name).toBe('base-stock, forecast + safety');
  expect(forecastBaseStockPolicy({ safety: 2, packSize: 4 }).act([1, 2, 6])).toBe(4);
  expect(forecastBaseStockPolicy({ safety: 2, packSize: 4, minimumOrder: 7 }).act([1, 2, 6])).toBe(0);
  expect(forecastBaseStockPolicy({ safety: -9 }).act([0, 6])).toBe(0);
  // 0.1 * 30 is a little more than 3.
  expect(forecastBaseStockPolicy({ bin: 0.1 }).act([0, 30])).toBe(3);
  expect(forecastBaseStockPolicy().act([1, 6], Uint8Array.of(1, 1, 1, 1, 0, 0))).toBe(3);
});

test('say what is wrong', () => {
  const made = (change: object) => () =>
    forecastInventoryEnvironment({ ...costs, demand: series, forecast: series, maxOrder: 9, ...change });
  const where = 'forecastInventoryEnvironment: ';
  expect(made({ forecast: series.slice(1) })).toThrow(
    `${where}\`forecast\` must hold a number for each of the 12 periods of \`demand\`, received 11`,
  );
  expect(made({ forecast: undefined })).toThrow('`forecast` must be a list of numbers, received undefined');
  expect(made({ horizon: 12 })).toThrow("`forecast` must hold 13 numbers or more: the horizon's and one behind it");
  expect(made({ demand: poissonDemand(2), horizon: 12 })).toThrow('`forecast` must hold 13 numbers or more');
  expect(made({ demand: [2], forecast: [2] })).toThrow('`forecast` must hold 2 numbers or more');
  expect(made({ forecast: series.with(3, Number.NaN) })).toThrow('`forecast[3]` must be a finite number >= 0');
  expect(made({ forecast: series.with(3, -1) })).toThrow('`forecast[3]` must be a finite number >= 0, received -1');
  expect(made({ bin: 0 })).toThrow('`bin` must be');
  expect(made({ bin: 1e-8 })).toThrow('`bin` must make at most 16777216 bins of the largest forecast');
  expect(made({ maxOrder: undefined })).toThrow('`maxOrder` must be');
  expect(made({ horizon: 0 })).toThrow('`horizon` must be');
  expect(made({ holding: -1 })).toThrow(`${where}\`holding\` must be`);
  expect(made({ forecasts: [] })).toThrow(/`forecasts`/);
  const shop = made({ demand: () => Number.NaN })();
  shop.reset();
  expect(() => shop.step(0)).toThrow(`${where}\`demand\` must give finite numbers (period 0)`);
  expect(() => forecastBaseStockPolicy({ safety: Number.NaN })).toThrow('`safety` must be a finite number');
  expect(() => forecastBaseStockPolicy({ bin: -1 })).toThrow('`bin` must be');
  expect(() => forecastBaseStockPolicy({ packSize: 0 })).toThrow('`packSize` must be');
  expect(() => forecastBaseStockPolicy({ safety: () => Number.NaN }).act([1, 2])).toThrow(
    'act: `safety` must be a finite number',
  );
  expect(() => forecastBaseStockPolicy().act([3])).toThrow('`observation` must end with a forecast >= 0');
  expect(() => forecastBaseStockPolicy().act([3, -1])).toThrow('`observation` must end with a forecast >= 0');
});
