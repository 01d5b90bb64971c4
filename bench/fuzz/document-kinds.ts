import { readFile } from 'node:fs/promises';
import { zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  conditionalNetwork,
  decodeFeatureExtractor,
  decodeForecastMethod,
  decodeGan,
  decodeRecommender,
  decodeTableModel,
  encodeFeatureExtractor,
  encodeForecastMethod,
  encodeGan,
  encodeRecommender,
  encodeTableModel,
  featureExtractorFrom,
  forecastSales,
  gaussianCopula,
  itemItemRecommender,
  latentClassMixture,
  popularityRecommender,
  recommend,
  sampleGan,
  trainImplicitAls,
} from 'minimart';
import { daysOf, first, known, learned, methods } from '../../tests/forecast/saving/learned-methods.js';
import { recommenderWithEverything, smallShop } from '../../tests/recsys/support/shop-models.js';
import { orderLines } from '../../tests/tables/order-lines.js';
import { documentKind, type FuzzKind, type Read } from './kind.js';

/** Files of recommenders, GANs, feature extractors, models of tables and methods of forecasting. */
export async function documentKinds(): Promise<FuzzKind[]> {
  return [
    ...(await recommenderKinds()),
    ...(await ganKinds()),
    await extractorKind(),
    ...(await tableModelKinds()),
    ...(await forecastKinds()),
  ];
}

async function tableModelKinds(): Promise<FuzzKind[]> {
  const table = orderLines(60);
  const together = [['product', 'price']] as const;
  const models = {
    'model of a table': await latentClassMixture(table, { classes: 2, iterations: 2, together }),
    'copula of a table': await gaussianCopula(table, { bins: 4 }),
    'network of a table': await conditionalNetwork(table, { hidden: [4], embeddingSize: 2, epochs: 1, bins: 4 }),
  };
  const use: Read = async (bytes) => {
    const read = await decodeTableModel(bytes);
    await read.sample(5);
    await read.probability({});
  };
  const readers = ['decodeTableModel', 'sample', 'probability'];
  const kinds: FuzzKind[] = [];
  for (const [name, model] of Object.entries(models)) {
    kinds.push(documentKind(name, readers, await encodeTableModel(model), use));
  }
  return kinds;
}

async function forecastKinds(): Promise<FuzzKind[]> {
  const sales = daysOf(first, 40);
  const use: Read = async (bytes) => {
    const method = await decodeForecastMethod(bytes, known);
    await forecastSales(sales, { method, horizon: 1 });
  };
  const readers = ['decodeForecastMethod', 'forecastSales', 'networkForecast', 'boostedForecast'];
  const kinds: FuzzKind[] = [];
  for (const name of Object.keys(methods)) {
    kinds.push(documentKind(`forecast of ${name}`, readers, await encodeForecastMethod(await learned(name)), use));
  }
  return kinds;
}

async function recommenderKinds(): Promise<FuzzKind[]> {
  const use: Read = async (bytes) => {
    const read = await decodeRecommender(bytes);
    try {
      await recommend(read, 'user 1', { k: 2 });
    } finally {
      read.model?.dispose();
    }
  };
  const shop = smallShop();
  const { recommender: factors } = await trainImplicitAls({ interactions: shop, factors: 3, epochs: 2, seed: 1 });
  const made = {
    recommender: recommenderWithEverything(),
    factors,
    neighbours: await itemItemRecommender(shop),
    popularity: popularityRecommender(shop),
  };
  const first = new URL('../../tests/recsys/saving/first-format.json', import.meta.url);
  const files: Readonly<Record<string, string>> = JSON.parse(await readFile(first, 'utf8'));
  const goods: [string, Uint8Array][] = [['recommender of 0.1.0', new Uint8Array(Buffer.from(files.model!, 'base64'))]];
  for (const [name, each] of Object.entries(made)) goods.push([name, await encodeRecommender(each)]);
  // A model that needs what only a batch brings can be read, and says so itself when it is asked for all items.
  return goods.map(([name, good]) =>
    documentKind(name, ['decodeRecommender', 'recommend', 'embeddingMlp.scoreAll'], good, use),
  );
}

async function ganKinds(): Promise<FuzzKind[]> {
  const use: Read = async (bytes) => {
    const read = await decodeGan(bytes);
    try {
      const { generator, conditionShape } = read;
      const conditions = conditionShape && { conditions: [0, 0] };
      (await sampleGan(generator, 2, { seed: 1, ...conditions })).dispose();
    } finally {
      read.dispose();
    }
  };
  const plain = { generator: buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4, 4, 1], seed: 5 }) };
  const condition = { size: 2 };
  const images = {
    generator: buildGenerator({ latentSize: 3, filters: [3], outputShape: [8, 8, 1], condition, seed: 1 }),
    discriminator: buildDiscriminator({ inputShape: [8, 8, 1], filters: [3], condition, seed: 2 }),
    conditionNames: ['a', 'b'],
  };
  const readers = ['decodeGan', 'sampleGan'];
  const kinds = [
    documentKind('GAN', readers, await encodeGan({ ...plain, notes: { steps: 3 } }), use),
    documentKind('GAN of images', readers, await encodeGan(images), use),
  ];
  for (const model of [plain.generator, images.generator, images.discriminator]) model.dispose();
  return kinds;
}

async function extractorKind(): Promise<FuzzKind> {
  const model = sequential({
    layers: [
      layers.conv2d({ filters: 2, kernelSize: 3, strides: 2, inputShape: [6, 6, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 4, activation: 'relu' }),
      layers.dense({ units: 2 }),
    ],
  });
  const good = await encodeFeatureExtractor(featureExtractorFrom(model));
  model.dispose();
  return documentKind('feature extractor', ['decodeFeatureExtractor', 'features'], good, async (bytes) => {
    const read = await decodeFeatureExtractor(bytes);
    const samples = zeros([2, 6, 6, 1]);
    try {
      await read.features(samples);
    } finally {
      samples.dispose();
      read.model.dispose();
    }
  });
}
