import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  adam,
  buildGenerator,
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
  independentColumns,
  memoryStore,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { known, learned } from '../../forecast/saving/learned-methods.js';
import { recommenderWithEverything } from '../../recsys/support/shop-models.js';
import { type Anything, type Forgery, forged, forgedAs } from '../../support/forge-file.js';
import { smallData, smallPair } from '../../support/gan-pair.js';
import { hostileFiles } from '../../support/hostile-safetensors.js';
import { orderLines } from '../../tables/order-lines.js';

beforeAll(() => useBackend('cpu'));

interface DocumentReader {
  /** How every refusal begins. */
  readonly refusal: string;
  read(bytes: Uint8Array): Promise<unknown>;
  /** A good file. */
  write(): Promise<Uint8Array>;
}

const name = 'checkpoint-000000000001';

/** Trains a step into a store, or goes on from one, and frees all that it made. */
async function train(change: object): Promise<void> {
  const pair = smallPair();
  const optimizers = {
    generatorOptimizer: adam({ learningRate: 1e-3 }),
    discriminatorOptimizer: adam({ learningRate: 1e-3 }),
  };
  try {
    await trainGan({ ...pair, ...optimizers, data: smallData(8), batchSize: 4, steps: 1, seed: 3, ...change });
  } finally {
    for (const each of [...Object.values(pair), ...Object.values(optimizers)]) each.dispose();
  }
}

const readers: Readonly<Record<string, DocumentReader>> = {
  decodeGan: {
    refusal: 'decodeGan: `bytes` must ',
    read: decodeGan,
    write: async () => {
      const generator = buildGenerator({ latentSize: 3, hidden: [4], outputShape: [4], seed: 1 });
      return encodeGan({ generator }).finally(() => generator.dispose());
    },
  },
  decodeRecommender: {
    refusal: 'decodeRecommender: `bytes` must ',
    read: decodeRecommender,
    write: async () => {
      const recommender = recommenderWithEverything();
      return encodeRecommender(recommender).finally(() => recommender.model?.dispose());
    },
  },
  decodeFeatureExtractor: {
    refusal: 'decodeFeatureExtractor: `bytes` must ',
    read: decodeFeatureExtractor,
    write: async () => {
      const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [4] }), layers.dense({ units: 2 })] });
      return encodeFeatureExtractor(featureExtractorFrom(model)).finally(() => model.dispose());
    },
  },
  decodeTableModel: {
    refusal: 'decodeTableModel: `bytes` must ',
    read: (bytes) => decodeTableModel(bytes),
    write: async () => encodeTableModel(await independentColumns(orderLines(30))),
  },
  decodeForecastMethod: {
    refusal: 'decodeForecastMethod: `bytes` must ',
    read: (bytes) => decodeForecastMethod(bytes, known),
    write: async () => encodeForecastMethod(await learned('trees')),
  },
  checkpoint: {
    refusal: `trainGan: \`resume\` must hold a good checkpoint; the latest, ${name}, does not `,
    read: async (bytes) => {
      const store = memoryStore();
      await store.write(name, bytes);
      await train({ resume: store, steps: 2 });
    },
    write: async () => {
      const store = memoryStore();
      await train({ checkpoint: { store, everySteps: 1 } });
      return store.read(name);
    },
  },
};

/** What is refused of any description or tensors, whatever the file is of. */
const forgeries: Readonly<Record<string, Forgery>> = {
  'a description that is a list': (_, tensors) => replaceDescription(tensors, '[]'),
  'a description that is null': (_, tensors) => replaceDescription(tensors, 'null'),
  'a description of numbers': (_, tensors) => {
    tensors.description = { shape: [1], values: Float32Array.of(1) };
  },
  'a description with a prototype': (_, tensors) => replaceDescription(tensors, '{"__proto__":{"name":"a"}}'),
  'a description with a constructor': (_, tensors) => replaceDescription(tensors, '{"constructor":{"prototype":{}}}'),
};

// The bytes as they are: an object would lose what these say.
function replaceDescription(tensors: Record<string, Anything>, json: string): void {
  const values = new TextEncoder().encode(json);
  tensors.description = { shape: [values.length], values };
}

describe.each(Object.entries(readers))('%s', (_, { refusal, read, write }) => {
  async function expectRefused(bytes: Uint8Array, message = ''): Promise<void> {
    const before = memory().numTensors;
    const time = process.cpuUsage();
    const error = await read(bytes).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    const { user, system } = process.cpuUsage(time);
    expect(error).toBeInstanceOf(RangeError);
    expect(error!.message.startsWith(refusal)).toBe(true);
    expect(error!.message).toContain(message);
    expect(error!.message.length).toBeLessThan(700);
    expect(memory().numTensors).toBe(before);
    // In microseconds.
    expect(user + system).toBeLessThan(3e6);
  }

  test('reads what was written, as the control of what follows', async () => {
    const before = memory().numTensors;
    const made: Anything = await read(await write());
    (made?.dispose ? made : made?.model)?.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test.each(hostileFiles())('refuses %s', (_name, file, message) => expectRefused(file, message));

  test.each(Object.entries(forgeries))('refuses %s', async (_name, forge) => {
    await expectRefused(await forgedAs(await write(), forge));
  });

  test('refuses numbers that are not finite, bytes behind the end, and the file of another kind', async () => {
    const good = await write();
    const broken = await forged(good, (_description, tensors) => {
      tensors.more = { shape: [2], values: Float32Array.of(1, Number.NaN) };
    });
    await expectRefused(broken, "hold finite numbers in 'more'");
    await expectRefused(Uint8Array.of(...good, 0), 'bytes of tensors');
    await expectRefused(good.subarray(0, good.length - 1), 'bytes of tensors');
    for (const other of Object.values(readers)) {
      if (other.write !== write) await expectRefused(await other.write(), 'be of the format');
    }
  });
});
