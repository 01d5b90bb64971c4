import '../../support/backends.js';
import { memory, mul, serialization, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  adam,
  buildDiscriminator,
  buildGenerator,
  cloneModel,
  columnScaler,
  decodeGan,
  encodeGan,
  generatorAverage,
  layerBase,
  pixelScaler,
  sampleGan,
  spectralNorm,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { type Forgery, forged } from '../../support/forge-file.js';

beforeAll(() => useBackend('wasm'));

const shape = [4, 4, 1];
const build = () =>
  buildGenerator({ latentSize: 3, hidden: [8], outputShape: shape, outputActivation: 'sigmoid', seed: 5 });

async function numbersOf(work: Promise<Tensor>): Promise<number[]> {
  const drawn = await work;
  const numbers = Array.from(await drawn.data());
  drawn.dispose();
  return numbers;
}

test('a generator draws the same samples from the same seed after the file, and says what it takes and gives', async () => {
  const generator = build();
  const before = memory().numTensors;
  const again = await decodeGan(await encodeGan({ generator, notes: { steps: 3, limit: Number.POSITIVE_INFINITY } }));
  expect(await numbersOf(sampleGan(again.generator, 5, { seed: 7 }))).toEqual(
    await numbersOf(sampleGan(generator, 5, { seed: 7 })),
  );
  expect(again).toMatchObject({ latentShape: [3], sampleShape: shape, valueRange: [0, 1], notes: { steps: 3 } });
  expect(again.notes.limit).toBe(Number.POSITIVE_INFINITY);
  expect([again.discriminator, again.trained, again.conditionShape]).toEqual([undefined, undefined, undefined]);
  again.dispose();
  expect(memory().numTensors).toBe(before);
});

test('batch statistics, spectral norm, conditions and the average come back to the last bit', async () => {
  const condition = { size: 3 };
  const generator = buildGenerator({ latentSize: 4, outputShape: [8, 8, 1], filters: [4], condition, seed: 1 });
  const judge = buildDiscriminator({ inputShape: [8, 8, 1], filters: [4], condition, seed: 2 });
  const average = generatorAverage(generator, { decay: 0.9 });
  const values = Float32Array.from({ length: 12 * 64 }, (_, place) => ((place * 7919) % 97) / 97);
  const conditions = Array.from({ length: 12 }, (_, place) => place % 3);
  const data = { values, shape: [12, 8, 8, 1] };
  await trainGan({ generator, discriminator: judge, data, conditions, batchSize: 4, steps: 3, average });
  const bytes = await encodeGan({ generator, discriminator: judge, average, conditionNames: ['a', 'b', 'c'] });
  const again = await decodeGan(bytes);
  const chosen = { seed: 3, conditions: [0, 1, 2] };
  const pairs = [
    [again.generator, average.model],
    [again.trained!, generator],
  ] as const;
  for (const [loaded, original] of pairs) {
    expect(await numbersOf(sampleGan(loaded, 3, chosen))).toEqual(await numbersOf(sampleGan(original, 3, chosen)));
  }
  expect(again.conditionNames).toEqual(['a', 'b', 'c']);
  expect(again.conditionShape).toEqual([3]);
  for (const [at, weight] of judge.getWeights().entries()) {
    expect(await again.discriminator!.getWeights()[at]!.data()).toEqual(await weight.data());
  }
});

test('layers with a spectral norm, and wrappers of others, come back', async () => {
  const discriminator = sequential({
    layers: [
      spectralNorm(layers.conv2d({ filters: 3, kernelSize: 3, inputShape: shape })),
      layers.flatten(),
      spectralNorm(layers.dense({ units: 1 })),
    ],
  });
  const again = await decodeGan(await encodeGan({ generator: build(), discriminator }));
  const input = tensor(
    Float32Array.from({ length: 16 }, (_, place) => Math.sin(place)),
    [1, ...shape],
  );
  const ask = (model: typeof discriminator) => tidy(() => (model.predict(input) as Tensor).dataSync());
  expect(ask(again.discriminator as never)).toEqual(ask(discriminator));
});

class Doubling extends layerBase() {
  static className = 'TestDoubling';
  override call(inputs: Tensor | Tensor[]): Tensor {
    return mul([inputs].flat()[0] as Tensor, 2);
  }
}

test('layers of your own are made where they are named, and refused where not', async () => {
  const generator = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] }), new Doubling({} as never)] });
  serialization.registerClass(Doubling);
  const bytes = await encodeGan({ generator });
  await expect(decodeGan(bytes)).rejects.toThrow(
    "decodeGan: `bytes` must hold layers of known classes, or of those in `classes`, received 'TestDoubling' (string).",
  );
  const again = await decodeGan(bytes, { classes: [Doubling] as never });
  expect(await numbersOf(sampleGan(again.generator, 4, { seed: 1 }))).toEqual(
    await numbersOf(sampleGan(generator, 4, { seed: 1 })),
  );
});

test('what does not belong together is not written', async () => {
  const generator = build();
  await expect(encodeGan({ generator: adam({ learningRate: 1 }) as never })).rejects.toThrow('encodeGan: `generator`');
  await expect(encodeGan({ generator, conditionNames: ['a'] })).rejects.toThrow('`conditionNames` must be left out');
  await expect(encodeGan({ generator, notes: { f: () => 1 } })).rejects.toThrow(
    'encodeGan: `notes.f` must be plain data',
  );
  const broken = cloneModel(generator);
  broken.setWeights(broken.getWeights().map((each) => mul(each, Number.NaN)));
  await expect(encodeGan({ generator: broken })).rejects.toThrow('encodeGan: `gan` must hold finite numbers');
  await expect(encodeGan({ generator, generater: 1 } as never)).rejects.toThrow('`generater` must be left out');
});

const attacks: Record<string, readonly [Forgery, string]> = {
  'a layer of any size': [
    (description) => {
      description.networks.generator.topology.config.layers[1].config.units = 2 ** 30;
    },
    'hold the weights of its layers',
  ],
  'weights from an address': [
    (description) => {
      const { topology } = description.networks.generator;
      description.networks.generator.topology = {
        modelTopology: topology,
        weightsManifest: [{ paths: ['a.bin'], weights: [] }],
        pathPrefix: 'http://127.0.0.1:1/',
      };
    },
    'hold',
  ],
  'a class that is no layer': [
    (description) => {
      description.networks.generator.topology.config.layers[1].class_name = '__proto__';
    },
    'hold layers of known classes',
  ],
  'a prototype': [
    (description) => {
      description.networks.generator.topology.config = JSON.parse('{"__proto__": {"layers": []}, "name": "a"}');
    },
    'hold a model that can be built',
  ],
  'layers in layers without end': [
    (description) => {
      let config: object = {};
      for (let depth = 0; depth < 2000; depth += 1) config = { layer: config };
      description.networks.generator.topology.config.layers[1].config = config;
    },
    'hold no such deep',
  ],
  'an output without bound': [
    (description) => {
      description.networks.generator.topology.config.layers.splice(1, 0, {
        class_name: 'RepeatVector',
        config: { n: 2 ** 40, name: 'many', trainable: true },
      });
    },
    'hold',
  ],
  'an input from before the first': [
    (description) => {
      const { layers } = description.networks.generator.topology.config;
      layers[2].inbound_nodes = [[['nobody', -1, 0, {}]]];
    },
    'hold layers that take what others give',
  ],
  'two layers of one name, so that one is never made': [
    (description) => {
      const { layers } = description.networks.generator.topology.config;
      layers[2].name = layers[1].name;
    },
    'hold layers of one name each, and of different ones',
  ],
  'a class in the spelling that nobody looks at': [
    (description) => {
      description.networks.generator.topology.config.layers[1].className = 'TestDoubling';
    },
    "hold 'class_name' as it is written",
  ],
  'inputs in another spelling': [
    (description) => {
      description.networks.generator.topology.config.layers[2].inbound__nodes = [[['nobody', 0, 0, {}]]];
    },
    "hold 'inbound_nodes' as it is written",
  ],
  'a layer that leads nowhere': [
    (description) => {
      const { layers } = description.networks.generator.topology.config;
      layers[2].inbound_nodes = [[[layers[0].name, 0, 0, {}]]];
      layers[3].config.units = 16;
    },
    'hold layers that are all used',
  ],
  'no networks': [
    (description) => {
      description.networks = {};
    },
    'hold a generator',
  ],
  'a weight that is not there': [
    (_, tensors) => {
      delete tensors['generator/0/kernel'];
    },
    'hold the weights of its layers',
  ],
  'a weight of another shape': [
    (_, tensors) => {
      const { values } = tensors['generator/0/kernel'];
      tensors['generator/0/kernel'] = { shape: [values.length], values };
    },
    "hold a tensor 'generator/0/kernel'",
  ],
  'names for conditions that there are not': [
    (description) => {
      description.conditionNames = ['a'];
    },
    'hold 0 names of conditions',
  ],
};

test.for(Object.entries(attacks))(
  "a stranger's file is refused with a word, and leaves nothing behind: %s",
  async ([, [change, rule]]) => {
    const bytes = await forged(
      await encodeGan({ generator: build(), discriminator: buildDiscriminator({ inputShape: shape, hidden: [4] }) }),
      change,
    );
    const before = memory().numTensors;
    const refused = decodeGan(bytes);
    await expect(refused).rejects.toThrow(RangeError);
    await expect(refused).rejects.toThrow(`decodeGan: \`bytes\` must ${rule}`);
    expect(memory().numTensors).toBe(before);
  },
);

test('damage anywhere is found', async () => {
  const bytes = await encodeGan({ generator: build() });
  for (let at = 0; at < bytes.length; at += 37) {
    const damaged = bytes.slice();
    damaged[at]! ^= 1 << (at % 8);
    await expect(decodeGan(damaged)).rejects.toThrow(/^decodeGan: `bytes` must /);
  }
});

test('what the data were scaled by lies in the file, and samples come in units of the data', async () => {
  const generator = buildGenerator({ latentSize: 3, hidden: [4], outputShape: [2], seed: 5 });
  const scaler = await columnScaler({ values: Float32Array.of(10, 4000, 30, 4000), shape: [2, 2] });
  const before = memory().numTensors;
  const again = await decodeGan(await encodeGan({ generator, scaler }));
  expect(again.scaler?.state()).toEqual({ offsets: [20, 4000], spreads: [10, 0], centre: 0, reach: 1, bytes: false });
  const raw = await numbersOf(sampleGan(generator, 4, { seed: 1 }));
  const { values, shape } = await again.sample(4, { seed: 1 });
  expect(shape).toEqual([4, 2]);
  // 20 + 10 x and 4000 + 0 x
  expect(Array.from(values)).toEqual(raw.map((value, at) => (at % 2 === 0 ? 20 + 10 * value : 4000)));
  again.dispose();
  expect(memory().numTensors).toBe(before);
});

test('without a scaler samples come as the generator draws them, and pixels come as bytes', async () => {
  const generator = build();
  const plain = await decodeGan(await encodeGan({ generator }));
  const { values } = await plain.sample(2, { seed: 1 });
  const raw = await numbersOf(sampleGan(generator, 2, { seed: 1 }));
  expect([plain.scaler, Array.from(values)]).toEqual([undefined, raw]);
  const pixels = await decodeGan(await encodeGan({ generator, scaler: pixelScaler([0, 1]) }));
  const drawn = await pixels.sample(2, { seed: 1 });
  expect(Array.from(drawn.values)).toEqual(raw.map((value) => Math.round(255 * value)));
});

test('a scaler of other columns is refused, when it is written and when it is read', async () => {
  const generator = buildGenerator({ latentSize: 3, hidden: [4], outputShape: [2], seed: 5 });
  const scaler = await columnScaler({ values: Float32Array.of(1, 2, 3, 4, 5, 7), shape: [2, 3] });
  await expect(encodeGan({ generator, scaler })).rejects.toThrow(
    "encodeGan: `scaler` must be of 2 columns, as the generator's samples, received 3",
  );
  const two = await columnScaler({ values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] });
  const bytes = await encodeGan({ generator, scaler: two });
  for (const [change, rule] of [
    [{ offsets: [2, '3'] }, 'restoreScaler takes: state.offsets[1]'],
    [{ offsets: [2], spreads: [1] }, 'of 2 columns'],
  ] as const) {
    const bad = await forged(bytes, ({ scaler: state }) => Object.assign(state, change));
    await expect(decodeGan(bad)).rejects.toThrow(rule);
  }
});
