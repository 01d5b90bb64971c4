import {
  createRng,
  decodeRecommender,
  encodeRecommender,
  explainRecommendation,
  foldInUser,
  type Interactions,
  itemItemRecommender,
  nextBasketRecommender,
  type Recommender,
  recommend,
  recommendAll,
  scoreItems,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { tableRecommender } from '../../support/hand-made.js';
import { shopOf } from '../../support/shop-of-orders.js';

/** Everybody likes items of low numbers best: item 0 scores 10, item 1 scores 9 … */
const falling = (rows: Interactions): Recommender => {
  const row = Array.from({ length: rows.items.size }, (_, item) => 10 - item);
  return tableRecommender(new Array<number[]>(rows.users.size).fill(row), {
    ...{ users: rows.users, items: rows.items, seen: rows, name: 'falling' },
  });
};

// u0: item 3 in all three orders, items 2 and 4 in the last, twice in one of them. u1: item 0 once. u2 never bought.
const shop = shopOf([[[3], [3], [3, 4, 2, 2]], [[0]], []], 6);

async function rowOf(recommender: Recommender, user: number): Promise<number[]> {
  return [...(await recommender.scoreAll(Int32Array.of(user)))];
}

describe('nextBasketRecommender with a fixed share', () => {
  test('scores share / rank: what was bought by frequency, the rest by the other recommender', async () => {
    const mix = { repeatShare: 0.6 };
    const recommender = await nextBasketRecommender(shop, { mix, discover: falling, decay: 1 });
    // Repeats: 3 (three orders), then 2 and 4 (one each; falling likes 2 better). New: 0, 1, 5.
    const expected = [0.4, 0.2, 0.3, 0.6, 0.2, 0.4 / 3].map(Math.fround);
    expect(await rowOf(recommender, 0)).toEqual(expected);
    expect(recommender).toMatchObject({ name: 'nextBasket', mix, seen: shop });
    // Where the other recommender likes high numbers, 4 comes before 2.
    const rising = (rows: Interactions) => {
      const row = Array.from({ length: rows.items.size }, (_, item) => item);
      const { users, items } = rows;
      return tableRecommender(new Array<number[]>(users.size).fill(row), { users, items, seen: rows });
    };
    const other = await nextBasketRecommender(shop, { mix, discover: rising, decay: 1 });
    expect((await rowOf(other, 0)).slice(2, 5)).toEqual([0.2, 0.6, 0.3].map(Math.fround));
    const pairs = await recommender.scorePairs(Int32Array.of(0, 1, 0), Int32Array.of(5, 0, 3));
    expect([...pairs]).toEqual([expected[5], Math.fround(0.6), expected[3]]);
  });

  test('each pick says where it is from, in every way of asking', async () => {
    const discover = (rows: Interactions) => itemItemRecommender(rows);
    // i5 goes with i3 for u1, who has both; u2 has nothing; i4 nobody has with anything of u0's.
    const train = shopOf([[[3], [3]], [[3, 5]], [], [[4]]], 7);
    const recommender = await nextBasketRecommender(train, { mix: { repeatShare: 0.7 }, discover });
    const options = { k: 4, exclude: 'nothing' } as const;
    const picks = await recommend(recommender, 'u0', options);
    expect(picks.map(({ item, source }) => [item, source])).toEqual([
      ['i3', 'repeat'],
      ['i5', 'discover'],
      ['i4', 'popularity'],
    ]);
    const sources = new Map<string, string[]>();
    for await (const { user, items } of recommendAll(recommender, options)) {
      sources.set(
        user,
        items.map(({ source }) => source),
      );
    }
    expect(sources.get('u0')).toEqual(['repeat', 'discover', 'popularity']);
    expect(sources.get('u2')).toEqual(['popularity', 'popularity', 'popularity']);
    expect((await recommend(recommender, 'nobody', options)).every(({ source }) => source === 'popularity')).toBe(true);
    const scored = await scoreItems(recommender, 'u0', ['i6', 'i5', 'new', 'i3']);
    expect(scored.map(({ source }) => source)).toEqual(['unknown', 'discover', 'unknown', 'repeat']);
    // Without what they have, what is new is left.
    expect((await recommend(recommender, 'u0', { k: 1, exclude: 'seen' }))[0]!.source).toBe('discover');
  });
});

describe('the learned mix', () => {
  const rng = createRng(8);
  /** Customers who buy each of five items again with this chance, and one that is new with that one. */
  const customers = (again: number, fresh: number) =>
    shopOf(
      Array.from({ length: 300 }, () => {
        const first = Array.from({ length: 5 }, () => 10 + rng.integer(60));
        const next = first.filter(() => rng.uniform() < again);
        // What falling ranks first.
        return [first, rng.uniform() < fresh ? [...next, 0] : next, [9]];
      }).map((orders) => orders.slice(0, 2).filter(({ length }) => length > 0)),
      70,
    );

  test('gives the chance of a purchase', async () => {
    const recommender = await nextBasketRecommender(customers(0.7, 0.2), { discover: falling });
    expect(recommender.mix).toMatchObject({ customers: expect.any(Number) });
    const mix = recommender.mix as Extract<typeof recommender.mix, { customers: number }>;
    expect(mix.customers).toBeGreaterThan(250);
    // All had one order: an item of frequency 1 was bought again by 0.7 (0.02 of standard error), the first of falling by 0.2.
    const chance = (constant: number) => 1 / (1 + Math.exp(-constant));
    expect(Math.abs(chance(mix.repeat.constant) - 0.7)).toBeLessThan(0.08);
    expect(Math.abs(chance(mix.discover.constant) - 0.2)).toBeLessThan(0.08);
    expect(mix.discover.slope).toBeLessThan(-1);
  });

  test('puts what is new first where nobody comes back', async () => {
    const recommender = await nextBasketRecommender(customers(0, 1), { discover: falling });
    const [first] = await recommend(recommender, 'u1', { k: 1, exclude: 'nothing' });
    expect(first).toMatchObject({ item: 'i1', source: 'discover' });
    const again = await nextBasketRecommender(customers(0.9, 0.05), { discover: falling });
    expect((await recommend(again, 'u1', { k: 1, exclude: 'nothing' }))[0]!.source).toBe('repeat');
  });

  test('is the starting one where nobody has two orders, and what was bought stands first', async () => {
    const train = shopOf([[[3, 4]], [[4, 5]]], 6);
    const recommender = await nextBasketRecommender(train);
    expect(recommender.mix).toMatchObject({ customers: 0 });
    const picks = await recommend(recommender, 'u0', { exclude: 'nothing' });
    expect(picks.map(({ source }) => source)).toEqual(['repeat', 'repeat', 'discover']);
    // Items that nobody bought never come.
    expect(picks.map(({ item }) => item).sort()).toEqual(['i3', 'i4', 'i5']);
  });

  test('of baskets that are all alike has nothing new to say', async () => {
    const train = shopOf(
      new Array(20).fill([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      4,
    );
    const recommender = await nextBasketRecommender(train);
    const picks = await recommend(recommender, 'u3', { exclude: 'nothing' });
    expect(picks.map(({ item, source }) => [item, source])).toEqual([
      ['i1', 'repeat'],
      ['i2', 'repeat'],
    ]);
    for (const { score } of picks) expect(score).toBeGreaterThan(0.8);
  });
});

test('baskets without times keep the order of their rows, and moments cannot be asked of them', async () => {
  const { times, ...train } = shopOf(
    [
      [[1], [1, 2], [2]],
      [[2], [3]],
    ],
    5,
  );
  expect(times).toBeDefined();
  const recommender = await nextBasketRecommender(train, { mix: { repeatShare: 0.5 }, decay: 0.5 });
  // Item 2: the last order and the one before; item 1: the two before the last.
  expect((await rowOf(recommender, 0)).slice(1, 3)).toEqual([0.25, 0.5]);
  await expect(nextBasketRecommender(train, { unit: 'time' })).rejects.toThrow(
    "`interactions.times` must be there for the unit 'time'",
  );
});

test('a purchase so long ago that its frequency is 0 does no harm', async () => {
  // 0.5 ** 200 is no float32.
  const long = Array.from({ length: 200 }, (_, order) => [order === 0 ? 5 : order % 3]);
  const recommender = await nextBasketRecommender(shopOf([long, long, [[1], [2]]], 6), { decay: 0.5 });
  const mix = recommender.mix as Extract<typeof recommender.mix, { customers: number }>;
  for (const each of Object.values(mix.repeat)) expect(each).not.toBeNaN();
  expect((await recommend(recommender, 'u0', { k: 1, exclude: 'nothing' }))[0]!.source).toBe('repeat');
});

describe('what all recommenders can', () => {
  const train = shopOf(
    [
      [[0, 1], [0, 2], [0]],
      [
        [1, 2],
        [1, 3],
      ],
      [[2, 3], [3], [3, 4]],
    ],
    6,
  );

  test.each([
    ['learned', undefined],
    [{ repeatShare: 0.8 }, (rows: Interactions) => itemItemRecommender(rows)],
  ] as const)('it comes back from a file with the same scores: %j', async (mix, discover) => {
    const recommender = await nextBasketRecommender(train, { mix, ...(discover && { discover }) });
    const again = await decodeRecommender(await encodeRecommender({ ...recommender, name: 'mine' }));
    const users = Int32Array.of(0, 1, 2);
    expect(again.name).toBe('mine');
    expect(await again.scoreAll(users)).toEqual(await recommender.scoreAll(users));
    const picks = await recommend(again, 'u0', { exclude: 'nothing' });
    expect(picks).toEqual(await recommend(recommender, 'u0', { exclude: 'nothing' }));
    expect(await encodeRecommender(again)).toEqual(await encodeRecommender({ ...recommender, name: 'mine' }));
  });

  test.each([
    [{ mix: { repeatShare: 2 } }, 'hold a share of repeats between 0 and 1'],
    [{ mix: { customers: 1 } }, 'settings.mix.repeat'],
    [{ decay: 0 }, 'hold a decay above 0 and at most 1'],
    [{ unit: 'week' }, 'hold a unit of events that its rows have'],
    [{ discover: { name: 'x', kind: 'strange', settings: {} } }, 'hold a recommender of a kind that is known'],
    [{ discover: 7 }, 'settings.discover'],
  ])('a file with %j is refused', async (change, message) => {
    const recommender = await nextBasketRecommender(train);
    const state = await recommender.state!();
    const bytes = await encodeRecommender({
      ...recommender,
      state: () => ({ ...state, settings: { ...state.settings, ...change } }),
    });
    await expect(decodeRecommender(bytes)).rejects.toThrow(message);
  });

  test('a customer from outside is scored by what they did', async () => {
    const recommender = await nextBasketRecommender(train, { mix: { repeatShare: 0.5 } });
    const guest = await foldInUser(recommender, ['i2', 'i3', 'i3']);
    const picks = await recommend(recommender, guest, { exclude: 'nothing' });
    expect(picks.slice(0, 3).map(({ item, source }) => `${item} ${source}`)).toContain('i3 repeat');
    expect(picks.find(({ item }) => item === 'i3')!.score).toBe(0.5);
    expect(picks.find(({ item }) => item === 'i2')!.score).toBe(0.25);
    // By the learned mix: i3 came twice, so it were two orders at least, with the frequencies 1 + 0.95 and 0.95 ** 2.
    const learned = await nextBasketRecommender(train);
    const { repeat } = learned.mix as Extract<typeof learned.mix, { customers: number }>;
    const chance = (frequency: number) =>
      1 / (1 + Math.exp(-(repeat.constant + repeat.slope * Math.log(frequency) + repeat.orders * Math.log(2))));
    const found = await recommend(learned, await foldInUser(learned, ['i2', 'i3', 'i3']), { exclude: 'nothing' });
    expect(found.find(({ item }) => item === 'i3')!.score).toBeCloseTo(chance(1.95), 5);
    expect(found.find(({ item }) => item === 'i2')!.score).toBeCloseTo(chance(0.95 ** 2), 5);
  });

  test('says why, by the part that the item comes from', async () => {
    const recommender = await nextBasketRecommender(train);
    for (const [item, source] of [
      ['i0', 'repeat'],
      ['i3', 'discover'],
    ] as const) {
      const why = await explainRecommendation(recommender, 'u0', item);
      expect(why.source).toBe(source);
      expect(why.contributions.length).toBeGreaterThan(0);
      if (source === 'repeat') expect(why.contributions.map(({ id }) => id)).toEqual(['i0']);
      const sum = why.contributions.reduce((total, { value }) => total + value, 0);
      expect(sum + why.residual).toBeCloseTo(why.score, 12);
    }
  });

  test.each([
    [{ mix: 'best' as never }, "`mix` must be 'learned' or a share"],
    [{ mix: { repeatShare: 1 } }, '`mix.repeatShare` must be a number in [0, 1)'],
    [{ mix: { repeatShare: 0 } }, '`mix.repeatShare` must be above 0'],
    [{ mix: { share: 0.5 } as never }, '`share` must be left out'],
    [{ decay: 2 }, '`decay` must be a number in (0, 1]'],
    [{ unit: 'week' as never }, '`unit` must be one of'],
    [{ discover: 'ease' as never }, '`discover` must be a function'],
    [{ discover: () => ({}) as never }, '`discover().name` must be a text'],
    [{ discover: () => tableRecommender([[1, 2]]) }, '`discover()` must number the 3 users × 6 items of the rows'],
    [{ signal: AbortSignal.abort(new Error('enough')) }, 'enough'],
  ])('refuses %j', async (options, message) => {
    await expect(nextBasketRecommender(train, options)).rejects.toThrow(message);
  });

  test('refuses rows that are none', async () => {
    await expect(nextBasketRecommender(shopOf([[], []], 3))).rejects.toThrow('`train` must have at least one row');
  });
});
