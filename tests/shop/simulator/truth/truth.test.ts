import { expectedPurchases, itemDemand, type SimulatedShop, simulateShop } from 'minimart';
import { describe, expect, test } from 'vitest';
import { deviation, poissonDeviation, poissonSlope, total } from '../support/statistics.js';

const dayLength = 86_400_000;
const purchaseRows = ({ orders }: SimulatedShop) =>
  Array.from({ length: orders.length }, (_, row) => row).filter((row) => orders.returnOf[row]! < 0);
const dayOf = ({ orders, settings }: SimulatedShop, row: number) =>
  Math.floor((orders.times[row]! - settings.start) / dayLength);

/** The formula of the documentation, written once more: expected lines of a user, an item and a day. */
function expectedLines({ users, items, categories, seasons, prices, promotions, settings }: SimulatedShop) {
  return (user: number, item: number, day: number): number => {
    if (day < users.joinDays[user]! || day >= users.churnDays[user]!) return 0;
    const utility = (i: number) => {
      const match = Array.from({ length: settings.tasteSize }, (_, d) => d).map(
        (d) => users.tastes[user * settings.tasteSize + d]! * items.styles[i * settings.tasteSize + d]!,
      );
      return items.popularities[i]! + total(match);
    };
    const share = Math.exp(utility(item)) / total(Array.from(items.ids, (_, i) => Math.exp(utility(i))));
    const rows = Array.from({ length: prices.days.length }, (_, row) => row).slice(
      prices.offsets[item]!,
      prices.offsets[item + 1]!,
    );
    const price = prices.prices[rows.filter((row) => prices.days[row]! <= day).at(-1)!]!;
    const uplift = promotions.find((each) => each.item === item && each.from <= day && day < each.to)?.uplift ?? 1;
    const category = items.categories[item]!;
    // The days before `start` in its year are 0 in these tests.
    const angle = (2 * Math.PI * (day - categories.peakDays[category]!)) / 365.25;
    const season = 1 + categories.amplitudes[category]! * Math.cos(angle);
    const effect = season * (price / items.listPrices[item]!) ** items.elasticities[item]! * uplift;
    return users.visitRates[user]! * users.basketSizes[user]! * seasons[day]! * share * effect;
  };
}

describe('expectedPurchases', () => {
  const shop = simulateShop({ seed: 3, users: 8, items: 6, days: 120, lifetime: 100, promotions: 6 });

  test('is the sum of the formula over the days of the window', () => {
    const lines = expectedLines(shop);
    for (const [from, to] of [
      [0, 120],
      [40, 41],
      [77, 120],
    ] as const) {
      const found = expectedPurchases(shop, [5, 0, 3], { from, to });
      [5, 0, 3].forEach((user, row) => {
        for (let item = 0; item < 6; item += 1) {
          const days = Array.from({ length: to - from }, (_, n) => lines(user, item, from + n));
          expect(found[row * 6 + item]).toBeCloseTo(total(days), 8);
        }
      });
    }
  });

  test('is 0 for who has left before the window', () => {
    const gone = shop.users.churnDays.findIndex((day) => day <= 100);
    expect(gone).toBeGreaterThanOrEqual(0);
    expect(total(expectedPurchases(shop, [gone], { from: 100 }))).toBe(0);
  });

  test.each([
    [[8], {}, '`users` must be a whole number from 0 to 7, received 8 (number)'],
    [[0], { from: 120 }, '`from` must be a whole number from 0 to 119, received 120 (number)'],
    [[0], { from: 5, to: 5 }, '`to` must be a whole number from 6 to 120, received 5 (number)'],
    [[0], { to: 121 }, '`to` must be a whole number from 1 to 120, received 121 (number)'],
  ])('refuses %j and %j', (users, window, sentence) => {
    expect(() => expectedPurchases(shop, users, window)).toThrow(sentence);
  });
});

describe('what is bought agrees with the truth', () => {
  // Of a visit's lines several may be of one item, so counts vary a little more than Poisson numbers; with small baskets
  // that hardly shows.
  const shop = simulateShop({ seed: 12, users: 60, items: 80, visitsPerYear: 4000, basketSize: 0.2, activityShape: 3 });
  const expected = expectedPurchases(shop, [...shop.users.ids.keys()]);

  test('for every user and item', () => {
    const observed = new Float64Array(expected.length);
    for (const row of purchaseRows(shop))
      observed[shop.orders.userIndices[row]! * 80 + shop.orders.itemIndices[row]!]! += 1;
    expect(total(observed)).toBeGreaterThan(10_000);
    expect(Math.abs(poissonDeviation(observed, expected))).toBeLessThan(3.5);
  });

  test('for every item and day, and in pieces', () => {
    for (const item of [0, 17, 42]) {
      const { expected: pieces, sold } = itemDemand(shop, item);
      // Weeks, because pieces of a day vary more than Poisson numbers: their variance is larger, so the bound is too.
      const weeks = (values: ArrayLike<number>) =>
        Array.from({ length: 52 }, (_, week) => total(Array.from(values).slice(7 * week, 7 * week + 7)));
      expect(Math.abs(total(sold) / total(pieces) - 1)).toBeLessThan(0.25);
      expect(poissonDeviation(weeks(sold), weeks(pieces))).toBeGreaterThan(-3.5);
    }
  });

  test('for the returns of every item', () => {
    const many = simulateShop({ seed: 2, users: 800, items: 20, returnRate: 0.2, visitsPerYear: 60 });
    const bought = new Float64Array(20);
    const returned = new Float64Array(20);
    for (let row = 0; row < many.orders.length; row += 1) {
      // Those bought in the last 100 days may come back after the end: 10 days in the mean, e^-10 beyond 100.
      const origin = many.orders.returnOf[row]! < 0 ? row : many.orders.returnOf[row]!;
      if (dayOf(many, origin) >= 265) continue;
      (origin === row ? bought : returned)[many.orders.itemIndices[row]!]! += 1;
    }
    const chi2 = Array.from(bought, (count, item) => {
      const p = many.items.returnRates[item]!;
      return (returned[item]! - count * p) ** 2 / (count * p * (1 - p));
    });
    expect(Math.abs(deviation(total(chi2), 20))).toBeLessThan(3.5);
  });

  test('for the quantities of lines, those of bulk buyers apart', () => {
    const many = simulateShop({ seed: 2, users: 800, items: 4, visitsPerYear: 30, quantity: 3 });
    for (const bulk of [1, 10]) {
      const rows = purchaseRows(many).filter((row) => many.users.bulkFactors[many.orders.userIndices[row]!] === bulk);
      const means = rows.map((row) => (many.items.quantities[many.orders.itemIndices[row]!]! - 1) * bulk);
      const extra = rows.map((row) => many.orders.quantities[row]! - 1);
      expect(rows.length).toBeGreaterThan(500);
      expect(Math.abs(total(extra) - total(means))).toBeLessThan(4 * Math.sqrt(total(means)));
    }
  });
});

describe('without tastes, seasons and price changes', () => {
  const plain = {
    basketSize: 0.2,
    tasteStrength: 0,
    yearlyAmplitude: 0,
    categoryAmplitude: 0,
    weekdays: [1, 1, 1, 1, 1, 1, 1],
  };
  const stable = { ...plain, priceChanges: 0, priceSpread: 0, promotions: 0 };
  const loyal = { established: 1, lifetime: Number.POSITIVE_INFINITY };

  test('orders of users are Poisson numbers of their visits that buy something', () => {
    const shop = simulateShop({
      seed: 8,
      users: 300,
      items: 30,
      visitsPerYear: 100,
      ...stable,
      ...loyal,
      basketSize: 3,
    });
    const orders = Array.from({ length: 300 }, () => new Set<number>());
    for (const row of purchaseRows(shop)) orders[shop.orders.userIndices[row]!]!.add(shop.orders.orderNumbers[row]!);
    const { visitRates, basketSizes } = shop.users;
    const expected = visitRates.map((rate, user) => 365 * rate * (1 - Math.exp(-basketSizes[user]!)));
    const counts = orders.map(({ size }) => size);
    expect(Math.abs(poissonDeviation(counts, expected))).toBeLessThan(3.5);
  });

  test('items are bought at their base rates', () => {
    const shop = simulateShop({ seed: 9, users: 500, items: 50, visitsPerYear: 900, ...stable });
    const counts = new Float64Array(50);
    for (const row of purchaseRows(shop)) counts[shop.orders.itemIndices[row]!]! += 1;
    const expected = shop.items.baseRates.map((rate) => 365 * rate);
    expect(Math.abs(poissonDeviation(counts, expected))).toBeLessThan(3.5);
  });

  test('a regression on the price finds the elasticities', () => {
    const shop = simulateShop({
      ...{ seed: 10, users: 400, items: 40, visitsPerYear: 3000, priceChanges: 20, priceSpread: 0.25, promotions: 0 },
      ...{ ...plain, ...loyal, popularityExponent: 0 },
    });
    const counts = shop.items.ids.map(() => new Array<number>(365).fill(0));
    for (const row of purchaseRows(shop)) counts[shop.orders.itemIndices[row]!]![dayOf(shop, row)]! += 1;
    const squares = shop.items.ids.map((_, item) => {
      const logPrices = Array.from(itemDemand(shop, item).prices, Math.log);
      const { slope, error } = poissonSlope(counts[item]!, logPrices, new Array<number>(365).fill(1));
      expect(error).toBeLessThan(0.5);
      return ((slope - shop.items.elasticities[item]!) / error) ** 2;
    });
    expect(Math.abs(deviation(total(squares), 40))).toBeLessThan(3.5);
  });

  test('sales in promotions, beside those of other days, show discount and uplift', () => {
    const shop = simulateShop({
      ...{ seed: 11, users: 400, items: 30, visitsPerYear: 3000, priceChanges: 0, priceSpread: 0, promotions: 4 },
      ...{ ...plain, ...loyal, uplift: 2, popularityExponent: 0 },
    });
    const counts = shop.items.ids.map(() => new Array<number>(365).fill(0));
    for (const row of purchaseRows(shop)) counts[shop.orders.itemIndices[row]!]![dayOf(shop, row)]! += 1;
    const squares = shop.promotions.map(({ item, from, to, discount, uplift }) => {
      const days = Math.min(to, 365) - from;
      const inside = total(counts[item]!.slice(from, to));
      const calm = counts[item]!.filter(
        (_, day) => !shop.promotions.some((each) => each.item === item && each.from <= day && day < each.to),
      );
      const effect = (1 - discount) ** shop.items.elasticities[item]! * uplift;
      const mean = (total(calm) / calm.length) * days * effect;
      // Both counts are Poisson numbers; prices in whole cents move the effect by less than their error.
      return (inside - mean) ** 2 / (mean + mean ** 2 / total(calm));
    });
    expect(squares.length).toBeGreaterThan(50);
    expect(Math.abs(deviation(total(squares), squares.length))).toBeLessThan(3.5);
  });
});

describe('seasons', () => {
  const weekdays = [0.5, 0.5, 1, 1, 1, 2, 1];
  const shop = simulateShop({
    ...{
      seed: 13,
      users: 500,
      items: 30,
      days: 1461,
      visitsPerYear: 40,
      tasteStrength: 0,
      promotions: 0,
      established: 1,
    },
    ...{ priceChanges: 0, lifetime: Number.POSITIVE_INFINITY, weekdays, yearlyAmplitude: 0.4, categoryAmplitude: 0 },
  });
  // Orders, not lines: the lines of one order come together, orders of different visits independently.
  const counts = new Float64Array(1461);
  for (const row of purchaseRows(shop)) {
    const isFirst = shop.orders.orderNumbers[row] !== shop.orders.orderNumbers[row - 1];
    if (isFirst) counts[dayOf(shop, row)]! += 1;
  }
  const orders = total(counts);

  test('have the mean 1 over whole years and follow weekdays and the year', () => {
    expect(total(shop.seasons) / 1461).toBeCloseTo(1, 2);
    // 2024-01-06 was a Saturday, day 5; its factor is 2 of a mean of 1, times a December peak seen from January.
    expect(shop.seasons[5]).toBeCloseTo(2 * (1 + 0.4 * Math.cos((2 * Math.PI * (5 - 340)) / 365.25)), 9);
  });

  test('are found again in the orders by day of the week', () => {
    // Four years are 208 weeks and five days.
    const byWeekday = weekdays.map((_, weekday) =>
      total(
        Array.from(counts).filter(
          (_, day) => day < 1456 && new Date(shop.settings.start + day * dayLength).getUTCDay() === (weekday + 1) % 7,
        ),
      ),
    );
    const expected = weekdays.map((factor) => (total(byWeekday) * factor) / 7);
    expect(poissonDeviation(byWeekday, expected)).toBeLessThan(3.5);
  });

  test('are found again in the orders by the first wave of the year', () => {
    // The mean of 2 cos(angle) over days weighted by 1 + a cos(angle) is a.
    const angles = Array.from(counts, (_, day) => (2 * Math.PI * (day - 340)) / 365.25);
    const amplitude = total(angles.map((angle, day) => 2 * Math.cos(angle) * counts[day]!)) / orders;
    expect(Math.abs(amplitude - 0.4)).toBeLessThan(4 * Math.sqrt(2 / orders) + 0.01);
  });
});

test('itemDemand counts every piece sold and expects what all users together are expected to buy', () => {
  const shop = simulateShop({ seed: 6, users: 40, items: 12, days: 90, quantity: 1 });
  const demands = shop.items.ids.map((_, item) => itemDemand(shop, item));
  const pieces = purchaseRows(shop).reduce((sum, row) => sum + shop.orders.quantities[row]!, 0);
  expect(total(demands.map(({ sold }) => total(sold)))).toBe(pieces);
  // Of quantity 1 a line is a piece.
  const lines = expectedPurchases(shop, [...shop.users.ids.keys()]);
  demands.forEach(({ expected }, item) => {
    expect(total(expected)).toBeCloseTo(total(lines.filter((_, at) => at % 12 === item)), 8);
  });
  expect(() => itemDemand(shop, 12)).toThrow('`item` must be a whole number from 0 to 11, received 12 (number)');
});
