import '../../support/backends.js';
import {
  buildEmbeddingMlp,
  buildSasRec,
  createInteractions,
  createRng,
  createVocabulary,
  easeRecommender,
  evaluateRanking,
  frechetDistance,
  type Interactions,
  lazyAdam,
  leaveLastOut,
  precisionRecall,
  trainImplicitAls,
  trainSasRec,
  useBackend,
} from 'minimart';
import { expect, test, vi } from 'vitest';
import * as splitting from '../../../src/kernels/threads/split-work.js';
import { expectSameBits } from './same-bits.js';

// Started on memory that threads can share, where it stays.
await useBackend('wasm', { threads: 2 });

/** 80 users, 500 items; each user has some 60, in time. */
function madeShop(): Interactions {
  const rng = createRng(4);
  const rows = Array.from({ length: 80 * 60 }, (_, row) => [row % 80, rng.integer(500)] as const);
  return createInteractions({
    users: createVocabulary(Array.from({ length: 80 }, (_, user) => user)),
    items: createVocabulary(Array.from({ length: 500 }, (_, item) => item)),
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    times: rows.map((_, row) => row),
  });
}

const shop = madeShop();
const users = Int32Array.from({ length: 80 }, (_, user) => user);

function madeFeatures(seed: number) {
  return { values: createRng(seed).fillNormal(new Float32Array(700 * 160)), shape: [700, 160] };
}

/** Work, and the numbers that come of it. */
const works: Readonly<Record<string, () => Promise<Float32Array[]>>> = {
  'EASE, whose matrix is inverted': async () => [await (await easeRecommender(shop)).scoreAll(users)],
  'iALS, and an evaluation among all items': async () => {
    const { train, test: held } = leaveLastOut(shop);
    const { recommender, history } = await trainImplicitAls({ interactions: train, factors: 48, epochs: 2 });
    const { users: ofUsers, items } = await recommender.factors!();
    const { perUser } = await evaluateRanking(recommender, { train, test: held, resamples: 0 });
    const measured = Object.values(perUser.values).map((values) => Float32Array.from(values));
    return [ofUsers, items, Float32Array.from(history, ({ change }) => change), ...measured];
  },
  'scores of a network': async () => {
    const features = { user: shop.users, item: shop.items };
    const model = buildEmbeddingMlp({ features, embeddingSize: 48, hidden: [64, 32], seed: 3 });
    return [await model.scoreAll(users.subarray(0, 33))];
  },
  'updates of a sequence model': async () => {
    const options = { embeddingSize: 128, blocks: 2, maxLength: 50, dropout: 0.2, seed: 5 };
    const model = buildSasRec({ items: shop.items, ...options });
    const training = { epochs: 1, batchSize: 16, negatives: 32, optimizer: lazyAdam(), seed: 6 };
    const { history } = await trainSasRec({ model, interactions: shop, ...training });
    return [model.table.values.slice(), model.parameters.slice(), Float32Array.from(history, ({ loss }) => loss)];
  },
  'distances of features': async () => {
    const [real, generated] = [madeFeatures(7), madeFeatures(8)];
    const { value } = await frechetDistance(real, generated, { groups: 0 });
    const { precision, recall } = await precisionRecall(real, generated);
    return [Float32Array.of(value, precision.value, recall.value)];
  },
};

test.each(Object.entries(works))('%s: the same bits on 1, 2, 3 and 7 threads', async (name, work) => {
  await useBackend('wasm', { threads: 7 });
  const split = vi.spyOn(splitting, 'splitWork');
  const many = await work();
  expect(Math.max(...split.mock.calls.map(([, parts]) => parts.length))).toBeGreaterThanOrEqual(2);
  expect(many.every((numbers) => numbers.length > 0)).toBe(true);
  split.mockRestore();
  for (const threads of [1, 2, 3]) {
    await useBackend('wasm', { threads });
    expectSameBits(await work(), many, `${name}, ${threads} threads`);
  }
});
