import {
  type Factors,
  foldInItem,
  foldInUser,
  type Interactions,
  type Recommender,
  recommend,
  scoreItems,
  similarItems,
  trainImplicitAls,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { clusteredShop } from '../support/clustered-shop.js';
import { tableRecommender } from '../support/hand-made.js';

const shop = clusteredShop();
const confidence = (weight: number) => 1 + 0.5 * weight;
const settings = { factors: 6, epochs: 15, seed: 2, unobservedWeight: 0.2, regularization: 0.05, confidence };
const { recommender: als } = await trainImplicitAls({ interactions: shop, ...settings });

/** Solves a full system by elimination with pivots, in double precision. */
function solveFull(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  rows.forEach((_, column) => {
    const pivot = rows.slice(column).reduce((a, b) => (Math.abs(b[column]!) > Math.abs(a[column]!) ? b : a));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    rows.forEach((row, at) => {
      if (at === column) return;
      const times = row[column]! / pivot[column]!;
      row.forEach((_value, k) => {
        row[k]! -= times * pivot[k]!;
      });
    });
  });
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}

/** The equations of Hu et al. in Rendle's form, written out. */
function fittedVector(others: Float32Array, observed: readonly number[], counts: readonly number[]): number[] {
  const { factors: size, unobservedWeight, regularization } = settings;
  const count = others.length / size;
  const vector = (row: number) => Array.from(others.subarray(row * size, (row + 1) * size));
  const ridge = regularization * (observed.length + unobservedWeight * count);
  const matrix = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => {
      let sum = a === b ? ridge : 0;
      for (let row = 0; row < count; row += 1) sum += unobservedWeight * vector(row)[a]! * vector(row)[b]!;
      observed.forEach((row, at) => {
        sum += counts[at]! * vector(row)[a]! * vector(row)[b]!;
      });
      return sum;
    }),
  );
  const right = Array.from({ length: size }, (_, a) =>
    observed.reduce((sum, row, at) => sum + counts[at]! * vector(row)[a]!, 0),
  );
  return solveFull(matrix, right);
}

function rowsOf(user: number) {
  const [begin, end] = [shop.offsets[user]!, shop.offsets[user + 1]!];
  return Array.from(shop.itemIndices.subarray(begin, end), (item, at) => ({
    item: `i${item}`,
    index: item,
    weight: shop.weights[begin + at]!,
  }));
}

describe('foldInUser by least squares', () => {
  test('solves the equations of the user', async () => {
    const { items } = (await als.factors!()) as Factors;
    const rows = rowsOf(7);
    const { vector } = await foldInUser(als, rows);
    const expected = fittedVector(
      items,
      rows.map(({ index }) => index),
      rows.map(({ weight }) => confidence(weight)),
    );
    expected.forEach((value, axis) => {
      expect(vector![axis]!).toBeCloseTo(value, 5);
    });
  });

  test('ranks for the items of a trained user nearly as the trained row does: 9 of the best 10, on average', async () => {
    let common = 0;
    for (let user = 0; user < 60; user += 1) {
      const trained = await recommend(als, `u${user}`, { k: 10, exclude: 'seen' });
      const folded = await recommend(als, await foldInUser(als, rowsOf(user)), { k: 10, exclude: 'seen' });
      const ids = new Set(trained.map(({ item }) => item));
      common += folded.filter(({ item }) => ids.has(item)).length;
    }
    expect(common / 60).toBeGreaterThan(9);
  });

  test('gives a user who likes one kind items of that kind, and whom scoreItems knows', async () => {
    const visitor = await foldInUser(als, ['i21', 'i22', { item: 'i23', weight: 3 }]);
    const picks = await recommend(als, visitor, { k: 5, exclude: 'seen' });
    for (const { item } of picks) {
      expect(Number(item.slice(1))).toBeGreaterThanOrEqual(20);
      expect(['i21', 'i22', 'i23']).not.toContain(item);
    }
    expect(await scoreItems(als, visitor, [picks[0]!.item])).toEqual([
      { item: picks[0]!.item, score: picks[0]!.score, source: 'model' },
    ]);
  });

  test('leaves out unknown items and names them, or refuses them when told', async () => {
    const known = await foldInUser(als, ['i1', 'discontinued', 77]);
    expect([...known.seenItems]).toEqual([1]);
    expect(known.unknownItems).toEqual(['discontinued', '77']);
    const without = await foldInUser(als, ['i1']);
    expect(known.vector).toEqual(without.vector);
    await expect(foldInUser(als, ['i1', 'discontinued'], { unknownItems: 'throw' })).rejects.toThrow(
      '`items` must hold ids that the recommender knows',
    );
  });

  test('gives popular items, marked so, where nothing that was done is known', async () => {
    const nobody = await foldInUser(als, ['discontinued']);
    expect(nobody).toMatchObject({ isKnown: false, unknownItems: ['discontinued'] });
    const picks = await recommend(als, nobody, { k: 3 });
    expect(picks).toEqual(await recommend(als, 'nobody', { k: 3 }));
    expect(picks.every(({ source }) => source === 'popularity')).toBe(true);
  });

  test('refuses a basket of nothing, and weights that are none', async () => {
    await expect(foldInUser(als, [])).rejects.toThrow('at least one id');
    await expect(foldInUser(als, [{ item: 'i1', weight: 0 }])).rejects.toThrow(
      "give 'i1' (string) a finite weight above 0",
    );
  });

  test('is refused for a recommender that says nothing of how it was made', async () => {
    await expect(foldInUser(tableRecommender([[1, 2]]), ['i0'])).rejects.toThrow(
      "foldInUser: `recommender` must declare `foldInUser` or `scoreHistory`, for users to be folded in, received 'table' (string).",
    );
  });

  test('makes a user of one recommender only', async () => {
    const visitor = await foldInUser(als, ['i39']);
    await expect(recommend(tableRecommender([[1, 2]]), visitor)).rejects.toThrow('be folded into this recommender');
  });
});

describe('foldInUser by history', () => {
  test('scores with what the recommender says of the history', async () => {
    const byHistory = tableRecommender([[0, 0, 0]], {
      scoreHistory: async (items, weights) =>
        Float32Array.from([0, 1, 2], (i) => weights.reduce((sum, w, at) => sum + w * (i + items[at]!), 0)),
    });
    const visitor = await foldInUser(byHistory, [{ item: 'i1', weight: 2 }, 'i2']);
    // item 0: 2 * 1 + 1 * 2, item 2: 2 * 3 + 1 * 4
    expect(await scoreItems(byHistory, visitor, ['i0', 'i2'])).toEqual([
      { item: 'i0', score: 4, source: 'model' },
      { item: 'i2', score: 10, source: 'model' },
    ]);
    expect((await recommend(byHistory, visitor, { k: 3, exclude: 'seen' })).map(({ item }) => item)).toEqual(['i0']);
  });
});

const confidencesOf = async (recommender: Recommender) =>
  (await recommender.state!()).tensors!.confidences!.values as Float32Array;

describe('foldInItem by least squares', () => {
  const buyers = [1, 3, 5, 7, 9, 11].map((user) => ({ user: `u${user}`, weight: 2 }));

  test('solves the equations of the item, and leaves all other vectors alone', async () => {
    const old = (await als.factors!()) as Factors;
    const grown = await foldInItem(als, { id: 'new', users: buyers });
    const { items, users } = (await grown.factors!()) as Factors;
    const expected = fittedVector(
      users,
      [1, 3, 5, 7, 9, 11],
      buyers.map(({ weight }) => confidence(weight)),
    );
    expected.forEach((value, axis) => {
      expect(items[40 * 6 + axis]!).toBeCloseTo(value, 5);
    });
    expect(items.subarray(0, 240)).toEqual(old.items);
    expect(users).toEqual(old.users);
  });

  test('lets the new item be recommended to its kind, not to the other, and not to those who have it', async () => {
    const grown = await foldInItem(als, { id: 'new', users: buyers });
    const placeFor = async (user: string) => {
      const list = await recommend(grown, user, { k: 41, exclude: 'nothing' });
      return list.findIndex(({ item }) => item === 'new');
    };
    // Odd users like the upper half of the items; none of these has the new one.
    let [sameKind, otherKind] = [0, 0];
    for (let user = 20; user < 60; user += 2) {
      otherKind += await placeFor(`u${user}`);
      sameKind += await placeFor(`u${user + 1}`);
    }
    expect(sameKind / 20).toBeLessThan(20);
    expect(otherKind / 20).toBeGreaterThan(20);
    const toBuyer = await recommend(grown, 'u1', { k: 41, exclude: 'seen' });
    expect(toBuyer.map(({ item }) => item)).not.toContain('new');
    const [nearest] = await similarItems(grown, 'new', { k: 1 });
    expect(Number(nearest!.item.slice(1))).toBeGreaterThanOrEqual(20);
  });

  test('keeps the rows of users in order, each with what it counted', async () => {
    const grown = await foldInItem(als, { id: 'new', users: buyers });
    expect(grown.seen!.length).toBe(shop.length + 6);
    const pairs = (rows: Interactions, counts: Float32Array) =>
      Array.from(rows.itemIndices, (item, row) => `${rows.userIndices[row]} ${item} ${counts[row]}`).filter(
        (pair) => pair.split(' ')[1] !== '40',
      );
    const counted = await confidencesOf(grown);
    expect(pairs(grown.seen!, counted)).toEqual(pairs(shop, await confidencesOf(als)));
    const added = [...grown.seen!.itemIndices.keys()].filter((row) => grown.seen!.itemIndices[row] === 40);
    expect(added.map((row) => counted[row])).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test('leaves out a user it does not know, and names them', async () => {
    const skipped: string[] = [];
    const onUnknownUsers = (ids: readonly string[]) => skipped.push(...ids);
    const grown = await foldInItem(als, { id: 'new', users: ['u1', 'zoe'] }, { onUnknownUsers });
    expect(skipped).toEqual(['zoe']);
    expect((await grown.factors!()).items).toEqual(
      (await (await foldInItem(als, { id: 'new', users: ['u1'] })).factors!()).items,
    );
  });

  test('can be done again, and takes folded users', async () => {
    const once = await foldInItem(als, { id: 'a', users: ['u1'] });
    const twice = await foldInItem(once, { id: 'b', users: ['u2', 'u4'] });
    expect(twice.items.toJSON().ids.slice(-2)).toEqual(['a', 'b']);
    const visitor = await foldInUser(twice, ['b']);
    expect(await recommend(twice, visitor, { k: 42, exclude: 'nothing' })).toHaveLength(42);
  });

  test('refuses an item it knows, users it does not, and other recommenders', async () => {
    await expect(foldInItem(als, { id: 'i3', users: ['u1'] })).rejects.toThrow('`item.id` must be one');
    const strict = { unknownUsers: 'throw' } as const;
    await expect(foldInItem(als, { id: 'new', users: ['u1', 'zoe'] }, strict)).rejects.toThrow('`users` must hold ids');
    await expect(foldInItem(als, { id: 'new', users: ['zoe'] })).rejects.toThrow('at least one id that is known');
    await expect(foldInItem(tableRecommender([[1]]), { id: 'new', users: ['u0'] })).rejects.toThrow(
      '`recommender` must declare `foldInItem`',
    );
  });
});
