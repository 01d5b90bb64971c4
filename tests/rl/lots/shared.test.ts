import {
  inventoryEnvironment,
  newsvendorCost,
  normalDemand,
  poissonDemand,
  shareBudget,
  sharedDelivery,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const shelf = [
  { demand: poissonDemand(6), holding: 1, penalty: 9, unitCost: 4, leadTime: 1 },
  { demand: poissonDemand(2), holding: 2, penalty: 30, unitCost: 10 },
  { demand: poissonDemand(9), holding: 1, penalty: 4, unitCost: 4 },
];

const costOf = (levels: ArrayLike<number>) =>
  shelf.reduce((sum, { demand, leadTime = 0, holding, penalty }, place) => {
    const asked = demand.over(leadTime + 1);
    return sum + newsvendorCost({ quantity: levels[place]!, demand: asked, holding, penalty });
  }, 0);

// Every combination of levels within the budget.
function bestOfAll(budget: number, prices: readonly number[]) {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a <= 22; a += 1) {
    for (let b = 0; b <= 10; b += 1) {
      for (let c = 0; c <= 20; c += 1) {
        if (a * prices[0]! + b * prices[1]! + c * prices[2]! <= budget) least = Math.min(least, costOf([a, b, c]));
      }
    }
  }
  return least;
}

describe('shareBudget', () => {
  test.each([3, 9, 15, 22, 27])('is the best of all levels where units cost the same: budget %d', async (budget) => {
    const products = shelf.map((product) => ({ ...product, unitCost: 1 }));
    const found = await shareBudget(products, { budget });
    expect(found.cost).toBeCloseTo(costOf(found.levels), 9);
    expect(found.cost).toBeCloseTo(bestOfAll(budget, [1, 1, 1]), 9);
    expect(found.spent).toBeLessThanOrEqual(budget);
  });

  test.each([30, 61, 90, 120])('lies between the bound and the best where they do not: budget %d', async (budget) => {
    const found = await shareBudget(shelf, { budget });
    const best = bestOfAll(budget, [4, 10, 4]);
    expect(found.bound).toBeLessThanOrEqual(best + 1e-9);
    expect(found.cost).toBeGreaterThanOrEqual(best - 1e-9);
    // The dearest pack costs 10: at most what it would save.
    expect(found.cost - found.bound).toBeLessThanOrEqual(10 * found.multiplier + 1e-9);
    expect(found.spent).toBe(found.levels[0]! * 4 + found.levels[1]! * 10 + found.levels[2]! * 4);
    expect(found.spent).toBeLessThanOrEqual(budget);
  });

  test.each([31, 47, 62, 90])('leaves nothing unbought that fits and saves: budget %d', async (budget) => {
    const { levels, spent, cost } = await shareBudget(shelf, { budget });
    shelf.forEach(({ unitCost }, place) => {
      const more = Array.from(levels, (level, at) => level + (at === place ? 1 : 0));
      if (spent + unitCost <= budget) expect(costOf(more)).toBeGreaterThanOrEqual(cost);
    });
  });

  test('with more than enough every product has the newsvendor level, and money is worth nothing', async () => {
    const { levels, multiplier, cost, bound } = await shareBudget(shelf, { budget: 1e6 });
    expect([...levels]).toEqual(
      shelf.map(({ demand, leadTime = 0, holding, penalty }) =>
        demand.over(leadTime + 1).quantile(penalty / (penalty + holding)),
      ),
    );
    expect([multiplier, bound]).toEqual([0, cost]);
  });

  test('levels are whole packs', async () => {
    const { levels } = await shareBudget(
      [
        { demand: poissonDemand(7), holding: 1, penalty: 9, packSize: 6 },
        { demand: normalDemand(50, 8), holding: 1, penalty: 9, packSize: 20 },
      ],
      { budget: 70 },
    );
    expect([levels[0]! % 6, levels[1]! % 20]).toEqual([0, 0]);
  });

  test('says what is wrong', async () => {
    const wrong = (change: object, budget = 50) => shareBudget([{ ...shelf[0]!, ...change }], { budget });
    await expect(wrong({}, 3)).rejects.toThrow(
      'shareBudget: `budget` must buy a pack of some product: the cheapest costs 4, received 3',
    );
    await expect(wrong({}, 0)).rejects.toThrow('`budget` must be a positive number, received 0');
    await expect(wrong({ holding: 0 })).rejects.toThrow('`products[0].holding` must be a positive number, received 0');
    await expect(wrong({ packSize: 0 })).rejects.toThrow('`products[0].packSize` must be a whole number from 1');
    await expect(wrong({ demand: normalDemand(0, 1) })).rejects.toThrow(
      '`products[0].demand` must have a mean above 0',
    );
    await expect(wrong({ price: 1 })).rejects.toThrow('`price` must be left out: there is no such option');
    await expect(shareBudget([], { budget: 1 })).rejects.toThrow('`products` must not be empty');
  });
});

describe('sharedDelivery', () => {
  const products = [
    { demand: poissonDemand(4), holding: 0.5, penalty: 6, leadTime: 1 },
    { demand: poissonDemand(1), holding: 1, penalty: 9, leadTime: 1 },
  ];

  // 60,000 days of each product, ordered up to its level on every third day.
  test('costs what the environment says', async () => {
    const { every, levels, cost, costs } = await sharedDelivery(products, { fixedOrderCost: 12, mostPeriods: 8 });
    expect(costs[every - 1]).toBe(cost);
    expect(Math.min(...costs)).toBe(cost);
    expect(every).toBeGreaterThan(1);
    const days = 60_000;
    let sum = 0;
    products.forEach((product, place) => {
      const shop = inventoryEnvironment({ ...product, unmet: 'backordered', maxOrder: 90, horizon: days });
      let { observation } = shop.reset({ seed: 4 });
      for (let day = 0; day < days; day += 1) {
        const order = day % every === 0 ? Math.max(0, levels[place]! - observation[0]!) : 0;
        const step = shop.step(order);
        sum += step.period.cost;
        observation = step.observation;
      }
    });
    expect((sum / days + 12 / every) / cost).toBeCloseTo(1, 1.7);
  });

  test('says what is wrong', async () => {
    await expect(sharedDelivery(products, { fixedOrderCost: 0 })).rejects.toThrow(
      '`fixedOrderCost` must be a positive',
    );
    await expect(sharedDelivery(products, { fixedOrderCost: 1, mostPeriods: 0 })).rejects.toThrow(
      '`mostPeriods` must be a whole number from 1 to 365, received 0',
    );
  });
});
