import {
  bestReorderQuantity,
  discountedOrderQuantity,
  economicOrderQuantity,
  poissonDemand,
  reorderQuantityCost,
  shareBudget,
  sharedDelivery,
  wagnerWhitin,
} from 'minimart';
import { expect, test } from 'vitest';

const eoq = { demand: 3, fixedOrderCost: 8, holding: 0.2, penalty: 3 };
const discounted = { demand: 1500, fixedOrderCost: 8, holdingRate: 0.3, prices: [{ from: 0, unitCost: 0.25 }] };
const reorder = { demand: 1.5, leadTimeDemand: poissonDemand(3), holding: 20, penalty: 150, fixedOrderCost: 100 };
const product = { demand: poissonDemand(5), holding: 1, penalty: 5, unitCost: 2 };

// A number that overflows or vanishes on the way was an endless loop, or an infinite order that nobody was told of.
const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    'a fixed cost',
    () => economicOrderQuantity({ ...eoq, fixedOrderCost: 1e308 }),
    /`options` must be numbers of which `quantity` can be/,
  ],
  ['no cost of holding', () => economicOrderQuantity({ ...eoq, holding: 5e-324 }), /economicOrderQuantity: `options`/],
  [
    'a demand',
    () => discountedOrderQuantity({ ...discounted, demand: 1e308 }),
    /discountedOrderQuantity: `options`.*`cost`/,
  ],
  [
    'no step',
    () => discountedOrderQuantity({ ...discounted, prices: [null] as never }),
    /`prices\[0\].from` must be a number >= 0/,
  ],
  [
    'costs of a unit',
    () => wagnerWhitin({ demand: [1e200, 1e200], fixedOrderCost: 5, holding: 1, unitCost: 1e200 }),
    /wagnerWhitin: `options`/,
  ],
  [
    'demands',
    () => wagnerWhitin({ demand: [1e308, 1e308, 1e308], fixedOrderCost: 5, holding: 1e10, unitCost: 1 }),
    /wagnerWhitin: `options`/,
  ],
  ['a penalty', () => bestReorderQuantity({ ...reorder, penalty: 1e300 }), /`demand` must be counted in larger units/],
  [
    'a cost of orders',
    () => reorderQuantityCost({ ...reorder, demand: 1e308, reorderPoint: 3, quantity: 5 }),
    /reorderQuantityCost: `options`/,
  ],
  [
    'a penalty in a budget',
    () => shareBudget([{ ...product, penalty: 1e308 }, product], { budget: 30 }),
    /shareBudget: `options`/,
  ],
  [
    'a penalty of a delivery',
    () => sharedDelivery([{ ...product, penalty: 1e308 }, product], { fixedOrderCost: 30 }),
    /sharedDelivery: `options`/,
  ],
];

test.each(refused)('%s that no answer can be computed of is refused', async (_, run, message) => {
  await expect(async () => run()).rejects.toThrow(message);
});

test('where waiting is far cheaper than holding, the order quantity is that of the formula', () => {
  // Q = sqrt(2 K D / holding) sqrt((holding + penalty) / penalty), which goes to sqrt(2 K D / penalty) = sqrt(2 * 8 * 3 / 3).
  for (const holding of [1e9, 1e17, 1e150, 1e300]) {
    const { quantity, cost, waiting } = economicOrderQuantity({ ...eoq, holding });
    expect(quantity).toBeCloseTo(4, 6);
    expect(cost).toBeCloseTo((2 * 8 * 3) / 4, 6);
    expect(waiting).toBeCloseTo(4, 6);
  }
});

test('a large plan that can be computed is', () => {
  const { orders, cost } = wagnerWhitin({ demand: [1e200, 5], fixedOrderCost: 5, holding: 1 });
  expect([Array.from(orders), cost]).toEqual([[1e200, 5], 10]);
});
