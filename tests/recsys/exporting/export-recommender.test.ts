import '../../support/backends.js';
import { add, io, memory, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import {
  asRecommender,
  buildDotProduct,
  buildEmbeddingMlp,
  buildGmf,
  buildNeuMf,
  buildTwoTower,
  createVocabulary,
  type EmbeddingModel,
  exportRecommender,
  trainImplicitAls,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelWithEverything, smallShop } from '../support/shop-models.js';

beforeAll(() => useBackend('cpu'));

const shop = smallShop();
const features = { user: shop.users, item: shop.items };
const seeds = { embeddingDeviation: 1, seed: 5 };

async function roundTrip(model: LayersModel): Promise<LayersModel> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      // As JSON, the way a file holds it.
      saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return loadLayersModel(io.fromMemory(saved!));
}

async function predict(model: LayersModel, inputs: Readonly<Record<string, Tensor>>): Promise<Float32Array> {
  const output = model.predict(model.inputNames.map((name) => inputs[name]!)) as Tensor;
  expect(output.shape).toEqual([output.shape[0], 1]);
  return output.data<'float32'>();
}

/** Bias weights start at zero: other numbers show whether they are carried over. */
function withBiases(model: EmbeddingModel): EmbeddingModel {
  for (const [name, variable] of Object.entries(model.variables)) {
    if (!name.includes('kernel')) variable.assign(add(variable, 0.25));
  }
  return model;
}

describe.each([
  ['embedding MLP', () => buildEmbeddingMlp({ features, hidden: [8, 4], dropout: 0.5, ...seeds })],
  ['linear embedding MLP', () => buildEmbeddingMlp({ features, hidden: [], ...seeds })],
  ['GMF', () => buildGmf({ features, ...seeds })],
  ['NeuMF', () => buildNeuMf({ features, ...seeds })],
  ['dot product', () => buildDotProduct({ features, ...seeds })],
  [
    'two-tower with features of both sides',
    () =>
      buildTwoTower({
        features: {
          ...features,
          country: createVocabulary(['UK', 'France']),
          price: { kind: 'numeric' },
          history: { kind: 'bag', vocabulary: shop.items },
        },
        userColumns: {
          country: Int32Array.from({ length: 9 }, (_, user) => user % 2),
          history: { offsets: shop.offsets, indices: shop.itemIndices },
        },
        itemColumns: { price: Float32Array.from({ length: 14 }, (_, item) => item / 3) },
        ...seeds,
      }),
  ],
  ['embedding MLP with features of every kind', () => modelWithEverything(shop)],
])('the export of %s', (_name, build) => {
  const users = Int32Array.from({ length: 9 * 14 }, (_, pair) => pair % 9);
  const items = Int32Array.from({ length: 9 * 14 }, (_, pair) => Math.floor(pair / 9));

  test('scores every pair as the model does, to 1e-6, also after saving and loading without registerLayers', async () => {
    const model = withBiases(build());
    const scores = await model.scorePairs(users, items);
    const inputs = { user: tensor2d(users, [126, 1], 'int32'), item: tensor2d(items, [126, 1], 'int32') };
    const exported = exportRecommender(model);
    expect(exported.inputNames).toEqual(['user', 'item']);
    const scale = Math.max(1, ...scores.map(Math.abs));
    for (const each of [exported, await roundTrip(exported)]) {
      const found = await predict(each, inputs);
      scores.forEach((score, pair) => {
        expect(Math.abs(found[pair]! - score) / scale).toBeLessThan(1e-6);
      });
    }
  });
});

describe('exportRecommender', () => {
  test('has an input for what a batch brings', async () => {
    const model = buildEmbeddingMlp({
      features: { weekday: createVocabulary(['mon', 'tue']), prices: { kind: 'numeric', size: 2 } },
      head: 'count',
      hidden: [3],
      ...seeds,
    });
    const rows = { weekday: Int32Array.of(1, 0), prices: Float32Array.of(1, 2, 3, 4) };
    const expected = await model.score(rows);
    const found = await predict(exportRecommender(model), {
      weekday: tensor2d(rows.weekday, [2, 1], 'int32'),
      prices: tensor2d(rows.prices, [2, 2]),
    });
    found.forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row]!, 5);
    });
  });

  test('has weights of its own, which its disposal frees', () => {
    const model = buildNeuMf({ features, ...seeds });
    const before = memory().numTensors;
    const exported = exportRecommender(asRecommender(model));
    exported.dispose();
    expect(memory().numTensors).toBe(before);
    expect(Object.values(model.variables).every(({ isDisposed }) => !isDisposed)).toBe(true);
  });

  test('refuses a recommender without a model, and bags that a batch brings', async () => {
    const { recommender: als } = await trainImplicitAls({ interactions: shop, factors: 2, epochs: 1 });
    expect(() => exportRecommender(als)).toThrow('`source` must be a model or a recommender with one');
    const model = buildEmbeddingMlp({ features: { basket: { kind: 'bag', vocabulary: shop.items } } });
    expect(() => exportRecommender(model)).toThrow('`features.basket` must have its bags in userColumns');
  });
});
