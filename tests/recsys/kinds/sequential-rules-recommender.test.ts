import fc from 'fast-check';
import {
  createInteractions,
  createVocabulary,
  decodeRecommender,
  encodeRecommender,
  foldInUser,
  personalFrequencyRecommender,
  type Recommender,
  recommend,
  sequentialRulesRecommender,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const names = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

/** Rows `[user, item, order]`, in order of time. */
type Rows = readonly (readonly [user: number, item: number, order: number])[];

function historyOf(rows: Rows, users: number, items: number, withOrders = true) {
  return createInteractions({
    ...{ users: names(users), items: names(items) },
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    times: rows.map((_, row) => row),
    ...(withOrders && { orders: rows.map(([, , order]) => order) }),
  });
}

/** Each user's events as lists of items, from the definition. */
function eventsOf(rows: Rows, users: number, withOrders: boolean): number[][][] {
  return Array.from({ length: users }, (_, user) => {
    const own = rows.filter(([each]) => each === user);
    if (!withOrders) return own.map(([, item]) => [item]);
    const orders: { order: number; items: Set<number> }[] = [];
    for (const [, item, order] of own) {
      if (orders.at(-1)?.order !== order) orders.push({ order, items: new Set() });
      orders.at(-1)!.items.add(item);
    }
    return orders.map(({ items }) => [...items]);
  });
}

/** The formula, with no thought of speed. */
function ruleScores(events: number[][][], items: number, steps: number, history: number, decay: number) {
  const rule = Array.from({ length: items }, () => new Array<number>(items).fill(0));
  const count = new Array<number>(items).fill(0);
  for (const own of events) {
    for (const [place, event] of own.entries()) {
      for (const j of event) {
        count[j]! += 1;
        for (let d = 1; d <= steps && place + d < own.length; d += 1)
          for (const i of own[place + d]!) rule[j]![i]! += 1 / d;
      }
    }
  }
  return events.map((own) =>
    Array.from({ length: items }, (_, i) =>
      own
        .slice(-history)
        .reverse()
        .reduce(
          (sum, event, age) => sum + event.reduce((part, j) => part + (decay ** age * rule[j]![i]!) / count[j]!, 0),
          0,
        ),
    ),
  );
}

async function matrix(recommender: Recommender, users: number, items: number) {
  const scores = await recommender.scoreAll(Int32Array.from({ length: users }, (_, user) => user));
  return Array.from({ length: users }, (_, user) => [...scores.subarray(user * items, (user + 1) * items)]);
}

describe('sequentialRulesRecommender', () => {
  test('scores by hand: milk comes after tea', async () => {
    // ann: tea, milk, tea, milk; bob: tea. Of three rows of tea, two have milk one later, and one of them milk three later.
    const rows: Rows = [0, 1, 0, 1].map((item, at) => [0, item, at] as const);
    const train = historyOf([...rows, [1, 0, 9]], 2, 3);
    const recommender = await sequentialRulesRecommender(train);
    expect(recommender).toMatchObject({ name: 'sequentialRules', seen: train });
    const [, bob] = await matrix(recommender, 2, 3);
    const [again, milk] = [1 / 2 / 3, (1 + 1 / 3 + 1) / 3];
    expect(bob).toEqual([again, milk, 0].map(Math.fround));
    expect((await recommend(recommender, 1)).map(({ item }) => item)[0]).toBe('1');
  });

  test.each([true, false])('agrees with the formula for any data and options, orders: %s', async (withOrders) => {
    const row = fc.tuple(fc.nat(3), fc.nat(5), fc.nat(6));
    const options = fc.record({
      steps: fc.integer({ min: 1, max: 4 }),
      history: fc.integer({ min: 1, max: 4 }),
      decay: fc.constantFrom(1, 0.5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), options, async (drawn, given) => {
        // Orders rise, as numbers of orders do.
        const rows = drawn.map(([user, item, order]) => [user, item, order] as const).sort((a, b) => a[2] - b[2]);
        const recommender = await sequentialRulesRecommender(historyOf(rows, 4, 6, withOrders), given);
        const expected = ruleScores(eventsOf(rows, 4, withOrders), 6, given.steps, given.history, given.decay);
        const found = await matrix(recommender, 4, 6);
        for (const [user, own] of expected.entries()) {
          for (const [item, score] of own.entries()) expect(found[user]![item]).toBeCloseTo(score, 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the strongest rules alone when asked, and scores newcomers by what they did last', async () => {
    const rows: Rows = [0, 1, 0, 1, 0, 2].map((item, at) => [0, item, at] as const);
    const train = historyOf(rows, 1, 3);
    const one = await sequentialRulesRecommender(train, { steps: 1, rules: 1 });
    // Tea is followed by milk twice and by soap once: soap's rule goes.
    const guest = await foldInUser(one, [2, 0]);
    expect((await recommend(one, guest, { fill: 'nothing', exclude: 'nothing' })).map(({ item }) => item)).toEqual([
      '1',
    ]);
  });

  test('takes rows of one moment for a basket when asked, and keeps that in its file', async () => {
    // ann: tea and milk at once, then soap; bob: tea.
    const train = createInteractions({
      ...{ users: names(2), items: names(3) },
      ...{ userIndices: [0, 0, 0, 1], itemIndices: [0, 1, 2, 0], times: [5, 5, 6, 1] },
    });
    const byTime = await sequentialRulesRecommender(train, { unit: 'time' });
    // Soap comes one basket after tea, in one of its two rows; milk comes with it, not after it.
    expect((await matrix(byTime, 2, 3))[1]).toEqual([0, 0, 0.5]);
    // By rows milk comes one after tea, and soap two.
    const byRow = await sequentialRulesRecommender(train);
    expect((await matrix(byRow, 2, 3))[1]).toEqual([0, 0.5, 0.25]);
    const again = await decodeRecommender(await encodeRecommender(byTime));
    expect(await matrix(again, 2, 3)).toEqual(await matrix(byTime, 2, 3));
    const frequent = personalFrequencyRecommender(train, { unit: 'time', decay: 0.5 });
    expect((await matrix(frequent, 2, 3))[0]).toEqual([0.5, 0.5, 1]);
    const kept = await decodeRecommender(await encodeRecommender(frequent));
    expect((await matrix(kept, 2, 3))[0]).toEqual([0.5, 0.5, 1]);
    expect(() => personalFrequencyRecommender(train, { unit: 'order' })).toThrow(
      "personalFrequencyRecommender: `interactions.orders` must be there for the unit 'order'",
    );
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a positive integer'],
    [{ history: 1.5 }, '`history` must be a positive integer'],
    [{ decay: 0 }, '`decay` must be a number in (0, 1]'],
    [{ rules: -1 }, '`rules` must be a positive integer'],
    [{ step: 1 } as object, '`step` must be left out'],
  ])('refuses %j', async (options, message) => {
    await expect(sequentialRulesRecommender(historyOf([[0, 0, 0]], 1, 1), options)).rejects.toThrow(message);
  });
});

describe('personalFrequencyRecommender', () => {
  test('counts events with an item, the last ones more', async () => {
    // Orders of ann: (tea, milk, tea), (tea), (soap).
    const rows: Rows = [
      [0, 0, 1],
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 2],
      [0, 2, 3],
    ];
    const recommender = personalFrequencyRecommender(historyOf(rows, 2, 4), { decay: 0.5 });
    const [ann, bob] = await matrix(recommender, 2, 4);
    expect(ann).toEqual([0.5 + 0.25, 0.25, 1, 0]);
    expect(bob).toEqual([0, 0, 0, 0]);
    expect([...(await recommender.scorePairs(Int32Array.of(0, 1, 0), Int32Array.of(0, 0, 3)))]).toEqual([0.75, 0, 0]);
  });

  test('recommends again what is bought again, and the popular to who never bought', async () => {
    const recommender = personalFrequencyRecommender(
      historyOf(
        [
          [0, 3, 1],
          [0, 3, 2],
          [0, 1, 3],
        ],
        2,
        4,
      ),
    );
    const own = await recommend(recommender, 0, { exclude: 'nothing' });
    expect(own.map(({ item }) => item).slice(0, 2)).toEqual(['3', '1']);
    expect((await recommend(recommender, 1, { k: 2 })).every(({ source }) => source === 'popularity')).toBe(true);
  });

  test('refuses a decay of 0', () => {
    expect(() => personalFrequencyRecommender(historyOf([[0, 0, 0]], 1, 1), { decay: 0 })).toThrow(
      'personalFrequencyRecommender: `decay` must be a number in (0, 1]',
    );
  });
});
