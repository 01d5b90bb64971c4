import {
  baseStockPolicy,
  bestReorder,
  constantElasticityResponse,
  type DecisionModel,
  discreteDemand,
  evaluatePolicy,
  fixedPricePolicy,
  inventoryEnvironment,
  inventoryModel,
  logitResponse,
  lognormalDemand,
  myopicPolicy,
  newsvendor,
  poissonDemand,
  pricingEnvironment,
  pricingModel,
  relativeValueIteration,
  reorderPolicy,
  solveEpisodes,
  UnsolvedModelError,
  wholeUnitDemand,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const costs = { holding: 1, penalty: 4 };

describe('policies answer outside of what they were made for', () => {
  const myopic = myopicPolicy({ ...costs, demand: poissonDemand(5), leadTime: 2 });
  test.each<[string, () => number, number]>([
    // Level 5 less 1.4, rounded: 5 - 1.
    ['fractions are rounded', () => baseStockPolicy({ level: 5 }).act([1.4, 0]), 4],
    ['far above the level', () => baseStockPolicy({ level: 5 }).act([1e15]), 0],
    ['only a larger order is legal', () => baseStockPolicy({ level: 5 }).act([5], Uint8Array.of(0, 0, 1)), 2],
    ['(s, S) with fractions', () => reorderPolicy({ reorderPoint: 4, orderUpTo: 10 }).act([3.6]), 6],
    ['myopic, below zero, as at zero', () => myopic.act([-5, 3]), myopic.act([0, 3])],
    ['myopic, a shelf of a billion', () => myopic.act([1e9, 3]), 0],
  ])('%s', (_name, act, order) => {
    expect(act()).toBe(order);
  });

  test('the optimal policy orders nothing at a stock it never has, and what it would at the nearest', async () => {
    const { policy } = await relativeValueIteration({
      model: inventoryModel({ ...costs, demand: poissonDemand(5), leadTime: 2 }),
    });
    expect(policy.act([60, 0])).toBe(0);
    expect(policy.act([-3, 0])).toBe(policy.act([0, 0]));
  });

  test('so does that of a season', async () => {
    const season = pricingModel({ prices: [1, 2], demand: () => 1, stock: 3, horizon: 2 });
    const { policy } = await solveEpisodes({ model: season });
    expect(policy.act([99, 2])).toBe(policy.act([3, 2]));
  });

  test.each<[string, () => unknown, string]>([
    ['NaN', () => baseStockPolicy({ level: 5 }).act([Number.NaN]), 'act: `observation` must hold finite numbers'],
    ['no list', () => baseStockPolicy({ level: 5 }).act('12' as never), 'act: `observation` must be a list of numbers'],
    ['no legal action', () => baseStockPolicy({ level: 5 }).act([1], new Uint8Array(3)), '`actionMask` must leave'],
    [
      'no price',
      () => fixedPricePolicy({ action: -1 }),
      'fixedPricePolicy: `action` must be a whole number >= 0, received -1',
    ],
  ])('but refuse %s', (_name, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('responses stay finite', () => {
  test('the logit response of a price far below the middle: everyone buys', () => {
    // w = exp(799) overflows; 800 w / (1 + w) is 800 to all digits.
    expect(logitResponse({ customers: 800, middle: 800, sensitivity: 1 })(1, { period: 0 })).toBe(800);
    // Own and the competitor's weight alike: half of the customers each.
    const even = logitResponse({ customers: 800, middle: 1e6, sensitivity: 1 });
    expect(even(1, { period: 0, competitor: 1 })).toBe(400);
    expect(even(1e9, { period: 0, competitor: 1 })).toBe(0);
  });

  test('an elastic response has no answer to a price of nothing', () => {
    const response = constantElasticityResponse({ units: 1, at: 1, elasticity: 2 });
    expect(() => response(0, { period: 0 })).toThrow(
      'constantElasticityResponse: `price` must be above 0, received 0 (number).',
    );
  });
});

describe('what users wrote is checked', () => {
  const play = (demand: unknown) => {
    const shop = inventoryEnvironment({ ...costs, demand: demand as never, maxOrder: 3 });
    shop.reset();
    return shop.step(1);
  };
  const ask = (demand: unknown) => {
    const shop = pricingEnvironment({ prices: [1], demand: demand as never });
    shop.reset();
    return shop.step(0);
  };
  test.each<[string, () => unknown, string]>([
    [
      'a negative demand',
      () => play(() => -1),
      'inventoryEnvironment: `demand` must give numbers >= 0 (period 0), received -1',
    ],
    ['a promised demand', () => play(async () => 1), 'received an instance of Promise (object)'],
    ['an endless demand', () => play(() => 1e300), 'inventoryEnvironment: `demand` must give at most 1000000000 units'],
    [
      'half a distribution',
      () => play({ sample: () => 1 }),
      'inventoryEnvironment: `demand` must be a distribution, such as',
    ],
    ['a promised mean', () => ask(async () => 1), 'pricingEnvironment: `demand` must give finite means >= 0'],
    ['an endless mean', () => ask(() => 1e9), 'pricingEnvironment: `demand` must give means of at most 100000 units'],
    ['no demand', () => newsvendor({ ...costs } as never), 'newsvendor: `demand` must be a distribution'],
    [
      'a table of a billion',
      () => wholeUnitDemand(lognormalDemand(6, 3)),
      'wholeUnitDemand: `demand` must stay below 1048576',
    ],
    ['too many periods', () => poissonDemand(90_000).over(100), 'over: `periods` must leave a mean of at most 900000'],
    [
      'a misspelt seed',
      () => inventoryEnvironment({ ...costs, demand: [1] }).reset({ sed: 1 } as never),
      'reset: `sed` must be left out',
    ],
    [
      'a misspelt competitor',
      () => pricingEnvironment({ prices: [1], demand: () => 1, competitors: { price: [1] } as never }),
      '`price` must be left out',
    ],
  ])('%s', (_name, run, message) => {
    expect(run).toThrow(message);
  });

  const still: DecisionModel = {
    name: 'still',
    start: [0],
    actions: 1,
    actionMask: () => Uint8Array.of(1),
    outcomes: () => Float64Array.of(1),
    advance: (_state, _action, _outcome, next) => {
      next[0] = 0;
      return 1;
    },
  };
  test.each<[string, Partial<DecisionModel>, string]>([
    ['a negative probability', { outcomes: () => Float64Array.of(1.1, -0.1) }, 'have outcomes with probabilities >= 0'],
    ['no next state', { advance: () => 1 }, 'must write every entry of the state that follows'],
    ['a short mask', { actions: 2 }, 'must have action masks of 2 numbers, received 1'],
    ['a mask of other numbers', { actionMask: () => Uint8Array.of(3) }, 'must have action masks of ones and zeros'],
    ['a start between states', { start: [0.5] }, '`model.start` must hold whole numbers'],
    ['a promised reward', { advance: (async () => 1) as never }, 'must have finite rewards'],
  ])('a model with %s', async (_name, wrong, message) => {
    await expect(relativeValueIteration({ model: { ...still, ...wrong } })).rejects.toThrow(message);
  });

  test('a season is no problem of the long run', async () => {
    const season = pricingModel({ prices: [1, 2], demand: () => 1, stock: 3, horizon: 2 });
    await expect(relativeValueIteration({ model: season })).rejects.toThrow('`model` must go on for ever');
    await expect(evaluatePolicy({ model: season, policy: fixedPricePolicy({ action: 0 }) })).rejects.toThrow(
      '`model` must go on for ever',
    );
  });

  test('a policy that lets ever more customers wait is not valued', async () => {
    const model = inventoryModel({ ...costs, demand: poissonDemand(5), unmet: 'backordered', maxOrder: 9 });
    const error = await evaluatePolicy({ model, policy: { name: 'never', act: () => 0 } }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UnsolvedModelError);
    expect(() => inventoryModel({ ...costs, demand: poissonDemand(5), unmet: 'backordered', maxOrder: 5 })).toThrow(
      'inventoryModel: `maxOrder` must exceed the mean demand where customers wait, 5, received 5 (number).',
    );
  });

  test('a fixed cost so high that many customers wait: the model still holds the optimum', async () => {
    const problem = { ...costs, demand: poissonDemand(2), fixedOrderCost: 200 };
    const { cost } = await bestReorder(problem);
    const model = inventoryModel({ ...problem, unmet: 'backordered', maxOrder: 60, capacity: 60 });
    expect(-(await relativeValueIteration({ model })).averageReward).toBeCloseTo(cost, 5);
  });
});

test('sums by Fourier transform are those of the closed form', () => {
  // Binomial(3000, 0.3) twice is Binomial(6000, 0.3): mean 1800, variance 1260; the tables are too long for plain products.
  const share = (count: number) => {
    const table = Float64Array.from({ length: count + 1 });
    let log = count * Math.log(0.7);
    for (let k = 0; k <= count; k += 1) {
      table[k] = Math.exp(log);
      log += Math.log(((count - k) / (k + 1)) * (0.3 / 0.7));
    }
    return table;
  };
  const twice = discreteDemand(share(3000)).over(2);
  const expected = share(6000);
  for (const units of [1650, 1799, 1800, 1900, 2000]) {
    expect(Math.abs(twice.probabilities![units]! - expected[units]!)).toBeLessThan(1e-13);
  }
  expect(twice.mean).toBeCloseTo(1800, 8);
});
