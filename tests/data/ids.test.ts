import {
  categoryByKey,
  createInteractions,
  createPeriodSales,
  createVocabulary,
  demandByDay,
  foldInItem,
  foldInUser,
  groupSales,
  growVocabulary,
  type Id,
  idColumn,
  parseTable,
  recommend,
  recommendAll,
  salesByPeriod,
  scoreItems,
  similarItems,
  timeColumn,
  trainImplicitAls,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// Texts of what is no id, as `String` gives them: an id that everything without a value would share.
const traps = ['undefined', 'null', 'NaN', 'Infinity', '[object Object]', 'true', ''];
const users = createVocabulary(['ann', 'bob', ...traps]);
const items = createVocabulary(['tea', 'mug', ...traps]);
const rows = users.size;
const interactions = createInteractions({
  users,
  items,
  userIndices: Int32Array.from({ length: 3 * rows }, (_, row) => row % rows),
  itemIndices: Int32Array.from({ length: 3 * rows }, (_, row) => (row * 2 + Math.floor(row / rows)) % rows),
});
const orders = parseTable('who,what,when\nann,tea,2026-03-01\nbob,undefined,2026-03-02\nann,NaN,2026-03-03\n', {
  who: idColumn(),
  what: idColumn(),
  when: timeColumn(),
});
const { recommender: als } = await trainImplicitAls({ interactions, factors: 2, epochs: 1, seed: 1 });
const sales = createPeriodSales({ undefined: [1, 2, 3], NaN: [1, 2, 3] });

const takers: readonly (readonly [string, (id: Id) => unknown])[] = [
  ['createVocabulary', (id) => createVocabulary(['a', id])],
  ['growVocabulary', (id) => growVocabulary(users, [id])],
  ['vocabulary.indexOf', (id) => users.indexOf(id)],
  ['vocabulary.has', (id) => users.has(id)],
  ['a vocabulary of a table', (id) => orders.columns.what.vocabulary.indexOf(id)],
  ['idColumn', (id) => idColumn({ missing: { default: id } })],
  ['salesByPeriod', (id) => salesByPeriod(orders, { product: 'what', time: 'when', period: 'day', products: [id] })],
  ['demandByDay', (id) => demandByDay(orders, { product: 'what', time: 'when', products: [id] })],
  ['series', (id) => sales.series(id)],
  ['groupSales', (id) => groupSales(sales, () => id)],
  [
    'categoryByKey',
    (id) =>
      categoryByKey(orders, {
        ...{ key: 'who', value: 'what', vocabulary: createVocabulary(['cat']), reduce: 'first' },
        otherwise: id,
      }),
  ],
  ['recommend', (id) => recommend(als, id, { k: 1 })],
  ['recommend exclude', (id) => recommend(als, 'ann', { k: 1, exclude: [id] })],
  ['recommend candidates', (id) => recommend(als, 'ann', { k: 1, candidates: [id] })],
  [
    'recommendAll',
    async (id) => {
      for await (const _ of recommendAll(als, { k: 1, users: [id] }));
    },
  ],
  ['scoreItems user', (id) => scoreItems(als, id, ['tea'])],
  ['scoreItems', (id) => scoreItems(als, 'ann', [id])],
  ['similarItems', (id) => similarItems(als, id, { k: 1 })],
  ['foldInUser', (id) => foldInUser(als, [id])],
  ['foldInItem', (id) => foldInItem(als, { id, users: ['ann'] })],
];

const noIds: readonly unknown[] = [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, {}, true, [], Symbol('x')];

describe.each(takers)('%s', (_, take) => {
  test.each(noIds.map((id) => [id]))('refuses %s', async (id) => {
    // `String` of a symbol is a text too.
    const run = async () => take(id as Id);
    await expect(run()).rejects.toThrow(RangeError);
    await expect(run()).rejects.toThrow(/: `[^`]+` must .*received /);
  });

  test('refuses a number that has lost digits', async () => {
    await expect((async () => take(2 ** 53))()).rejects.toThrow(RangeError);
  });
});

test('the place of what is no id is named', () => {
  expect(() => createVocabulary(['a', 'b', undefined as unknown as Id])).toThrow(
    'createVocabulary: `ids[2]` must be an id: a text or a finite number, received undefined.',
  );
  expect(() => createVocabulary([2 ** 53])).toThrow(
    '`ids[0]` must be an id: a text, where a number is beyond 2^53 and may have lost digits, received 9007199254740992',
  );
});

test('texts that look so are ids', async () => {
  expect(createVocabulary(traps).size).toBe(traps.length);
  expect(users.indexOf('undefined')).toBe(2);
  expect(users.has(17)).toBe(false);
  expect(createVocabulary([2 ** 53 - 1, -0, 1.5]).toJSON().ids).toEqual(['9007199254740991', '0', '1.5']);
  expect((await recommend(als, 'undefined', { k: 1 })).length).toBe(1);
});
