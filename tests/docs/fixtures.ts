import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sum, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { encode } from 'fast-png';
import {
  type ArrayData,
  buildDiscriminator,
  buildEmbeddingMlp,
  buildGenerator,
  createInteractions,
  createRng,
  createVocabulary,
  formatOrders,
  type GanOptions,
  type PenaltyContext,
  simulateShop,
} from 'minimart';
import { fakeUsearch } from '../recsys/support/fake-usearch.js';
import { exampleRecommender } from './recommender-fixture.js';

const sampleShape = [4, 4, 1];

/**
 * What examples in docstrings and on pages may use without declaring it, made anew for each example. Besides these
 * they may use every public name, and the functions of tfjs-core and tfjs-layers, without importing them.
 */
export const fixtures = {
  /** An untrained generator: 8 numbers of noise to a grey image of 4 x 4 pixels in [0, 1]. */
  generator: () =>
    buildGenerator({ latentSize: 8, hidden: [16], outputShape: sampleShape, outputActivation: 'sigmoid' }),
  /** An untrained discriminator of such images, with dropout. */
  discriminator: () => buildDiscriminator({ inputShape: sampleShape, hidden: [16], dropout: 0.25 }),
  /** An untrained classifier of such images: 8 features, 2 classes. */
  classifier: () =>
    sequential({
      layers: [
        layers.flatten({ inputShape: sampleShape }),
        layers.dense({ units: 8, activation: 'relu' }),
        layers.dense({ units: 2 }),
      ],
    }),
  /** 128 images of 4 x 4 x 1, values in [0, 1]. */
  images: () => noiseImages(128),
  /** The same as `images`. */
  data: () => noiseImages(128),
  /** A random source at its start. */
  rng: () => createRng(7),
  /** What a penalty looks at: two real samples of two numbers, two fakes, and a discriminator that sums them. */
  context: (): PenaltyContext => {
    const judge = (samples: Tensor) => sum(samples, 1, true);
    const [real, fake] = [
      tensor2d([
        [1, 2],
        [3, 5],
      ]),
      tensor2d([
        [0, 1],
        [2, 0],
      ]),
    ];
    return { real, fake, realLogits: judge(real), fakeLogits: judge(fake), judge, rng: createRng(7) };
  },
  /** For a short run of `trainGan` or `ganSteps`. */
  options: (): GanOptions => ({
    generator: fixtures.generator(),
    discriminator: fixtures.discriminator(),
    data: noiseImages(16),
    steps: 2,
  }),
  /** Ten purchases of four customers (`ann` 4, `bob` 3, `cat` 2, `dan` 1) from five products, one a day from 1 March 2026. */
  shop: () =>
    createInteractions({
      users: createVocabulary(['ann', 'bob', 'cat', 'dan']),
      items: createVocabulary(['tea', 'mug', 'pot', 'jam', 'lid']),
      userIndices: [0, 1, 0, 2, 1, 0, 3, 1, 2, 0],
      itemIndices: [0, 0, 1, 1, 2, 2, 0, 3, 0, 4],
      times: Array.from({ length: 10 }, (_, day) => Date.UTC(2026, 2, 1 + day)),
    }),
  /** The same as `shop`. */
  interactions: () => fixtures.shop(),
  /** An untrained embedding MLP over the customers and products of `shop`. */
  model: () => {
    const { users, items } = fixtures.shop();
    return buildEmbeddingMlp({ features: { user: users, item: items }, embeddingSize: 4, hidden: [4] });
  },
  /** Scores by dot products: users ann, bob and cid; items tea, milk, cake, salt and soap. */
  recommender: () => exampleRecommender(),
  /** Orders of a small simulated shop, with returns, as an export of them looks. */
  csvText: () => formatOrders(simulateShop({ seed: 7, users: 40, items: 30, days: 90 })),
  /** Of the shape of an index of usearch, two dimensions, empty. */
  usearch: () => fakeUsearch(2),
  /** For `signal: controller.signal`. */
  controller: () => new AbortController(),
};

/**
 * Writes the files that examples may read: `t10k-images-idx3-ubyte.gz`, ten images of 28 x 28 bytes, `orders.csv.gz`, three
 * orders, and `pictures`, four PNG files of 16 x 16 pixels in the folders `boot` and `shirt`.
 */
export async function writeFixtureFiles(folder: string): Promise<void> {
  const header = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28];
  const pixels = Uint8Array.from({ length: 10 * 28 * 28 }, (_, index) => index % 256);
  await writeFile(`${folder}/t10k-images-idx3-ubyte.gz`, gzipSync(Uint8Array.of(...header, ...pixels)));
  for (const [name, grey] of Object.entries({ 'boot/1': 10, 'boot/2': 60, 'shirt/1': 160, 'shirt/2': 250 })) {
    await mkdir(dirname(`${folder}/pictures/${name}`), { recursive: true });
    const data = new Uint8Array(16 * 16).fill(grey);
    await writeFile(`${folder}/pictures/${name}.png`, encode({ width: 16, height: 16, channels: 1, data }));
  }
  const orders = 'Customer,Product,Pieces\nann,tea,6\nbob,mug,1\nann,pot,2\n';
  await writeFile(`${folder}/orders.csv.gz`, gzipSync(orders));
}

function noiseImages(count: number): ArrayData {
  return { values: createRng(1).fillUniform(new Float32Array(count * 16)), shape: [count, ...sampleShape] };
}
