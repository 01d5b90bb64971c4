import '../../support/backends.js';
import {
  createVocabulary,
  decodeRecommender,
  encodeRecommender,
  explainRecommendation,
  foldInItem,
  foldInUser,
  type RecommenderState,
  recommend,
  scoreItems,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { decayRecommender, readDecay } from '../support/decay-recommender.js';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';

const users = createVocabulary(['ann', 'bob']);
const items = createVocabulary(['tea', 'milk', 'cake']);
// Ann had tea, then milk; Bob had cake.
const seen = interactionsOf(users, items, [
  [0, 0],
  [0, 1],
  [1, 2],
]);
const own = () => decayRecommender(seen, Float32Array.of(8, 4, 2), 1);
const kinds = { decay: readDecay };

describe("a recommender of a user's own kind", () => {
  test('is saved as it says, and made again by its reader', async () => {
    const loaded = await decodeRecommender(await encodeRecommender({ ...own(), name: 'ours' }), { kinds });
    // Ann: tea 8 / 2^2, milk 4 / 2, cake 2.
    expect(await loaded.scoreAll(Int32Array.of(0, 1))).toEqual(Float32Array.of(2, 2, 2, 8, 4, 1));
    expect(loaded.seen!.itemIndices).toEqual(seen.itemIndices);
    expect(await encodeRecommender(loaded)).toEqual(await encodeRecommender(own()));
  });

  test('folds a user in, and explains the scores, in its own way', async () => {
    const recommender = own();
    const visitor = await foldInUser(recommender, ['cake', 'coffee']);
    expect(visitor).toMatchObject({ isKnown: true, unknownItems: ['coffee'], seenItems: Int32Array.of(2) });
    expect((await scoreItems(recommender, visitor, ['tea', 'cake'])).map(({ score }) => score)).toEqual([8, 1]);
    expect((await recommend(recommender, visitor, { k: 2 })).map(({ item }) => item)).toEqual(['tea', 'milk']);
    const why = await explainRecommendation(recommender, visitor, 'cake');
    expect(why.contributions).toEqual([
      { kind: 'feature', feature: 'weight', id: 'cake', value: 2 },
      { kind: 'history', feature: 'decay', id: 'cake', value: -1 },
    ]);
    expect(why.residual).toBe(0);
  });

  test('folds an item in, and what comes of it is saved as well', async () => {
    const grown = await foldInItem(own(), { id: 'scone', users: ['ann', 'bob'] });
    const loaded = await decodeRecommender(await encodeRecommender(grown), { kinds });
    expect(loaded.items.toJSON().ids).toEqual(['tea', 'milk', 'cake', 'scone']);
    // Two bought it; both have it last: 2 / 2.
    expect(await loaded.scorePairs(Int32Array.of(0, 1), Int32Array.of(3, 3))).toEqual(Float32Array.of(1, 1));
  });

  test('of which nothing but scores is said is refused by the names of what is missing', async () => {
    const plain = tableRecommender([[1, 2]]);
    const scone = { id: 'scone', users: ['u0'] };
    await expect(encodeRecommender(plain)).rejects.toThrow(
      'must declare `state` (what to write down of it) or `factors`',
    );
    await expect(foldInUser(plain, ['i0'])).rejects.toThrow('must declare `foldInUser` or `scoreHistory`');
    await expect(foldInItem(plain, scone)).rejects.toThrow('must declare `foldInItem`');
    await expect(explainRecommendation(plain, 'u0', 'i0')).rejects.toThrow('must declare `explain` or `scoreHistory`');
  });

  test('needs a reader to be loaded', async () => {
    const bytes = await encodeRecommender(own());
    await expect(decodeRecommender(bytes)).rejects.toThrow('of a kind that is known, or whose reader is in `kinds`');
    await expect(decodeRecommender(bytes, { kinds: { decay: () => ({}) as never } })).rejects.toThrow(
      '`kinds.decay().name` must be a text',
    );
  });

  test('keeps vocabularies that it names, each once in the file', async () => {
    const colours = createVocabulary(['red', 'blue']);
    const state = () => ({ kind: 'plain', vocabularies: { colours, things: items } });
    let found: Readonly<Record<string, unknown>> = {};
    const read = (saved: Parameters<typeof readDecay>[0]) => {
      found = { colours: saved.vocabularies.colours!.toJSON(), isSame: saved.vocabularies.things === saved.items };
      return tableRecommender([[1, 2, 3]], { items: saved.items });
    };
    const bytes = await encodeRecommender(tableRecommender([[1, 2, 3]], { items, state }));
    await decodeRecommender(bytes, { kinds: { plain: read } });
    expect(found).toEqual({ colours: colours.toJSON(), isSame: true });
  });
});

test.each<[string, Partial<RecommenderState>, string]>([
  ['a kind with a slash', { kind: 'a/b' }, '`recommender.state().kind` must'],
  ['the name of another part of the file', { kind: 'seen' }, '`recommender.state().kind` must'],
  [
    'a setting that JSON would leave out',
    { settings: { a: [() => 1] } },
    '`recommender.state().settings.a.0` must be plain',
  ],
  [
    'a setting that JSON would change',
    { settings: { at: new Date(0) } },
    '`recommender.state().settings.at` must be plain',
  ],
  [
    'a setting that is not finite',
    { settings: { rate: Number.NaN } },
    '`recommender.state().settings.rate` must be plain',
  ],
  ['a number that is not finite', { tensors: { w: { shape: [1], values: Float32Array.of(Number.NaN) } } }, "'mine/w'"],
  ['no vocabulary', { vocabularies: { a: {} as never } }, '`recommender.state().vocabularies.a` must be a vocabulary'],
])('a state with %s is refused when it is saved', async (_name, part, message) => {
  const recommender = tableRecommender([[1]], { state: () => ({ kind: 'mine', ...part }) });
  await expect(encodeRecommender(recommender)).rejects.toThrow(message);
});
