import '../../support/backends.js';
import { readFileSync } from 'node:fs';
import {
  decodeRecommender,
  foldInUser,
  itemItemRecommender,
  popularityRecommender,
  type Recommender,
  trainImplicitAls,
  useBackend,
} from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { recommenderWithEverything, smallShop } from '../support/shop-models.js';

beforeAll(() => useBackend('cpu'));

// Files that version 0.1.0 wrote of these recommenders.
const files: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('first-format.json', import.meta.url), 'utf8'),
);

const made: readonly [string, () => Recommender | Promise<Recommender>][] = [
  ['popularity', () => popularityRecommender(smallShop(), { count: 'rows' })],
  ['neighbours', () => itemItemRecommender(smallShop(), { similarity: 'jaccard', shrinkage: 2 })],
  [
    'least squares',
    () =>
      trainImplicitAls({ interactions: smallShop(), factors: 5, epochs: 3, seed: 1 }).then(
        ({ recommender }) => recommender,
      ),
  ],
  ['model', recommenderWithEverything],
];

test.each(made)('a file of the first format is read: %s', async (kind, make) => {
  const [loaded, expected] = [await decodeRecommender(Buffer.from(files[kind]!, 'base64')), await make()];
  const users = Int32Array.of(0, 3, 8);
  const [scores, wanted] = [await loaded.scoreAll(users), await expected.scoreAll(users)];
  expect(scores.length).toBe(wanted.length);
  scores.forEach((score, at) => {
    expect(score).toBeCloseTo(wanted[at]!, 5);
  });
  expect(loaded.name).toBe(expected.name);
  expect(loaded.seen!.times).toEqual(expected.seen!.times);
  const [visitor, known] = [await foldInUser(loaded, ['item 3']), await foldInUser(expected, ['item 3'])];
  const some = Int32Array.of(1, 2);
  expect((await visitor.scoreItems(some))[1]).toBeCloseTo((await known.scoreItems(some))[1]!, 3);
});
