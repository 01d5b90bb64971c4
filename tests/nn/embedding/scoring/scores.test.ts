import { add } from '@tensorflow/tfjs-core';
import { buildEmbeddingMlp, buildGmf, createRng, createVocabulary, type EmbeddingModel, useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { backends } from '../../../support/backends.js';
import { numbersOf, referenceLogit, referencePair } from '../reference-model.js';
import { batchRows, items, rowsFor, shake, smallModels, users } from '../small-models.js';

const pairModels = ['embedding MLP', 'GMF', 'NeuMF', 'dot product', 'dot product without biases', 'two towers'];

async function withModel(name: string, use: (model: EmbeddingModel) => Promise<void>): Promise<void> {
  const model = smallModels[name]!();
  shake(model);
  await use(model);
  model.dispose();
}

describe.each(backends)('scores on %s', (backendName) => {
  test.each(Object.keys(smallModels))('of rows are those of double precision: %s', async (name) => {
    await useBackend(backendName);
    await withModel(name, async (model) => {
      const numbers = await numbersOf(model);
      const scores = await model.score(rowsFor(model));
      expect(scores.length).toBe(8);
      scores.forEach((score, row) => {
        expect(score).toBeCloseTo(referenceLogit(model, numbers, row, false), 5);
      });
    });
  });

  test.each(pairModels)('of pairs and of all items are those of double precision: %s', async (name) => {
    await useBackend(backendName);
    await withModel(name, async (model) => {
      const numbers = await numbersOf(model);
      const pairs = await model.scorePairs(batchRows.user, batchRows.item);
      pairs.forEach((score, row) => {
        const expected = referencePair(model, numbers, batchRows.user[row]!, batchRows.item[row]!);
        expect(score).toBeCloseTo(expected, 5);
      });
      const some = Int32Array.of(3, 0, 3);
      const all = await model.scoreAll(some);
      expect(all.length).toBe(3 * items.size);
      all.forEach((score, at) => {
        const user = some[Math.floor(at / items.size)]!;
        expect(score).toBeCloseTo(referencePair(model, numbers, user, at % items.size), 5);
      });
    });
  });

  test.each(['dot product', 'dot product without biases', 'two towers'])(
    'factors give the scores: %s',
    async (name) => {
      await useBackend(backendName);
      await withModel(name, async (model) => {
        const { size, users: left, items: right, itemBiases } = await model.factors!();
        const scores = await model.scoreAll(Int32Array.from({ length: users.size }, (_, user) => user));
        for (let user = 0; user < users.size; user += 1) {
          const given = (item: number) => {
            let sum = itemBiases?.[item] ?? 0;
            for (let at = 0; at < size; at += 1) sum += left[user * size + at]! * right[item * size + at]!;
            return sum;
          };
          // Up to a constant for each user: compared with the first item.
          for (let item = 1; item < items.size; item += 1) {
            const difference = scores[user * items.size + item]! - scores[user * items.size]!;
            expect(given(item) - given(0)).toBeCloseTo(difference, 5);
          }
        }
      });
    },
  );
});

test.each(backends)('do not depend on how rows fall into blocks, on %s', async (backendName) => {
  await useBackend(backendName);
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const features = { user: createVocabulary(range(40)), item: createVocabulary(range(600)) };
  const model = buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [8], embeddingDeviation: 0.5 });
  const all = await model.scoreAll(Int32Array.from(range(40)));
  const rng = createRng(2);
  const count = 9000;
  const user = Int32Array.from({ length: count }, () => rng.integer(40));
  const item = Int32Array.from({ length: count }, () => rng.integer(600));
  const scores = await model.scorePairs(user, item);
  scores.forEach((score, row) => {
    expect(score).toBeCloseTo(all[user[row]! * 600 + item[row]!]!, 5);
  });
  model.dispose();
});

test('follow weights that were assigned from outside', async () => {
  await useBackend('wasm');
  const model = buildGmf({ features: { user: users, item: items } });
  const pair = [Int32Array.of(0), Int32Array.of(0)] as const;
  const [before] = await model.scorePairs(...pair);
  const bias = model.variables['output/bias']!;
  bias.assign(add(bias, 2));
  const [after] = await model.scorePairs(...pair);
  expect(after! - before!).toBeCloseTo(2, 5);
  model.dispose();
});

test('say what is wrong with rows', async () => {
  await useBackend('wasm');
  const model = smallModels['embedding MLP with side features']!();
  const rows = rowsFor(model);
  await expect(model.scorePairs(Int32Array.of(0), Int32Array.of(0))).rejects.toThrow('`features` must be');
  await expect(model.score({ ...rows, weather: new Float32Array(3) })).rejects.toThrow('`weather` must hold 2 numbers');
  const missing = { ...rows, weather: Float32Array.from(batchRows.weather, () => Number.NaN) };
  await expect(model.score(missing)).rejects.toThrow(
    '`weather` must hold finite numbers (row 0 does not), received NaN',
  );
  await expect(model.score({ ...rows, item: Int32Array.of(1, 2, 3) })).rejects.toThrow('`item` must have 8 rows');
  const outside = Int32Array.from(batchRows.item);
  outside[3] = 7;
  const refused = '`item` must hold indices from 0 to 6 (row 3 does not), received 7';
  await expect(model.score({ ...rows, item: outside })).rejects.toThrow(refused);
  model.dispose();
});
