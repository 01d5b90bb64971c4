import '../../support/backends.js';
import {
  concat,
  memory,
  ones,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  type ConditionalModel,
  checkSecondOrder,
  createRng,
  type DiscriminatorConfig,
  type GeneratorConfig,
  latentNoise,
  registerLayers,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { trainableVariables } from '../../../src/nn/models/model-variables.js';
import { expectClose } from '../../support/expect-close.js';
import { compareGradient, gradientPenalty, relativeErrorAlong } from '../../support/finite-differences.js';
import { weightsOf } from '../../support/gan-pair.js';
import { saveAndLoad } from '../../support/save-and-load.js';

beforeAll(async () => {
  await useBackend('cpu');
  registerLayers();
});

const image = [4, 3, 2] as const;
const classes = [2, 0] as const;
const oneHot = () => tensor([0, 0, 1, 1, 0, 0], [2, 3]);
const tastes = () => tensor([0.5, -1, 2, 3, 0, 0.25], [2, 3]);
const noise = (...shape: number[]) => latentNoise(createRng(4), shape);

/** The model's weights whose names hold `part`, as tensors; the others otherwise. */
function weightsNamed(model: LayersModel, part: string, holds = true): Tensor[] {
  const values = model.getWeights();
  return model.weights
    .map((_, index) => values[index]!)
    .filter((_, i) => model.weights[i]!.name.includes(part) === holds);
}

/** An unconditional model with the weights that `model` has outside of its condition. */
function withWeightsOf(model: LayersModel, plain: LayersModel): LayersModel {
  plain.setWeights(weightsNamed(model, 'condition', false));
  return plain;
}

async function expectSame(actual: Tensor, expected: Tensor): Promise<void> {
  await expectClose(actual, await expected.data(), expected.shape, 1e-5);
}

/** Rows of a matrix that stands in a bias-free dense layer. */
async function rowsOf(matrix: Tensor, rows: readonly number[]): Promise<Tensor> {
  const [, columns] = matrix.shape as [number, number];
  const values = await matrix.data();
  return tensor(
    rows.flatMap((row) => [...values.slice(row * columns, (row + 1) * columns)]),
    [rows.length, columns],
  );
}

/** The images with further channels, written out pixel by pixel. */
async function withChannels(images: Tensor, extra: (row: number, pixel: number) => readonly number[]): Promise<Tensor> {
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  const values = await images.data();
  const out: number[] = [];
  for (let place = 0; place < count * height * width; place += 1) {
    const [row, pixel] = [Math.floor(place / (height * width)), place % (height * width)];
    out.push(...values.slice(place * channels, (place + 1) * channels), ...extra(row, pixel));
  }
  return tensor(out, [count, height, width, out.length / (count * height * width)]);
}

describe('a conditional generator', () => {
  test('takes noise and condition, and gives samples', () => {
    const config = { latentSize: 5, outputShape: image, condition: { size: 3 } };
    for (const generator of [
      buildGenerator({ ...config, hidden: [6] }),
      buildGenerator({ ...config, filters: [4] }),
      buildGenerator({ ...config, filters: [4], condition: { size: 3, join: 'embedding', embeddingSize: 7 } }),
    ]) {
      expect(generator.inputs.map(({ shape }) => shape)).toEqual([
        [null, 5],
        [null, 3],
      ]);
      expect(generator.outputs[0]!.shape).toEqual([null, ...image]);
    }
  });

  test('by concatenation is an unconditional one of [z, c]', async () => {
    const config = { hidden: [6], outputShape: [4], outputActivation: 'tanh' } as const;
    const generator = buildGenerator({ ...config, latentSize: 5, condition: { size: 3 } });
    const plain = withWeightsOf(generator, buildGenerator({ ...config, latentSize: 8 }));
    const z = noise(2, 5);
    const made = generator.apply([z, tastes()]) as Tensor;
    await expectSame(made, plain.apply(concat([z, tastes()], 1)) as Tensor);
  });

  test('by embedding is an unconditional one of [z, row of the matrix]', async () => {
    const config = { filters: [4], outputShape: image } as const;
    const condition = { size: 3, join: 'embedding', embeddingSize: 2 } as const;
    const generator = buildGenerator({ ...config, latentSize: 5, condition });
    const plain = withWeightsOf(generator, buildGenerator({ ...config, latentSize: 7 }));
    const [matrix, ...others] = weightsNamed(generator, 'condition');
    expect(matrix!.shape).toEqual([3, 2]);
    expect(others).toEqual([]);
    const z = noise(2, 5);
    const expected = plain.apply(concat([z, await rowsOf(matrix!, classes)], 1)) as Tensor;
    await expectSame(generator.apply([z, oneHot()]) as Tensor, expected);
  });

  test('embeds into as many numbers as the condition has, at most 50', () => {
    const sizeFor = (size: number) => {
      const condition = { size, join: 'embedding' } as const;
      const generator = buildGenerator({ latentSize: 2, hidden: [], outputShape: [1], condition });
      return weightsNamed(generator, 'condition')[0]!.shape;
    };
    expect(sizeFor(4)).toEqual([4, 4]);
    expect(sizeFor(60)).toEqual([60, 50]);
  });
});

describe('a conditional discriminator', () => {
  test.each(['concat', 'embedding', 'projection'] as const)(
    'by %s takes samples and condition, and gives logits',
    (join) => {
      const config = { inputShape: image, condition: { size: 3, join } };
      for (const discriminator of [
        buildDiscriminator({ ...config, hidden: [6] }),
        buildDiscriminator({ ...config, filters: [4, 5] }),
      ]) {
        expect(discriminator.inputs.map(({ shape }) => shape)).toEqual([
          [null, ...image],
          [null, 3],
        ]);
        expect(discriminator.outputs[0]!.shape).toEqual([null, 1]);
      }
    },
  );

  test('by concatenation is an unconditional one of the flat sample and c', async () => {
    const discriminator = buildDiscriminator({ inputShape: image, hidden: [6], condition: { size: 3 } });
    const plain = withWeightsOf(discriminator, buildDiscriminator({ inputShape: [24 + 3], hidden: [6] }));
    const x = noise(2, ...image);
    const expected = plain.apply(concat([reshape(x, [2, 24]), tastes()], 1)) as Tensor;
    await expectSame(discriminator.apply([x, tastes()]) as Tensor, expected);
  });

  test('by embedding is an unconditional one of the flat sample and a row of the matrix', async () => {
    const condition = { size: 3, join: 'embedding', embeddingSize: 5 } as const;
    const discriminator = buildDiscriminator({ inputShape: [4], hidden: [6], condition });
    const plain = withWeightsOf(discriminator, buildDiscriminator({ inputShape: [4 + 5], hidden: [6] }));
    const rows = await rowsOf(weightsNamed(discriminator, 'condition')[0]!, classes);
    const x = noise(2, 4);
    const expected = plain.apply(concat([x, rows], 1)) as Tensor;
    await expectSame(discriminator.apply([x, oneHot()]) as Tensor, expected);
  });

  test('of images sees each number of the condition as a channel', async () => {
    const discriminator = buildDiscriminator({ inputShape: image, filters: [3, 4], condition: { size: 3 } });
    const plain = withWeightsOf(discriminator, buildDiscriminator({ inputShape: [4, 3, 5], filters: [3, 4] }));
    const x = noise(2, ...image);
    const numbers = await tastes().data();
    const joined = await withChannels(x, (row) => [...numbers.slice(3 * row, 3 * row + 3)]);
    await expectSame(discriminator.apply([x, tastes()]) as Tensor, plain.apply(joined) as Tensor);
  });

  test('of images sees an embedded condition as maps', async () => {
    const condition = { size: 3, join: 'embedding', embeddingSize: 2 } as const;
    const discriminator = buildDiscriminator({ inputShape: image, filters: [3], condition });
    const plain = withWeightsOf(discriminator, buildDiscriminator({ inputShape: [4, 3, 4], filters: [3] }));
    const matrix = weightsNamed(discriminator, 'condition')[0]!;
    expect(matrix.shape).toEqual([3, 4 * 3 * 2]);
    const values = await matrix.data();
    const x = noise(2, ...image);
    const joined = await withChannels(x, (row, pixel) =>
      [0, 1].map((map) => values[classes[row]! * 24 + pixel * 2 + map]!),
    );
    await expectSame(discriminator.apply([x, oneHot()]) as Tensor, plain.apply(joined) as Tensor);
  });

  test('by projection adds the inner product of features and condition to the logit', async () => {
    const condition = { size: 3, join: 'projection' } as const;
    const discriminator = buildDiscriminator({ inputShape: [4], hidden: [5], condition });
    const x = noise(2, 4);
    const c = tastes();
    const named = async (part: string) => weightsNamed(discriminator, part)[0]!.data();
    const hidden = await named('dense_0/kernel');
    const last = await named('logit/kernel');
    const projection = await named('projection/kernel');
    const [samples, conditions] = [await x.data(), await c.data()];
    // Biases begin at 0. phi = leakyRelu(x W), logit = phi w + sum over k of c[k] V[k] . phi, in double precision.
    const expected = [0, 1].map((row) => {
      let logit = 0;
      for (let unit = 0; unit < 5; unit += 1) {
        let sum = 0;
        for (let k = 0; k < 4; k += 1) sum += samples[row * 4 + k]! * hidden[k * 5 + unit]!;
        const feature = sum > 0 ? sum : 0.2 * sum;
        logit += feature * last[unit]!;
        for (let k = 0; k < 3; k += 1) logit += feature * conditions[row * 3 + k]! * projection[k * 5 + unit]!;
      }
      return logit;
    });
    await expectClose(discriminator.apply([x, c]) as Tensor, expected, [2, 1]);
  });
});

const joins = [
  ['dense by concatenation', { hidden: [5], condition: { size: 3 } }],
  ['dense by embedding', { hidden: [5], condition: { size: 3, join: 'embedding' } }],
  ['dense by projection', { hidden: [5], condition: { size: 3, join: 'projection' } }],
  ['convolutional by concatenation', { filters: [3], condition: { size: 3 } }],
  ['convolutional by embedding', { filters: [3], condition: { size: 3, join: 'embedding' } }],
  ['convolutional by projection', { filters: [3], condition: { size: 3, join: 'projection' } }],
] as const;

describe.each(joins)('%s', (_, config) => {
  const make = () => buildDiscriminator({ inputShape: image, ...config });

  test('gives other logits for another condition', async () => {
    const x = noise(2, ...image);
    const judge = async (c: Tensor) => (make().apply([x, c]) as Tensor).data();
    expect(await judge(oneHot())).not.toEqual(await judge(zeros([2, 3])));
  });

  test('has no layer that spoils second derivatives, which equal finite differences', async () => {
    const discriminator = make();
    expect(checkSecondOrder(discriminator)).toEqual([]);
    const [x, c] = [noise(2, ...image), tastes()];
    const penalty = gradientPenalty((samples) => discriminator.apply([samples, c]) as Tensor, x);
    // The last bias moves no slope; the others do only where a kink of leaky relu is passed.
    const variables = trainableVariables(discriminator).filter(({ name }) => !name.includes('bias'));
    const compare = (seed: number) => compareGradient(penalty, variables, { seed, step: 1e-3 });
    expect(await relativeErrorAlong(compare)).toBeLessThan(1e-2);
  });

  test('survives save and load', async () => {
    const loaded = await saveAndLoad(make());
    const inputs = [noise(2, ...image), tastes()];
    const expected = await (make().predict(inputs) as Tensor).data();
    expect(await (loaded.predict(inputs) as Tensor).data()).toEqual(expected);
  });

  test('leaves nothing behind when it is disposed', () => {
    const before = memory().numTensors;
    make().dispose();
    expect(memory().numTensors).toBe(before);
  });
});

test('a conditional generator survives save and load', async () => {
  const condition = { size: 3, join: 'embedding' } as const;
  const generator = buildGenerator({ latentSize: 4, filters: [4], outputShape: image, condition });
  const loaded = await saveAndLoad(generator);
  const inputs = [noise(2, 4), tastes()];
  const expected = await (generator.predict(inputs) as Tensor).data();
  expect(await (loaded.predict(inputs) as Tensor).data()).toEqual(expected);
});

test('a condition leaves the other initial weights as they are', async () => {
  const plain = buildDiscriminator({ inputShape: image, filters: [3] });
  const projecting = buildDiscriminator({
    inputShape: image,
    filters: [3],
    condition: { size: 3, join: 'projection' },
  });
  const others = weightsNamed(projecting, 'condition', false);
  expect(await Promise.all(others.map((each) => each.data()))).toEqual(await weightsOf(plain));
});

test('a gradient reaches only the rows of the embedding that a batch names', async () => {
  const condition = { size: 3, join: 'embedding', embeddingSize: 2 } as const;
  const generator = buildGenerator({ latentSize: 2, hidden: [], outputShape: [2], condition });
  const matrix = trainableVariables(generator).find(({ name }) => name.includes('condition'))!;
  const outputs = () => sum(generator.apply([ones([2, 2]), oneHot()]) as Tensor) as Scalar;
  const slope = await variableGrads(outputs, [matrix]).grads[matrix.name]!.data();
  // oneHot() names the classes 2 and 0.
  expect(Array.from(slope, (value) => value !== 0)).toEqual([true, true, false, false, true, true]);
});

test('the type says whether a condition goes in', () => {
  const config = { latentSize: 2, hidden: [], outputShape: [2] };
  expectTypeOf(buildGenerator({ ...config, condition: { size: 3 } })).toEqualTypeOf<ConditionalModel>();
  expectTypeOf(buildGenerator(config)).toEqualTypeOf<LayersModel>();
  expectTypeOf(
    buildDiscriminator({ inputShape: [2], hidden: [], condition: { size: 3, join: 'projection' } }),
  ).toEqualTypeOf<ConditionalModel>();
  expectTypeOf(buildDiscriminator({ inputShape: [2], hidden: [] })).toEqualTypeOf<LayersModel>();
  expectTypeOf<LayersModel>().not.toExtend<ConditionalModel>();
  expectTypeOf<ConditionalModel>().toExtend<LayersModel>();
});

test.each([
  ['a number', 10, '`condition` must be an object of options, received 10 (number).'],
  ['no size', { size: 0 }, '`condition.size` must be a positive integer, received 0 (number).'],
  ['a projection', { size: 3, join: 'projection' }, "`condition.join` must be one of 'concat', 'embedding', received"],
  [
    'an embedding size without embedding',
    { size: 3, embeddingSize: 4 },
    "`condition.embeddingSize` must go with join 'embedding' only, received 4 (number).",
  ],
  [
    'a broken embedding size',
    { size: 3, join: 'embedding', embeddingSize: 0.5 },
    '`condition.embeddingSize` must be a positive integer, received 0.5 (number).',
  ],
])('buildGenerator refuses %s as condition', (_, condition, message) => {
  const config = { latentSize: 4, hidden: [8], outputShape: [3], condition } as GeneratorConfig;
  expect(() => buildGenerator(config)).toThrow(`buildGenerator: ${message}`);
});

test('buildDiscriminator refuses an unknown way to join', () => {
  const condition: unknown = { size: 3, join: 'add' };
  expect(() => buildDiscriminator({ inputShape: [3], hidden: [8], condition } as DiscriminatorConfig)).toThrow(
    "buildDiscriminator: `condition.join` must be one of 'concat', 'embedding', 'projection', received 'add' (string).",
  );
});
