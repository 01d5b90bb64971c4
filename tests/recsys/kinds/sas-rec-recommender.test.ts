import {
  buildSasRec,
  createInteractions,
  createVocabulary,
  decodeRecommender,
  encodeRecommender,
  evaluateRanking,
  explainRecommendation,
  foldInUser,
  recommend,
  type SasRecModel,
  sasRecRecommender,
  trainSasRec,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { walksAround } from '../support/walks.js';

const users = createVocabulary(['ann', 'bob', 'cat', 'dan']);
const items = createVocabulary(['tea', 'milk', 'cake', 'mug'], { hasUnknown: true });
const rows = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
] as const;
const seen = createInteractions({
  ...{ users, items },
  userIndices: rows.map(([user]) => user),
  itemIndices: rows.map(([, item]) => item),
});

/** Without blocks what comes out is the normalised sum of the latest item's vector and that of the last position. */
function plainModel(): SasRecModel {
  const model = buildSasRec({ items, embeddingSize: 3, blocks: 0, maxLength: 2, embeddingDeviation: 1, seed: 4 });
  model.learnedItems.fill(1);
  return model;
}

function plainScores({ table, parameters }: SasRecModel, latest: number): number[] {
  const vectorOf = (item: number) => Array.from(table.values.subarray(3 * item, 3 * item + 3));
  // Positions come first; the last of two is that of the latest item.
  const sum = vectorOf(latest).map((value, axis) => value + parameters[3 + axis]!);
  const mean = sum.reduce((total, value) => total + value, 0) / 3;
  const variance = sum.reduce((total, value) => total + (value - mean) ** 2, 0) / 3;
  const normed = sum.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
  return Array.from({ length: 5 }, (_, item) =>
    vectorOf(item).reduce((total, value, axis) => total + value * normed[axis]!, 0),
  );
}

function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, 5);
  });
}

test('scores by the vector that follows from the latest item', async () => {
  const model = plainModel();
  const recommender = sasRecRecommender(model, { seen });
  const [ann, bob] = [plainScores(model, 2), plainScores(model, 3)];
  expectNear(await recommender.scoreAll(Int32Array.of(0, 1)), [...ann, ...bob]);
  expectNear(await recommender.scorePairs(Int32Array.of(1, 0, 1), Int32Array.of(0, 1, 4)), [bob[0]!, ann[1]!, bob[4]!]);
  expectNear(await recommender.scoreHistory!(Int32Array.of(1, 3), Float32Array.of(1, 1)), bob);
});

test('knows nothing of users without a known item, who get what is popular', async () => {
  const recommender = sasRecRecommender(plainModel(), { seen });
  expect([0, 1, 2, 3].map(recommender.knowledge!.knowsUser!)).toEqual([true, true, false, false]);
  expect(Array.from(await recommender.scoreAll(Int32Array.of(2, 3)))).toEqual(new Array(10).fill(0));
  const [pick] = await recommend(recommender, 'dan', { k: 1 });
  expect(pick!.source).toBe('popularity');
});

test('knows nothing of items that it was not trained on', async () => {
  const model = plainModel();
  model.learnedItems.set([1, 1, 0, 1, 0]);
  const visitor = await foldInUser(sasRecRecommender(model, { seen }), ['tea']);
  const picks = await recommend(sasRecRecommender(model, { seen }), visitor, { k: 3 });
  expect(picks.map(({ item, source }) => [item, source]).at(-1)).toEqual(['cake', 'popularity']);
});

const walks = walksAround(10, 12, 9);
const trained = buildSasRec({ items: walks.items, embeddingSize: 8, heads: 2, maxLength: 5, dropout: 0, seed: 1 });
const { recommender } = await trainSasRec({ model: trained, interactions: walks, epochs: 3, seed: 1 });

test('reads the last items of a history, in their order', async () => {
  const ones = (count: number) => new Float32Array(count).fill(1);
  const scores = await recommender.scoreHistory!(Int32Array.of(9, 8, 1, 2, 3, 4, 5), ones(7));
  // Five are read: what came before them is nothing.
  expect(await recommender.scoreHistory!(Int32Array.of(0, 1, 2, 3, 4, 5), ones(6))).toEqual(scores);
  expect(await recommender.scoreHistory!(Int32Array.of(1, 2, 4, 3, 5), ones(5))).not.toEqual(scores);
  expect(await recommender.scoreHistory!(new Int32Array(0), ones(0))).toEqual(new Float32Array(10));
});

test('a customer from outside is read like one of the same history', async () => {
  const own = walks.itemIndices.subarray(0, 9);
  const visitor = await foldInUser(
    recommender,
    Array.from(own, (item) => walks.items.idAt(item)!),
  );
  expect(await visitor.scoreAll()).toEqual(await recommender.scoreAll(Int32Array.of(0)));
  expect(visitor.isKnown).toBe(true);
});

test('pairs score as in the whole, whoever stands beside them', async () => {
  const everybody = Int32Array.from({ length: 12 }, (_, user) => user);
  const all = await recommender.scoreAll(everybody);
  const pairs = await recommender.scorePairs(Int32Array.of(7, 3, 7), Int32Array.of(2, 9, 0));
  expect(Array.from(pairs)).toEqual([all[72], all[39], all[70]]);
  expect(await recommender.scoreAll(Int32Array.of(7))).toEqual(all.slice(70, 80));
});

test('many who ask at once get what each alone gets', async () => {
  const ask = (user: number) => recommender.scoreAll(Int32Array.of(user));
  const together = await Promise.all([0, 1, 2, 3].map(ask));
  for (const user of [0, 1, 2, 3]) expect(together[user]).toEqual(await ask(user));
});

test('explains a score by leaving out each past item', async () => {
  const { score, contributions, residual, baselineScore } = await explainRecommendation(recommender, 'u0', 'i5');
  const own = walks.itemIndices.subarray(4, 9);
  const scoreOf = async (history: Int32Array) =>
    (await recommender.scoreHistory!(history, new Float32Array(history.length).fill(1)))[5]!;
  for (const past of own) {
    const without = await scoreOf(own.filter((item) => item !== past));
    const found = contributions.find(({ id }) => id === walks.items.idAt(past))!;
    expect(found).toMatchObject({ kind: 'history', feature: 'history' });
    expect(found.value).toBeCloseTo(score - without, 5);
  }
  expect(contributions).toHaveLength(5);
  expect(baselineScore + contributions.reduce((sum, { value }) => sum + value, 0) + residual).toBeCloseTo(score, 6);
});

describe('in a file', () => {
  test('comes back with the same bits', async () => {
    const again = await decodeRecommender(await encodeRecommender({ ...recommender, name: 'mine' }));
    const everybody = Int32Array.from({ length: 12 }, (_, user) => user);
    expect(again.name).toBe('mine');
    expect(await again.scoreAll(everybody)).toEqual(await recommender.scoreAll(everybody));
    expect([0, 9].map(again.knowledge!.knowsItem!)).toEqual([true, true]);
  });

  test.each<[string, object, RegExp]>([
    ['more blocks than weights', { blocks: 40 }, /.blocks|weights for each head/],
    ['heads that do not divide', { heads: 3 }, /heads that divide embeddingSize/],
    ['another width', { embeddingSize: 16 }, /tensor .*items/],
    ['a longer reach', { maxLength: 6 }, /tensor .*positions/],
    ['a pass beyond all memory', { maxLength: 300 }, /tensor .*positions|numbers/],
    ['a dropout of 1', { dropout: 1 }, /dropout in \[0, 1\)/],
  ])('is refused with %s', async (_, changes, message) => {
    const state = await recommender.state!();
    const forged = { ...recommender, state: () => ({ ...state, settings: { ...state.settings, ...changes } }) };
    await expect(decodeRecommender(await encodeRecommender(forged))).rejects.toThrow(message);
  });
});

test('is measured like any recommender', async () => {
  const report = await evaluateRanking(recommender, { test: walks, exclude: 'nothing', k: 3, resamples: 0 });
  expect(report.metrics.hitRate.value).toBeGreaterThanOrEqual(0);
});

test.each<[string, unknown, RegExp]>([
  ['no model', () => sasRecRecommender(undefined as never, { seen }), /`model` must be a SasRecModel/],
  ['no rows', () => sasRecRecommender(plainModel(), {} as never), /`seen` must be Interactions/],
  ['other items', () => sasRecRecommender(plainModel(), { seen: walks }), /`model` must have the items/],
  [
    'heads that do not divide',
    () => buildSasRec({ items, embeddingSize: 6, heads: 4 }),
    /`heads` must divide embeddingSize, 6, received 4/,
  ],
  [
    'one item',
    () => buildSasRec({ items: createVocabulary(['tea']) }),
    /`items` must hold two items or more, received 1/,
  ],
  ['a pass of terabytes', () => buildSasRec({ items, maxLength: 1e6 }), /`maxLength` must let a pass take at most/],
])('refuses %s', (_, make, message) => {
  expect(make as () => unknown).toThrow(message);
});
