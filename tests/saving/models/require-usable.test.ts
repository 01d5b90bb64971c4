import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  buildGenerator,
  decodeFeatureExtractor,
  decodeGan,
  encodeFeatureExtractor,
  encodeGan,
  featureExtractorFrom,
  sampleGan,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Anything, forged } from '../../support/forge-file.js';

type Layers = Anything[];

/** What tfjs builds, and cannot run. */
const unusable: Record<string, readonly [(layers: Layers) => void, string]> = {
  'a reshape to more numbers': [
    (list) => (list.find(({ class_name }) => class_name === 'Reshape').config.target_shape = [4, 4, 2]),
    'hold a reshape of [16] to as many numbers',
  ],
  'a reshape to numbers that are none': [
    (list) => (list.find(({ class_name }) => class_name === 'Reshape').config.target_shape = [0.5, 32, 1]),
    'hold layers that give something',
  ],
  'axes that another map has': [
    (list) => list.push({ class_name: 'Permute', config: { dims: [2, 1], name: 'turned', trainable: true } }),
    'hold',
  ],
  'numbers of no type': [(list) => (list[0].config.dtype = 'float3x'), 'hold'],
  'a map that is cut away': [
    (list) => {
      const cropping = [
        [3, 3],
        [0, 0],
      ];
      list.push({ class_name: 'Cropping2D', config: { cropping, name: 'cut', trainable: true } });
    },
    'hold a model that can be built',
  ],
  'windows wider than the map': [
    (list) => {
      const config = { pool_size: [9, 9], strides: [9, 9], padding: 'valid', name: 'pool', trainable: true };
      list.push({ class_name: 'MaxPooling2D', config });
    },
    'hold layers that give something',
  ],
};

// A sequential model writes the shape of its input into its first layer, so that [0] holds it.
const generator = () =>
  sequential({
    layers: [
      layers.dense({ units: 16, inputShape: [3] }),
      layers.reshape({ targetShape: [4, 4, 1] }),
      layers.leakyReLU(),
    ],
  });

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test.for(Object.entries(unusable))(
    'a GAN that could be built and not used is refused: %s',
    async ([, [change, rule]]) => {
      await useBackend(backend);
      const good = generator();
      const bytes = await forged(await encodeGan({ generator: good }), (description) => {
        change(description.networks.generator.topology.config.layers);
      });
      const before = memory().numTensors;
      const refused = decodeGan(bytes);
      await expect(refused).rejects.toThrow(RangeError);
      await expect(refused).rejects.toThrow(`decodeGan: \`bytes\` must ${rule}`);
      expect(memory().numTensors).toBe(before);
      good.dispose();
    },
  );
});

test('a reshape is found in a network too large to be tried', async () => {
  await useBackend('cpu');
  // 64 × 4096 weights at 64 × 64 places: 2^30 multiplications, where loops are given 2^23.
  const large = sequential({
    layers: [
      layers.conv2d({
        filters: 64,
        kernelSize: 8,
        padding: 'same',
        inputShape: [64, 64, 64],
        kernelInitializer: 'zeros',
      }),
      layers.reshape({ targetShape: [64, 4096] }),
    ],
  });
  const bytes = await encodeGan({ generator: large });
  (await decodeGan(bytes)).dispose();
  const wrong = await forged(bytes, (description) => {
    description.networks.generator.topology.config.layers[1].config.target_shape = [64, 4095];
  });
  await expect(decodeGan(wrong)).rejects.toThrow(
    'decodeGan: `bytes` must hold a reshape of [64, 64, 64] to as many numbers, received [64, 4095] (array).',
  );
  large.dispose();
});

test('sizes that are left open stay so', async () => {
  await useBackend('cpu');
  const open = sequential({
    layers: [
      layers.dense({ units: 12, inputShape: [3] }),
      layers.reshape({ targetShape: [-1, 4] }),
      layers.reshape({ targetShape: [12] }),
    ],
  });
  const again = await decodeGan(await encodeGan({ generator: open }));
  const drawn = await sampleGan(again.generator, 2, { seed: 1 });
  expect(drawn.shape).toEqual([2, 12]);
  drawn.dispose();
  again.dispose();
  open.dispose();
});

test('a feature extractor that could not be used is refused, too', async () => {
  await useBackend('cpu');
  const classifier = sequential({
    layers: [
      layers.reshape({ targetShape: [6], inputShape: [2, 3] }),
      layers.dense({ units: 4 }),
      layers.dense({ units: 2 }),
    ],
  });
  const bytes = await encodeFeatureExtractor(featureExtractorFrom(classifier));
  (await decodeFeatureExtractor(bytes)).model.dispose();
  const before = memory().numTensors;
  const wrong = await forged(bytes, (description) => {
    description.model.topology.config.layers[0].config.batch_input_shape = [null, 2, 4];
  });
  await expect(decodeFeatureExtractor(wrong)).rejects.toThrow(
    'decodeFeatureExtractor: `bytes` must hold a reshape of [2, 4] to as many numbers, received [6] (array).',
  );
  expect(memory().numTensors).toBe(before);
  classifier.dispose();
});

test('a network that asks for hours of work is not tried', async () => {
  await useBackend('cpu');
  const good = buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4, 4, 1], seed: 5 });
  // 2^26 numbers of 2^20 looked at for each: 2^46 multiplications.
  const bytes = await forged(await encodeGan({ generator: good }), (description) => {
    const { config } = description.networks.generator.topology;
    const add = (class_name: string, own: object, at: number) => {
      const from = config.layers.at(-1).name;
      const inbound_nodes = [[[from, 0, 0, {}]]];
      config.layers.push({
        class_name,
        name: `more${at}`,
        config: { ...own, name: `more${at}`, trainable: true },
        inbound_nodes,
      });
      config.output_layers = [[`more${at}`, 0, 0]];
    };
    add('UpSampling2D', { size: [2048, 2048], data_format: 'channelsLast' }, 0);
    add('MaxPooling2D', { pool_size: [1024, 1024], strides: [1, 1], padding: 'same', data_format: 'channelsLast' }, 1);
  });
  const start = process.cpuUsage();
  const read = await decodeGan(bytes);
  expect(read.sampleShape).toEqual([8192, 8192, 1]);
  // In microseconds.
  expect(process.cpuUsage(start).user).toBeLessThan(2e6);
  read.dispose();
  good.dispose();
});
