import { createVocabulary, expectedPurchases, simulateShop, trueRecommender } from 'minimart';
import { describe, expect, test } from 'vitest';

const shop = simulateShop({ seed: 21, users: 120, items: 40, days: 240, lifetime: 2000, tasteSize: 5 });
const descending = (scores: ArrayLike<number>) =>
  Array.from(scores.length ? Array.from(scores).keys() : []).sort((a, b) => scores[b]! - scores[a]!);

describe('trueRecommender', () => {
  test('ranks as the expected purchases of the window for users who are there on all its days', async () => {
    const best = trueRecommender(shop, { from: 200 });
    const present = [...shop.users.ids.keys()].filter(
      (user) => shop.users.joinDays[user]! <= 200 && shop.users.churnDays[user]! >= 240,
    );
    expect(present.length).toBeGreaterThan(60);
    const scores = await best.scoreAll(Int32Array.from(present));
    const expected = expectedPurchases(shop, present, { from: 200 });
    present.forEach((_, row) => {
      const own = scores.subarray(row * 40, row * 40 + 40);
      expect(descending(own)).toEqual(descending(expected.subarray(row * 40, row * 40 + 40)));
    });
  });

  test('differs from the logarithm of the expected purchases by one number for each user', async () => {
    const user = shop.users.churnDays.findIndex((day, index) => day >= 240 && shop.users.joinDays[index]! === 0);
    const scores = await trueRecommender(shop).scoreAll(Int32Array.of(user));
    const gaps = Array.from(expectedPurchases(shop, [user]), (mean, item) => Math.log(mean) - scores[item]!);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1e-5);
  });

  test('gives the same scores by pairs, by users and as dot products', async () => {
    const best = trueRecommender(shop);
    const all = await best.scoreAll(Int32Array.of(3, 7));
    const pairs = await best.scorePairs(Int32Array.of(7, 3), Int32Array.of(11, 0));
    expect(pairs[0]).toBeCloseTo(all[40 + 11]!, 5);
    expect(pairs[1]).toBeCloseTo(all[0]!, 5);
    const { size, users, items, itemBiases } = (await best.factors?.())!;
    const dot = users.slice(7 * size, 8 * size).reduce((sum, value, at) => sum + value * items[11 * size + at]!, 0);
    expect(dot + itemBiases![11]!).toBeCloseTo(pairs[0]!, 5);
  });

  test('follows the order of other vocabularies and leaves the unknown without taste', async () => {
    const users = createVocabulary(['U00009', 'U00002'], { hasUnknown: true });
    const items = createVocabulary([...shop.items.ids].reverse());
    const own = await trueRecommender(shop).scoreAll(Int32Array.of(8, 1));
    const best = trueRecommender(shop, { users, items });
    const other = await best.scoreAll(Int32Array.of(0, 1, 2));
    expect(best.users).toBe(users);
    for (let item = 0; item < 40; item += 1) {
      expect(other[39 - item]).toBeCloseTo(own[item]!, 5);
      expect(other[40 + 39 - item]).toBeCloseTo(own[40 + item]!, 5);
    }
    const { itemBiases } = (await best.factors?.())!;
    expect(Array.from(other.subarray(80))).toEqual(Array.from(itemBiases!));
  });

  test('refuses ids of another shop and days outside', () => {
    expect(() => trueRecommender(shop, { items: createVocabulary(['P0001', 'X']) })).toThrow(
      "trueRecommender: `items` must hold ids of the shop only, received 'X' (string).",
    );
    expect(() => trueRecommender(shop, { from: 240 })).toThrow('`from` must be a whole number from 0 to 239');
  });

  test('finds more of the purchases to come than the best sellers', async () => {
    const best = trueRecommender(shop, { from: 200 });
    const scores = await best.scoreAll(Int32Array.from(shop.users.ids.keys()));
    const byUser = shop.users.ids.map(
      (_, user) => new Set(descending(scores.subarray(40 * user, 40 * user + 40)).slice(0, 5)),
    );
    const counts = new Float64Array(40);
    const future: [number, number][] = [];
    for (let row = 0; row < shop.orders.length; row += 1) {
      const pair: [number, number] = [shop.orders.userIndices[row]!, shop.orders.itemIndices[row]!];
      if (shop.orders.returnOf[row]! >= 0) continue;
      if (shop.orders.times[row]! < shop.settings.start + 200 * 86_400_000) counts[pair[1]]! += 1;
      else future.push(pair);
    }
    const sellers = new Set(descending(counts).slice(0, 5));
    const found = future.filter(([user, item]) => byUser[user]!.has(item)).length;
    const foundBySellers = future.filter(([, item]) => sellers.has(item)).length;
    expect(future.length).toBeGreaterThan(200);
    expect(found).toBeGreaterThan(1.2 * foundBySellers);
  });
});
