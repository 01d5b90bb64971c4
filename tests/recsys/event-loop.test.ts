import {
  createInteractions,
  createRng,
  createVocabulary,
  evaluateRanking,
  factorRecommender,
  foldInUser,
  type Interactions,
  itemItemRecommender,
  recommend,
  recommendAll,
  similarItems,
  trainImplicitAls,
} from 'minimart';
import { describe, test } from 'vitest';
import { expectYields } from '../support/event-loop.js';

const rng = createRng(5);
const numbered = (count: number, letter: string) =>
  createVocabulary(Array.from({ length: count }, (_, index) => `${letter}${index}`));

function randomRows(userCount: number, itemCount: number, rowCount: number): Interactions {
  const draw = (below: number) => Int32Array.from({ length: rowCount }, () => rng.integer(below));
  const [users, items] = [numbered(userCount, 'u'), numbered(itemCount, 'i')];
  return createInteractions({ users, items, userIndices: draw(userCount), itemIndices: draw(itemCount) });
}

// Of each of these the work without a pause is well above 50 ms: 60 users times 40,000 items times 64 numbers and more.
const wide = randomRows(300, 40_000, 3000);
const few = createInteractions({
  users: wide.users,
  items: wide.items,
  userIndices: Int32Array.from({ length: 60 }, (_, user) => user),
  itemIndices: Int32Array.from({ length: 60 }, (_, user) => 600 * user),
});
const size = 64;
const vectors = factorRecommender({
  users: wide.users,
  items: wide.items,
  seen: wide,
  factors: {
    size,
    users: rng.fillNormal(new Float32Array(wide.users.size * size)),
    items: rng.fillNormal(new Float32Array(wide.items.size * size)),
  },
});
const heavy = createInteractions({
  users: numbered(2, 'u'),
  items: numbered(6000, 'i'),
  userIndices: Int32Array.from({ length: 9_000 }, (_, row) => (row < 6000 ? 0 : 1)),
  itemIndices: Int32Array.from({ length: 9_000 }, (_, row) => row % 6000),
});
const { recommender: als } = await trainImplicitAls({ interactions: heavy, factors: 64, epochs: 1 });

describe('the event loop goes on while', () => {
  test('evaluateRanking works', () =>
    expectYields(() => evaluateRanking(vectors, { test: few, metrics: ['hitRate', 'coverage'], baseline: null })));

  test('recommendAll works', () =>
    expectYields(async () => {
      const users = Array.from({ length: 60 }, (_, user) => `u${user}`);
      for await (const _ of recommendAll(vectors, { users, k: 10 }));
    }));

  test('scores of very many pairs are computed', () =>
    expectYields(() => vectors.scorePairs(new Int32Array(2_000_000), new Int32Array(2_000_000))));

  test('similarItems and a spread list look at everything', () =>
    expectYields(async () => {
      await similarItems(vectors, wide.items.idAt(wide.itemIndices[0]!)!);
      await recommend(vectors, 'u1', { k: 20, diversify: { strength: 0.5, pool: 2000 } });
    }));

  test('trainImplicitAls fits a customer of 6,000 items', () =>
    expectYields(() => trainImplicitAls({ interactions: heavy, factors: 64, epochs: 1 })));

  test('foldInUser takes a long history', () =>
    expectYields(() =>
      foldInUser(
        als,
        Array.from({ length: 6000 }, (_, item) => `i${item}`),
      ),
    ));

  test('itemItemRecommender scores', async () => {
    const recommender = await itemItemRecommender(randomRows(2000, 3000, 60_000), { neighbours: 200 });
    await expectYields(() => recommender.scoreAll(Int32Array.from({ length: 2000 }, (_, user) => user)));
  });
});
