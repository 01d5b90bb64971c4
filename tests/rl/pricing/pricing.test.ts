import {
  bestFixedPrice,
  checkEnvironment,
  constantElasticityResponse,
  evaluatePolicy,
  fixedPricePolicy,
  logitResponse,
  type PricingOptions,
  pricingEnvironment,
  pricingModel,
  relativeValueIteration,
  solveEpisodes,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const season: PricingOptions = { prices: [8, 12], demand: (price) => 20 / price, stock: 3, horizon: 2 };
const competitors = {
  prices: [9, 11],
  transitions: [
    [0.9, 0.1],
    [0.4, 0.6],
  ],
};
const response = logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 });

describe('pricingEnvironment', () => {
  test.each<[string, Partial<PricingOptions>, number]>([
    ['no state', {}, 1],
    ['a season', { stock: 20, horizon: 10 }, 2],
    ['remembered prices', { remembered: 3 }, 3],
    ['competitors', { competitors }, 1],
    ['markdowns', { stock: 20, horizon: 10, markdown: true }, 3],
    ['markdowns of remembered prices', { remembered: 2, markdown: true }, 2],
    ['all of it', { stock: 20, horizon: 10, remembered: 2, competitors }, 5],
  ])('is a right environment with %s', (_name, options, size) => {
    const shop = pricingEnvironment({ prices: [8, 10, 12], demand: response, horizon: 30, ...options });
    expect(shop.observationSpace.low).toHaveLength(size);
    expect(checkEnvironment(shop)).toEqual([]);
  });

  test('customers remember the last prices and see the competitors', () => {
    const seen: object[] = [];
    const shop = pricingEnvironment({
      prices: [8, 10, 12],
      remembered: 2,
      competitors: { prices: [9], transitions: [[1]] },
      demand: (_price, market) => {
        seen.push(market);
        return 1;
      },
    });
    expect([...shop.reset().observation]).toEqual([2, 2, 0]);
    expect([...shop.step(0).observation]).toEqual([0, 2, 0]);
    expect([...shop.step(1).observation]).toEqual([1, 0, 0]);
    shop.step(1);
    expect(seen).toEqual([12, 10, 9].map((reference) => ({ period: 0, competitor: 9, reference })));
  });

  test('sells no more than there is, and the rest at the end', () => {
    const shop = pricingEnvironment({ prices: [5], demand: () => 1000, unitCost: 2, stock: 4, horizon: 3 });
    shop.reset();
    expect(shop.step(0)).toMatchObject({ reward: 12, terminated: true, sales: { sold: 4 } });
    expect(() => shop.step(0)).toThrow('no episode is under way');
    const quiet = pricingEnvironment({ prices: [5], demand: () => 0, stock: 4, salvage: 1.5, horizon: 2 });
    quiet.reset();
    expect(quiet.step(0)).toMatchObject({ reward: 0, terminated: false });
    expect(quiet.step(0)).toMatchObject({ reward: 6, terminated: true, truncated: false });
  });

  test.each([
    [{ prices: [] }, 'pricingEnvironment: `prices` must hold at least one price, received [] (array).'],
    [{ prices: [-1] }, 'pricingEnvironment: `prices` must be a number >= 0, received -1 (number).'],
    [{ stock: 3 }, 'pricingEnvironment: `horizon` must be given with `stock`, received undefined.'],
    [
      {
        competitors: {
          prices: [1, 2],
          transitions: [
            [1, 0],
            [0.5, 0.4],
          ],
        },
      },
      'pricingEnvironment: `probabilities` must sum to 1, received 0.9',
    ],
    [{ prices: [1, 3, 2], markdown: true }, '`prices` must rise, where `markdown` is true, received [1, 3, 2]'],
    [{ competitors: { prices: [1, 2], transitions: [[1]] } }, '`competitors.transitions` must be a table of 2 by 2'],
  ])('refuses %j', (wrong, message) => {
    expect(() => pricingEnvironment({ prices: [1, 2], demand: () => 1, ...wrong })).toThrow(message);
  });

  test('a price that was lowered stays so', () => {
    const markets: object[] = [];
    const demand = (_price: number, market: object) => {
      markets.push(market);
      return 0;
    };
    const shop = pricingEnvironment({ prices: [4, 6, 8], demand, stock: 5, horizon: 9, markdown: true });
    const { observation, actionMask } = shop.reset();
    expect([[...observation], [...actionMask!]]).toEqual([
      [5, 9, 2],
      [1, 1, 1],
    ]);
    const next = shop.step(1);
    expect([[...next.observation], [...next.actionMask!]]).toEqual([
      [5, 8, 1],
      [1, 1, 0],
    ]);
    expect(() => shop.step(2)).toThrow('`action` must ask for the last price or a lower one, received 2');
    shop.step(0);
    expect(() => shop.step(1)).toThrow('`action` must ask for the last price');
    // Customers remember nothing.
    expect(markets).toEqual([{ period: 0 }, { period: 1 }]);
  });

  test('refuses demand that is no number', () => {
    const shop = pricingEnvironment({ prices: [1], demand: () => Number.NaN });
    shop.reset();
    expect(() => shop.step(0)).toThrow(
      'pricingEnvironment: `demand` must give finite means >= 0, received NaN (number).',
    );
  });
});

describe('exact answers', () => {
  test('the best price of a period is the one that arithmetic gives', async () => {
    // price * 8 w / (1 + w), w = exp(0.5 (10 - price)).
    const profit = (price: number) => (price * 8) / (1 + Math.exp(-0.5 * (10 - price)));
    const prices = [6, 7, 8, 9, 10];
    const best = await bestFixedPrice({ prices, demand: response });
    expect(best.profit).toBeCloseTo(Math.max(...prices.map(profit)), 6);
    expect(best.price).toBe(prices.reduce((top, price) => (profit(price) > profit(top) ? price : top)));
  });

  test('a season is worth what the recursion gives', async () => {
    const mass = (mean: number, units: number): number =>
      units === 0 ? Math.exp(-mean) : (mass(mean, units - 1) * mean) / units;
    const value = (stock: number, periods: number): number => {
      if (stock === 0 || periods === 0) return 0;
      const worth = [8, 12].map((price) => {
        let [sum, rest] = [0, 1];
        for (let units = 0; units < stock; units += 1) {
          rest -= mass(20 / price, units);
          sum += mass(20 / price, units) * (price * units + value(stock - units, periods - 1));
        }
        return sum + rest * price * stock;
      });
      return Math.max(...worth);
    };
    for (const [stock, horizon] of [
      [3, 2],
      [6, 3],
    ] as const) {
      const { expectedReturn } = await solveEpisodes({ model: pricingModel({ ...season, stock, horizon }) });
      expect(expectedReturn).toBeCloseTo(value(stock, horizon), 9);
    }
  });

  test('a season of markdowns is worth what the recursion gives, between a fixed price and a free one', async () => {
    const mass = (mean: number, units: number): number =>
      units === 0 ? Math.exp(-mean) : (mass(mean, units - 1) * mean) / units;
    const prices = [5, 8, 12];
    // Only the first customers look at the price, so that a free one would rise.
    const mean = (price: number, period: number) => (period === 0 ? 60 / price ** 2 : 3);
    const value = (stock: number, period: number, last: number): number => {
      if (stock === 0 || period === 3) return 0;
      const worth = prices.slice(0, last + 1).map((price, action) => {
        let [sum, rest] = [0, 1];
        for (let units = 0; units < stock; units += 1) {
          const chance = mass(mean(price, period), units);
          rest -= chance;
          sum += chance * (price * units + value(stock - units, period + 1, action));
        }
        return sum + rest * price * stock;
      });
      return Math.max(...worth);
    };
    const problem: PricingOptions = {
      ...{ prices, stock: 10, horizon: 3 },
      demand: (price, { period }) => mean(price, period),
    };
    const solved = async (options: PricingOptions) =>
      (await solveEpisodes({ model: pricingModel(options) })).expectedReturn;
    const falling = await solved({ ...problem, markdown: true });
    expect(falling).toBeCloseTo(value(10, 0, 2), 9);
    expect(falling).toBeLessThan((await solved(problem)) - 1);
    const { profit } = await bestFixedPrice({ ...problem, markdown: true });
    expect(falling).toBeGreaterThan(profit - 1e-9);
    expect(profit).toBeCloseTo((await bestFixedPrice(problem)).profit, 9);
  });

  test('a moving price earns at least as much as the best fixed one, and simulation agrees', async () => {
    const options = { prices: [8, 10, 12, 14], demand: response, stock: 12, horizon: 5, salvage: 1 };
    const { expectedReturn, policy } = await solveEpisodes({ model: pricingModel(options) });
    expect(expectedReturn).toBeGreaterThan((await bestFixedPrice(options)).profit);
    const shop = pricingEnvironment(options);
    let sum = 0;
    shop.reset({ seed: 1 });
    for (let episode = 0; episode < 20_000; episode += 1) {
      let seen: { observation: Float32Array; terminated?: boolean; reward?: number } = shop.reset();
      while (!seen.terminated) {
        seen = shop.step(policy.act(seen.observation));
        sum += seen.reward!;
      }
    }
    // A season's deviation is about 25: the standard error is below 0.2.
    expect(Math.abs(sum / 20_000 - expectedReturn)).toBeLessThan(0.8);
  });

  test('against competitors, the optimum is what each of their prices asks for, weighted by how long it lasts', async () => {
    const model = pricingModel({ prices: [7, 8, 9, 10], demand: response, competitors });
    const { averageReward, policy } = await relativeValueIteration({ model });
    // Their price is 9 in 0.4 / (0.1 + 0.4) of all periods.
    const best = [9, 11].map((theirs) =>
      Math.max(...[7, 8, 9, 10].map((price) => price * response(price, { period: 0, competitor: theirs }))),
    );
    expect(averageReward).toBeCloseTo(0.8 * best[0]! + 0.2 * best[1]!, 6);
    const fixed = await evaluatePolicy({ model, policy: fixedPricePolicy({ action: 1 }) });
    expect(fixed.averageReward).toBeLessThanOrEqual(averageReward + 1e-8);
    expect(policy.act([1])).toBeGreaterThanOrEqual(policy.act([0]));
  });

  test('a model whose episodes never end is refused', async () => {
    await expect(solveEpisodes({ model: pricingModel({ prices: [1], demand: () => 1 }) })).rejects.toThrow(
      'must have episodes that end',
    );
  });
});

test('responses follow their formulas', () => {
  const demand = constantElasticityResponse({
    units: 100,
    at: 10,
    elasticity: 2,
    crossElasticity: 1,
    referenceEffect: 0.5,
  });
  expect(demand(10, { period: 0 })).toBe(100);
  expect(demand(20, { period: 0, competitor: 20 })).toBeCloseTo(50, 12);
  // 100 * (1 + 0.5 (8 - 10) / 8) = 87.5.
  expect(demand(10, { period: 0, reference: 8 })).toBeCloseTo(87.5, 12);
  // 8 / (1 + 1 + e^0.5): a competitor one below.
  expect(response(10, { period: 0, competitor: 9 })).toBeCloseTo(8 / (2 + Math.exp(0.5)), 12);
  expect(() => constantElasticityResponse({ units: 0, at: 1, elasticity: 1 })).toThrow(
    'constantElasticityResponse: `units` must be',
  );
});
