import { type SimulatedShop, simulateShop } from 'minimart';
import { describe, expect, test } from 'vitest';

const small = { seed: 4, users: 200, items: 60, days: 200 } as const;
const shop = simulateShop(small);
const dayOf = ({ settings }: SimulatedShop, time: number) => Math.floor((time - settings.start) / 86_400_000);
const rows = ({ orders }: SimulatedShop) => Array.from({ length: orders.length }, (_, row) => row);
const purchases = (of: SimulatedShop) => rows(of).filter((row) => of.orders.returnOf[row]! < 0);

describe('one seed', () => {
  test('gives the same orders and the same truth again', () => {
    expect(simulateShop(small)).toEqual(shop);
  });

  test('gives other orders than another seed', () => {
    expect(simulateShop({ ...small, seed: 5 }).orders.itemIndices).not.toEqual(shop.orders.itemIndices);
  });

  test('keeps users, items and visits when prices are drawn otherwise', () => {
    const other = simulateShop({ ...small, priceSpread: 0.3, promotions: 8 });
    expect(other.users).toEqual(shop.users);
    expect(other.items).toEqual(shop.items);
    expect(other.prices).not.toEqual(shop.prices);
    // A visit at which something is bought on both sides is at the same second.
    const times = new Set(shop.orders.times);
    const shared = purchases(other).filter((row) => times.has(other.orders.times[row]!));
    expect(shared.length).toBeGreaterThan(0.9 * purchases(other).length);
  });

  test('keeps every purchase when fewer lines come back', () => {
    const other = simulateShop({ ...small, returnRate: 0 });
    expect(other.orders.length).toBe(purchases(shop).length);
    const items = purchases(shop).map((row) => shop.orders.itemIndices[row]);
    expect(Array.from(other.orders.itemIndices)).toEqual(items);
  });

  test('keeps the first users and what they buy when there are more', () => {
    const other = simulateShop({ ...small, users: 300 });
    expect(other.users.tastes.subarray(0, shop.users.tastes.length)).toEqual(shop.users.tastes);
    const bought = (of: SimulatedShop) =>
      purchases(of)
        .filter((row) => of.orders.userIndices[row]! < small.users)
        .map((row) => [of.orders.userIndices[row], of.orders.itemIndices[row], of.orders.times[row]].join());
    expect(bought(other).sort()).toEqual(bought(shop).sort());
  });
});

describe('the orders', () => {
  const { orders, users, prices } = shop;

  test('come in order of time, with numbers that ascend, one user and one time to each', () => {
    const first = new Map<number, number>();
    for (const row of rows(shop)) {
      expect(orders.times[row]).toBeGreaterThanOrEqual(orders.times[row - 1] ?? 0);
      expect(orders.orderNumbers[row]! - (orders.orderNumbers[row - 1] ?? orders.orderNumbers[0]!)).toBeOneOf([0, 1]);
      const begin = first.get(orders.orderNumbers[row]!) ?? row;
      first.set(orders.orderNumbers[row]!, begin);
      expect([orders.userIndices[row], orders.times[row]]).toEqual([orders.userIndices[begin], orders.times[begin]]);
      expect(orders.returnOf[row]! < 0).toBe(orders.returnOf[begin]! < 0);
    }
    expect(first.size).toBeGreaterThan(500);
  });

  test('lie between the day of joining and the day before leaving, in opening hours', () => {
    for (const row of purchases(shop)) {
      const day = dayOf(shop, orders.times[row]!);
      expect(day).toBeGreaterThanOrEqual(users.joinDays[orders.userIndices[row]!]!);
      expect(day).toBeLessThan(users.churnDays[orders.userIndices[row]!]!);
      expect(new Date(orders.times[row]!).getUTCHours()).toBeGreaterThanOrEqual(8);
      expect(new Date(orders.times[row]!).getUTCHours()).toBeLessThan(20);
      expect(orders.quantities[row]).toBeGreaterThanOrEqual(1);
    }
  });

  test('some users have left and some have joined, or the bounds would say little', () => {
    expect(users.churnDays.filter((day) => day < small.days).length).toBeGreaterThan(20);
    expect(users.joinDays.filter((day) => day > 0).length).toBeGreaterThan(20);
  });

  test('have the price of their day', () => {
    for (const row of purchases(shop)) {
      const item = orders.itemIndices[row]!;
      const own = Array.from(
        { length: prices.offsets[item + 1]! - prices.offsets[item]! },
        (_, n) => prices.offsets[item]! + n,
      );
      const last = own.filter((each) => prices.days[each]! <= dayOf(shop, orders.times[row]!)).at(-1)!;
      expect(orders.unitPrices[row]).toBe(prices.prices[last]);
      expect(Math.abs(100 * orders.unitPrices[row]! - Math.round(100 * orders.unitPrices[row]!))).toBeLessThan(1e-9);
    }
  });

  test('that come back refer to a purchase of the same user, item, price and quantity, each once, later', () => {
    const returned = rows(shop).filter((row) => orders.returnOf[row]! >= 0);
    expect(returned.length).toBeGreaterThan(30);
    expect(new Set(returned.map((row) => orders.returnOf[row])).size).toBe(returned.length);
    for (const row of returned) {
      const bought = orders.returnOf[row]!;
      expect(orders.returnOf[bought]).toBe(-1);
      expect(dayOf(shop, orders.times[row]!)).toBeGreaterThan(dayOf(shop, orders.times[bought]!));
      expect(orders.quantities[row]).toBe(-orders.quantities[bought]!);
      for (const column of [orders.userIndices, orders.itemIndices, orders.unitPrices]) {
        expect(column[row]).toBe(column[bought]);
      }
    }
  });
});

describe('the truth', () => {
  const { users, items, categories, prices, promotions, settings } = shop;

  test('has categories, countries and days in range and vectors of the stated lengths', () => {
    expect(Math.max(...items.categories)).toBeLessThan(categories.names.length);
    expect(Math.max(...users.countries)).toBeLessThan(settings.countries.length);
    const length = (values: Float32Array, row: number) => Math.hypot(...values.subarray(8 * row, 8 * row + 8));
    for (let item = 0; item < small.items; item += 1) expect(length(items.styles, item)).toBeCloseTo(1, 5);
    const lengths = Array.from({ length: small.users }, (_, user) => length(users.tastes, user));
    // The default strength is 3, uniform from half to one and a half of it.
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(1.4999);
    expect(Math.max(...lengths)).toBeLessThan(4.5001);
    expect(lengths.reduce((sum, each) => sum + each, 0) / small.users).toBeCloseTo(3, 0);
  });

  test('has a price and an effect for every day that follow from list price, promotion and elasticity', () => {
    for (let item = 0; item < small.items; item += 1) {
      expect(prices.days[prices.offsets[item]!]).toBe(0);
      for (let row = prices.offsets[item]!; row < prices.offsets[item + 1]!; row += 1) {
        if (row > prices.offsets[item]!) expect(prices.days[row]).toBeGreaterThan(prices.days[row - 1]!);
        const day = prices.days[row]!;
        const running = promotions.filter((each) => each.item === item && each.from <= day && day < each.to);
        expect(running.length).toBeLessThanOrEqual(1);
        const ratio = prices.prices[row]! / items.listPrices[item]!;
        expect(prices.effects[row]).toBeCloseTo(ratio ** items.elasticities[item]! * (running[0]?.uplift ?? 1), 9);
      }
    }
  });

  test('a promotion takes its discount off the price of the day before and of the day after', () => {
    const calm = simulateShop({ ...small, priceChanges: 0, priceSpread: 0 });
    expect(calm.promotions.length).toBeGreaterThan(20);
    for (const { item, from, discount } of calm.promotions) {
      const own = Array.from(calm.prices.days.slice(calm.prices.offsets[item]!, calm.prices.offsets[item + 1]!));
      const row = calm.prices.offsets[item]! + own.indexOf(from);
      expect(calm.prices.prices[row]).toBeCloseTo(calm.items.listPrices[item]! * (1 - discount), 1);
    }
  });

  test('lifetimes are Pareto numbers with the stated mean', () => {
    const many = simulateShop({ seed: 1, users: 20_000, items: 1, days: 1, established: 1, lifetime: 100 });
    // Probability to stay longer than t: (1 + t / 100)^-2. Whole days are rounded up.
    for (const t of [10, 50, 100, 300, 1000]) {
      const stayed = many.users.churnDays.filter((day) => day > t).length / 20_000;
      const p = (1 + t / 100) ** -2;
      expect(Math.abs(stayed - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000));
    }
  });
});

test('the default shop has a long tail, users with one to a hundred orders, and repeat purchases', () => {
  const { orders, items } = simulateShop({ seed: 7 });
  const popularity = new Float64Array(items.ids.length);
  const byUser = new Map<number, Set<number>>();
  const pairs = new Set<number>();
  for (let row = 0; row < orders.length; row += 1) {
    if (orders.returnOf[row]! >= 0) continue;
    popularity[orders.itemIndices[row]!]! += 1;
    const user = orders.userIndices[row]!;
    byUser.set(user, (byUser.get(user) ?? new Set()).add(orders.orderNumbers[row]!));
    pairs.add(user * items.ids.length + orders.itemIndices[row]!);
  }
  popularity.sort().reverse();
  const lines = popularity.reduce((sum, count) => sum + count, 0);
  const topTenth = popularity.slice(0, 50).reduce((sum, count) => sum + count, 0);
  expect(topTenth / lines).toBeGreaterThan(0.3);
  const counts = [...byUser.values()].map(({ size }) => size);
  expect(Math.min(...counts)).toBe(1);
  expect(Math.max(...counts)).toBeGreaterThan(80);
  expect(lines / pairs.size).toBeGreaterThan(1.2);
});

describe('simulateShop refuses', () => {
  test.each([
    [{ seed: 0.5 }, '`seed` must be a safe integer, received 0.5 (number)'],
    [{ users: 0 }, '`users` must be a positive integer, received 0 (number)'],
    [{ items: 2.5 }, '`items` must be a positive integer'],
    [{ days: Number.NaN }, '`days` must be a positive integer, received NaN'],
    [{ start: 0.1 }, '`start` must be whole milliseconds'],
    [{ tasteSize: 1 }, '`tasteSize` must be at least 2'],
    [{ tasteStrength: 9 }, '`tasteStrength` must be a number in [0, 8]'],
    [{ yearlyAmplitude: 1 }, '`yearlyAmplitude` must be a number in [0, 1)'],
    [{ visitsPerYear: -1 }, '`visitsPerYear` must be a number in'],
    [{ lifetime: 0 }, '`lifetime` must be a number > 0'],
    [{ returnRate: 1.1 }, '`returnRate` must be a number in [0, 1]'],
    [{ uplift: 0.5 }, '`uplift` must be a number in [1, 100]'],
    [{ categories: [] }, '`categories` must be an array of names, not empty'],
    [{ countries: [{ name: 'A', share: 0 }] }, '`countries` must be an array of { name, share }'],
    [{ weekdays: [1, 1, 1] }, '`weekdays` must be seven numbers >= 0'],
  ])('%j', (options, sentence) => {
    expect(() => simulateShop({ seed: 1, users: 2, items: 2, days: 2, ...options })).toThrow(sentence);
  });
});

test.each([
  ['one of everything', { users: 1, items: 1, days: 1, categories: ['A'], countries: [{ name: 'B', share: 1 }] }],
  ['no taste, promotion or price change', { tasteStrength: 0, promotions: 0, priceChanges: 0, returnRate: 0 }],
  ['nobody who leaves', { lifetime: Number.POSITIVE_INFINITY, established: 1 }],
  ['taste vectors of a length that four does not divide', { tasteSize: 7 }],
  ['every line coming back', { returnRate: 1 }],
  ['a shop before 1970', { start: Date.UTC(1960, 5, 1) }],
])('%s can be simulated', (_, options) => {
  const { orders, users } = simulateShop({ seed: 2, users: 30, items: 10, days: 30, ...options });
  const numbers = [...users.normalizers, ...orders.unitPrices, ...orders.times, ...orders.quantities];
  expect(numbers.every(Number.isFinite)).toBe(true);
});
