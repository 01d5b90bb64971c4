import { fill, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  createDqn,
  decodeCalibration,
  decodeDqn,
  decodeFeatureExtractor,
  decodeGan,
  decodeQTable,
  decodeRecommender,
  encodeCalibration,
  encodeDqn,
  encodeFeatureExtractor,
  encodeGan,
  encodeQTable,
  encodeRecommender,
  featureExtractorFrom,
  isotonicScaling,
  learnFromDemand,
  recommend,
  sampleGan,
} from 'minimart';
import { recommenderWithEverything } from '../../recsys/support/shop-models.js';
import { forecastMethods } from './forecast-methods.js';
import { tableModels } from './table-models.js';

/** A kind of file: one to be kept, and what who reads it gets of it. */
export interface DocumentKind {
  make(): Promise<Uint8Array>;
  use(bytes: Uint8Array): Promise<unknown>;
}

/** Every kind of file that keeps what was trained. */
export const documents: Readonly<Record<string, DocumentKind>> = {
  gan: { make: makeGan, use: useGan },
  extractor: { make: makeExtractor, use: useExtractor },
  recommender: {
    make: () => encodeRecommender(recommenderWithEverything()),
    use: async (bytes) => {
      const read = await decodeRecommender(bytes);
      const list = await recommend(read, 'user 1', { k: 3 });
      read.model?.dispose();
      return list;
    },
  },
  'q-table': {
    make: async () => encodeQTable(await learnFromDemand({ observed: [1, 2, 3], holding: 1, penalty: 4, capacity: 4 })),
    use: async (bytes) => {
      const { policy, q } = await decodeQTable(bytes);
      return { orders: [0, 1, 2].map((stock) => policy.act([stock])), values: Array.from(q.values) };
    },
  },
  dqn: {
    make: () => encodeDqn(createDqn({ observationSize: 2, actions: 2, hidden: [3], replaySize: 4, seed: 1 })),
    use: async (bytes) => {
      const agent = await decodeDqn(bytes);
      return Array.from(agent.values([1, 2]));
    },
  },
  calibration: {
    make: async () => {
      const scores = Array.from({ length: 60 }, (_, row) => row % 6);
      return encodeCalibration(
        await isotonicScaling(
          scores,
          scores.map((score, row) => (row % 5 < score ? 1 : 0)),
        ),
      );
    },
    use: async (bytes) => Array.from(await (await decodeCalibration(bytes)).apply([0, 1.5, 4])),
  },
  ...tableModels,
  ...forecastMethods,
};

async function makeGan(): Promise<Uint8Array> {
  const condition = { size: 2 };
  const shape = [8, 8, 1];
  const generator = buildGenerator({ latentSize: 3, filters: [3], outputShape: shape, condition, seed: 1 });
  const discriminator = buildDiscriminator({ inputShape: shape, filters: [3], condition, seed: 2 });
  const notes = { steps: 3, licence: 'CC0-1.0' };
  const bytes = await encodeGan({ generator, discriminator, conditionNames: ['shirt', 'boot'], notes });
  generator.dispose();
  discriminator.dispose();
  return bytes;
}

async function useGan(bytes: Uint8Array): Promise<unknown> {
  const { generator, dispose, conditionNames, notes } = await decodeGan(bytes);
  const drawn = await sampleGan(generator, 2, { seed: 1, conditions: [0, 1] });
  const numbers = Array.from(await drawn.data());
  drawn.dispose();
  dispose();
  return { conditionNames, notes, numbers };
}

async function makeExtractor(): Promise<Uint8Array> {
  const model = sequential({
    layers: [
      layers.flatten({ inputShape: [2, 2, 1] }),
      layers.dense({ units: 3, activation: 'relu' }),
      layers.dense({ units: 2 }),
    ],
  });
  const bytes = await encodeFeatureExtractor(featureExtractorFrom(model));
  model.dispose();
  return bytes;
}

async function useExtractor(bytes: Uint8Array): Promise<unknown> {
  const { model } = await decodeFeatureExtractor(bytes);
  const given = tidy(() => model.predict(fill([1, 2, 2, 1], 0.5)));
  const all = [given].flat();
  const numbers = await Promise.all(all.map(async (each) => Array.from(await each.data())));
  for (const each of all) each.dispose();
  model.dispose();
  return numbers;
}
