import {
  baseStockPolicy,
  bestFixedPrice,
  type CertifyPolicyOptions,
  certifyPolicy,
  type DecisionModel,
  discreteDemand,
  fixedPricePolicy,
  inventoryEnvironment,
  logitResponse,
  newsvendor,
  type PricingOptions,
  poissonDemand,
  pricingModel,
  reorderPolicy,
  solveEpisodes,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { certificateOf } from '../../../src/rl/certify/certificate.js';

const few = { episodes: 3, steps: 100 };
const rival = { name: 'a', rewards: [], exact: -3 };

describe('a certificate with a beaten optimum', () => {
  test('does not exist', () => {
    const policies = [rival, { name: 'b', rewards: [], exact: -1 }];
    expect(() => certificateOf(policies, 'cost per period', -1.5)).toThrow(
      "certifyPolicy: the optimum must not be beaten, received a reward of -1 of 'b' (string) and -1.5 of the optimum.",
    );
    expect(certificateOf(policies, 'cost per period', -1).optimum).toBe(1);
  });

  test('of a model that changes its answers throws', async () => {
    let asked = 0;
    // Rewards rise every time they are asked for, so that what is asked last, the optimum, is put beside worse ones or none.
    const restless: DecisionModel = {
      name: 'restless',
      start: [0],
      actions: 1,
      actionMask: () => Uint8Array.of(1),
      outcomes: () => Float64Array.of(1),
      advance: (_state, _action, _outcome, next) => {
        next[0] = 0;
        asked += 1;
        return 100 - asked;
      },
    };
    await expect(certifyPolicy({ policy: { name: 'only', act: () => 0 }, model: restless })).rejects.toThrow(
      'the optimum must not be beaten',
    );
  });
});

test('goods that expire: the optimum of 2.536 is below every policy', async () => {
  // 2.536 by value iteration without bounds, see the test of the order limits.
  const shop = inventoryEnvironment({ demand: poissonDemand(1.5), leadTime: 2, shelfLife: 2, holding: 1, penalty: 19 });
  const { optimum, rivals } = await certifyPolicy({ policy: baseStockPolicy({ level: 9 }), environment: shop, ...few });
  expect(optimum).toBeCloseTo(2.536, 3);
  for (const { exact } of rivals) expect(exact).toBeGreaterThan(optimum!);
});

describe('where customers wait the optimum is shown', () => {
  const options = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4, unmet: 'backordered' as const };

  test('of base-stock: the newsvendor for the lead time and one period', async () => {
    // Orders of up to 40 never bind: Poisson(5) exceeds 40 once in 10^22 periods.
    const { optimum, gapToOptimum } = await certifyPolicy({
      policy: baseStockPolicy({ level: 16 }),
      environment: inventoryEnvironment({ ...options, maxOrder: 40 }),
      ...few,
    });
    const best = newsvendor({ demand: poissonDemand(15), holding: 1, penalty: 4 }).cost;
    expect(optimum).toBeCloseTo(best, 9);
    expect(gapToOptimum!.value).toBeGreaterThan(0);
  });

  test('of (s, S), and where a largest order binds that of the limited problem', async () => {
    const shop = (maxOrder: number) => inventoryEnvironment({ ...options, fixedOrderCost: 20, maxOrder });
    const policy = reorderPolicy({ reorderPoint: 9, orderUpTo: 25 });
    const free = await certifyPolicy({ policy, environment: shop(90), ...few });
    expect(free.optimum).toBeCloseTo(free.rivals[0]!.exact!, 6);
    const bound = await certifyPolicy({ policy, environment: shop(9), ...few });
    expect(bound.optimum).toBeGreaterThan(free.optimum!);
    expect(bound.rivals[0]!.exact).toBeGreaterThan(bound.optimum! - 1e-6);
  });
});

test('lost sales with a fixed cost: optimum and best (s, S)', async () => {
  const options = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4, fixedOrderCost: 20, maxOrder: 40 };
  const { optimum, best } = await certifyPolicy({
    policy: reorderPolicy({ reorderPoint: 11, orderUpTo: 27 }),
    environment: inventoryEnvironment(options),
    ...few,
  });
  expect([best!.name, best!.exact]).toEqual(['(10, 23)', expect.closeTo(14.079, 3)]);
  expect(optimum).toBeLessThan(14.079);
});

test('a problem too large to be solved has simulated rivals and no optimum', async () => {
  const shop = inventoryEnvironment({ demand: poissonDemand(100), leadTime: 2, holding: 1, penalty: 4, maxOrder: 320 });
  const { rivals, optimum, table } = await certifyPolicy({
    policy: baseStockPolicy({ level: 310 }),
    environment: shop,
    ...few,
    episodes: 2,
  });
  expect(optimum).toBeUndefined();
  expect(rivals.map(({ exact }) => exact)).toEqual([undefined, undefined, undefined]);
  expect(table).not.toContain('optimum');
});

describe('a season', () => {
  const options: PricingOptions = {
    prices: [8, 10, 12, 14],
    demand: logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 }),
    stock: 20,
    horizon: 6,
  };

  test('is measured as a whole, beside the best price that never changes', async () => {
    const { optimum, policy, best, measure, gapToOptimum } = await certifyPolicy({
      policy: fixedPricePolicy({ action: 1 }),
      model: pricingModel(options),
    });
    const { expectedReturn } = await solveEpisodes({ model: pricingModel(options) });
    const fixed = await bestFixedPrice(options);
    expect([measure, optimum]).toEqual(['reward per episode', expect.closeTo(expectedReturn, 9)]);
    expect([best!.name, best!.exact]).toEqual([`always ${fixed.price}`, expect.closeTo(fixed.profit, 9)]);
    // Every unit sells at 10, or the season ends: no more than 200.
    expect(policy.exact).toBeLessThanOrEqual(200);
    expect(gapToOptimum).toMatchObject({ unit: 'percent' });
  });

  test('is what one-period arithmetic says', async () => {
    // Demand of exactly the mean is not there: Poisson(4) at price 10, at most 1 unit: 10 (1 - e^-4); at 14: 14 (1 - e^-w).
    const one = { ...options, prices: [10, 14], stock: 1, horizon: 1 };
    const share = 8 / (1 + Math.exp(0.5 * 4));
    const worth = [10 * (1 - Math.exp(-4)), 14 * (1 - Math.exp(-share))];
    const { optimum } = await certifyPolicy({ policy: fixedPricePolicy({ action: 0 }), model: pricingModel(one) });
    expect(optimum).toBeCloseTo(Math.max(...worth), 9);
  });
});

describe('gaps to nothing are absolute', () => {
  test('no demand at all', async () => {
    const shop = inventoryEnvironment({
      demand: discreteDemand([1]),
      leadTime: 1,
      holding: 1,
      penalty: 4,
      maxOrder: 9,
      initialStock: 0,
    });
    const { gapToOptimum, gapToBest, table } = await certifyPolicy({
      policy: baseStockPolicy({ level: 3 }),
      environment: shop,
      ...few,
    });
    // Three units held for ever.
    expect(gapToOptimum).toMatchObject({ value: expect.closeTo(3, 6), unit: 'absolute' });
    expect(gapToBest).toMatchObject({ value: expect.closeTo(3, 6), unit: 'absolute' });
    expect(table).toContain('base-stock 3 is 3.000 worse than it.');
    expect(table).not.toMatch(/NaN|Infinity/);
  });

  test('a recorded series of zeros', async () => {
    const shop = inventoryEnvironment({ demand: [0, 0, 0, 0], holding: 1, penalty: 4, maxOrder: 5 });
    const { gapToBest } = await certifyPolicy({ policy: baseStockPolicy({ level: 2 }), environment: shop });
    expect(gapToBest).toMatchObject({ value: 2, unit: 'absolute' });
  });
});

test('explicit undefined is the default', async () => {
  const shop = inventoryEnvironment({ demand: poissonDemand(2), leadTime: 1, holding: 1, penalty: 4, maxOrder: 9 });
  const nothing = { episodes: undefined, steps: undefined, warmUp: undefined, seed: undefined, against: undefined };
  const policy = baseStockPolicy({ level: 5 });
  const said = await certifyPolicy({ policy, environment: shop, ...({ ...nothing, signal: undefined } as object) });
  expect(said).toEqual(await certifyPolicy({ policy, environment: shop }));
  expect([said.episodes, said.steps, said.seed]).toEqual([30, 1000, 1_000_000]);
  const { given: _given, ...plain } = shop;
  expect((await certifyPolicy({ policy, environment: plain, ...({ ...nothing } as object) })).table).not.toContain(
    'NaN',
  );
});

describe('what users wrote is checked at the door', () => {
  const shop = inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4 });
  const policy = baseStockPolicy({ level: 3 });

  test.each<[string, unknown, unknown, string]>([
    [
      'no policy',
      undefined,
      shop,
      'certifyPolicy: `policy` must be an object with a function `act`, received undefined.',
    ],
    ['no name', { act: () => 0 }, shop, 'certifyPolicy: `policy` must have a name, a string, received undefined.'],
    ['a fraction', { name: 'half', act: () => 0.5 }, shop, "take legal actions only ('half'), received 0.5 (number)."],
    ['no action', { name: 'mute', act: () => undefined }, shop, "legal actions only ('mute'), received undefined."],
    [
      'no place',
      policy,
      undefined,
      'certifyPolicy: `environment` must be given, or else `model`, and not both, received undefined.',
    ],
    [
      'half a model',
      policy,
      { advance: () => 0 },
      'certifyPolicy: `model` must be an object with a function `actionMask`',
    ],
  ])('%s', async (_name, wrong, place, message) => {
    const where = place === shop ? { environment: shop } : { model: place as DecisionModel };
    await expect(certifyPolicy({ policy: wrong as typeof policy, ...where })).rejects.toThrow(message);
  });

  test('an environment and a model at once, and neither, also where it is compiled', async () => {
    const model = pricingModel({ prices: [1], demand: () => 1 });
    // @ts-expect-error: neither.
    const neither: CertifyPolicyOptions = { policy };
    // @ts-expect-error: both.
    const both: CertifyPolicyOptions = { policy, environment: shop, model };
    for (const wrong of [neither, both]) {
      await expect(certifyPolicy(wrong)).rejects.toThrow('certifyPolicy: `environment` must be given, or else `model`');
    }
  });

  test('rewards that are no numbers', async () => {
    const { given: _given, ...plain } = shop;
    const broken = { ...plain, step: (action: number) => ({ ...shop.step(action), reward: Number.NaN }) };
    await expect(certifyPolicy({ policy, environment: broken })).rejects.toThrow(
      'certifyPolicy: `environment` must give finite rewards, received NaN',
    );
    const silent = { ...plain, step: () => undefined as never };
    await expect(certifyPolicy({ policy, environment: silent })).rejects.toThrow(
      'must give finite rewards, received undefined',
    );
  });

  test('a policy that never answers can be stopped', async () => {
    const stop = new AbortController();
    const hanging = { name: 'hanging', act: () => new Promise<number>(() => stop.abort(new Error('enough'))) };
    const { given: _given, ...plain } = shop;
    await expect(certifyPolicy({ policy: hanging, environment: plain, signal: stop.signal })).rejects.toThrow('enough');
  });
});
