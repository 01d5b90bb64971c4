import {
  certifyPolicy,
  checkEnvironment,
  discreteDemand,
  evaluatePolicy,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
  type SharedInventoryOptions,
  shareBudget,
  sharedBaseStockPolicy,
  sharedInventoryEnvironment,
  sharedInventoryModel,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// Demand of exactly 3 and of exactly 1.
const [three, one] = [discreteDemand([0, 0, 0, 1]), discreteDemand([0, 1])];
const certain = {
  products: [
    { demand: three, leadTime: 2, holding: 1, penalty: 9, unitCost: 2, packSize: 2 },
    { demand: one, holding: 5, penalty: 20 },
  ],
  budget: 15,
  mostPacks: 4,
};

describe('an environment of several products', () => {
  test('goes by turns, in packs, as far as the budget allows', () => {
    const shop = sharedInventoryEnvironment(certain);
    // First product: stock, and what arrives in a period; second: stock; ordered of the first in this period; whose turn.
    const begin = shop.reset({ seed: 1 });
    expect([...begin.observation]).toEqual([0, 0, 0, 0, 0]);
    // A pack costs 4: three of them cost 12, four 16.
    expect([...begin.actionMask!]).toEqual([1, 1, 1, 1, 0]);
    const first = shop.step(2);
    expect([...first.observation]).toEqual([0, 0, 0, 4, 1]);
    expect(first.reward).toBe(0);
    // 15 less 8 leaves 7 of the second.
    expect([...first.actionMask!]).toEqual([1, 1, 1, 1, 1]);
    const second = shop.step(3);
    // Three of the first missing at 9; of the second two left at 5.
    expect(second.reward).toBe(-(27 + 10));
    expect([...second.observation]).toEqual([0, 4, 2, 0, 0]);
    // 15 less 8 less 2 leaves one pack of 4.
    expect([...second.actionMask!]).toEqual([1, 1, 0, 0, 0]);
    shop.step(1);
    const third = shop.step(0);
    // Again three missing; one left. The pack of two periods ago is there.
    expect(third.reward).toBe(-(27 + 5));
    expect([...third.observation]).toEqual([4, 2, 1, 0, 0]);
    shop.step(0);
    // One of the first left and none of the second; then the last pack comes.
    const fourth = shop.step(0);
    expect(fourth.reward).toBe(-1);
    expect([...fourth.observation]).toEqual([3, 0, 0, 0, 0]);
  });

  test('is one that learners can trust, shows the same demand to all, and goes on from where it was', async () => {
    const products = [4, 2].map((mean) => ({ demand: poissonDemand(mean), holding: 1, penalty: 9 }));
    const given = { products, budget: 12, mostPacks: 6, horizon: 50 };
    await checkEnvironment(sharedInventoryEnvironment(given));
    const [one, other] = [sharedInventoryEnvironment(given), sharedInventoryEnvironment(given)];
    one.reset({ seed: 4 });
    other.reset({ seed: 4 });
    for (let step = 0; step < 20; step += 1) one.step(0);
    other.restore!(one.state!());
    const rewards = (shop: typeof one) => Array.from({ length: 40 }, () => shop.step(0).reward);
    const expected = rewards(one);
    expect(rewards(other)).toEqual(expected);
  });

  test('has the same demand whatever is ordered', () => {
    const products = [4, 2].map((mean) => ({ demand: poissonDemand(mean), holding: 1, penalty: 9 }));
    const [empty, full] = [0, 1].map(() => sharedInventoryEnvironment({ products, budget: 200, mostPacks: 100 }));
    empty!.reset({ seed: 4 });
    full!.reset({ seed: 4 });
    let left = 200;
    for (let period = 0; period < 10; period += 1) {
      const order = period === 0 ? 100 : 0;
      full!.step(order);
      const held = -full!.step(order).reward;
      empty!.step(0);
      // Without stock the penalty counts the demand; with much of it what is gone does.
      expect(-empty!.step(0).reward).toBe(9 * (left - held));
      left = held;
    }
  });

  test('ends after its horizon', () => {
    const shop = sharedInventoryEnvironment({ ...certain, horizon: 1 });
    shop.reset({ seed: 1 });
    expect(shop.step(0).truncated).toBe(false);
    expect(shop.step(0).truncated).toBe(true);
    expect(() => shop.step(0)).toThrow(/`action` must follow a reset/);
  });
});

describe('the exact model of several products', () => {
  test('of one product is that of a capacity', async () => {
    const product = { demand: poissonDemand(2), leadTime: 2, holding: 1, penalty: 9 };
    const alone = await relativeValueIteration({ model: inventoryModel({ ...product, capacity: 8, maxOrder: 5 }) });
    const shared = await relativeValueIteration({
      model: sharedInventoryModel({ products: [{ ...product, unitCost: 3 }], budget: 24, mostPacks: 5 }),
    });
    expect(shared.averageReward).toBeCloseTo(alone.averageReward, 6);
  });

  test('costs what two products cost alone where the budget is enough', async () => {
    const products = [
      { demand: poissonDemand(0.6), leadTime: 1, holding: 1, penalty: 9 },
      { demand: poissonDemand(0.3), leadTime: 1, holding: 1, penalty: 20 },
    ];
    const { averageReward } = await relativeValueIteration({
      model: sharedInventoryModel({ products, budget: 14, mostPacks: 4 }),
    });
    let alone = 0;
    for (const product of products) {
      const model = inventoryModel({ ...product, maxOrder: 4, capacity: 14 });
      alone += (await relativeValueIteration({ model })).averageReward;
    }
    expect(2 * averageReward).toBeCloseTo(alone, 5);
  });

  test('has base-stock cost what shareBudget says where orders come at once', async () => {
    const products = [
      { demand: poissonDemand(2), holding: 1, penalty: 9 },
      { demand: poissonDemand(1), holding: 2, penalty: 30, unitCost: 2 },
    ];
    for (const budget of [4, 7, 10]) {
      const { levels, cost } = await shareBudget(products, { budget });
      const model = sharedInventoryModel({ products, budget, mostPacks: 10 });
      const policy = sharedBaseStockPolicy({ products, levels });
      expect(-2 * (await evaluatePolicy({ model, policy })).averageReward).toBeCloseTo(cost, 6);
      // Without a lead time nothing is better than base-stock, but for the part of a unit of money that is left.
      const { optimum, gapToOptimum } = await certifyPolicy({ policy, model });
      expect(-2 * optimum!).toBeLessThanOrEqual(cost + 1e-9);
      expect(gapToOptimum!.value).toBeLessThan(3);
    }
  });

  test('agrees with episodes of the environment', async () => {
    const products = [
      { demand: poissonDemand(2), leadTime: 1, holding: 1, penalty: 9 },
      { demand: poissonDemand(1), leadTime: 2, holding: 1, penalty: 20, unitCost: 2, packSize: 2 },
    ];
    const problem = { products, budget: 14, mostPacks: 6 };
    const policy = sharedBaseStockPolicy({ products, levels: [6, 4] });
    const { averageReward } = await evaluatePolicy({ model: sharedInventoryModel(problem), policy });
    const environment = sharedInventoryEnvironment({ ...problem, horizon: 2000 });
    const played = await certifyPolicy({ policy, environment, steps: 2000, warmUp: 100, episodes: 40 });
    const [low, high] = played.policy.interval;
    const reach = high - low;
    expect(Math.abs(played.policy.value - averageReward)).toBeLessThan(reach);
  });
});

test('what is no problem of several products is refused', () => {
  const refused = (change: object, message: RegExp) => {
    const given = { ...certain, ...change } as SharedInventoryOptions;
    expect(() => sharedInventoryEnvironment(given)).toThrow(message);
    expect(() => sharedInventoryModel(given)).toThrow(message);
  };
  refused({ products: [] }, /`products` must/);
  refused(
    { products: [{ ...certain.products[0], unitCost: 0 }] },
    /`products\[0\].unitCost` must be a positive number, received 0/,
  );
  refused({ budget: 0.5 }, /buy a pack of some product: the cheapest costs 1, received 0.5/);
  refused({ mostPacks: 0 }, /`mostPacks` must/);
  const policy = (levels: unknown) => () =>
    sharedBaseStockPolicy({ products: certain.products, levels: levels as number[] });
  expect(policy([1])).toThrow(/`levels` must be a list of 2/);
  expect(policy([1, -1])).toThrow(/`levels\[1\]` must/);
  expect(() => policy([1, 1])().act([0, 0, 0, 0, 2])).toThrow(/end with a turn from 0 to 1/);
  expect(() => policy([1, 1])().act([0, 0])).toThrow(/must be a list of 5 numbers/);
});
