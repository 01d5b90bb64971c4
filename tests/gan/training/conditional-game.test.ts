import '../../support/backends.js';
import { memory, type Tensor, tensor2d, train } from '@tensorflow/tfjs-core';
import {
  type ArrayData,
  type Batch,
  buildDiscriminator,
  buildGenerator,
  type ConditionalGan,
  type GanObserver,
  sampleGan,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { smallData, smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

const condition = { size: 2 };

function pair(seed = 1) {
  return {
    generator: buildGenerator({ latentSize: 3, hidden: [16], outputShape: [4], condition, seed }),
    discriminator: buildDiscriminator({ inputShape: [4], hidden: [16], condition, seed }),
  };
}

// Samples of class 0 lie around 1, those of class 1 around -1.
function twoClasses(count: number) {
  const { values, shape } = smallData(count);
  const labels = Array.from({ length: count }, (_, row) => row % 2);
  return { values: values.map((value, place) => (labels[place >> 2] === 0 ? value : value - 2)), shape, labels };
}

const oneHot = (labels: readonly number[]) => labels.flatMap((label) => [1 - label, label]);

describe.each(backends)('a conditional game on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('takes class numbers, one-hot rows and batches with conditions for the same thing', async () => {
    const { values, shape, labels } = twoClasses(8);
    const rows = Float32Array.from(oneHot(labels));
    const run = async (data: { data: ArrayData; conditions: NonNullable<ConditionalGan['conditions']> }) => {
      const networks = pair();
      await trainGan({ ...networks, ...data, steps: 3, seed: 2 });
      return weightsOf(networks.generator);
    };
    const data = { values, shape };
    const expected = await run({ data, conditions: labels });
    expect(await run({ data, conditions: Uint8Array.from(labels) })).toEqual(expected);
    expect(await run({ data, conditions: { values: rows, shape: [8, 2] } })).toEqual(expected);
    expect(await run({ data, conditions: tensor2d(rows, [8, 2]) })).toEqual(expected);
    expect(await run({ data, conditions: labels.map((label) => 1 - label) })).not.toEqual(expected);
  });

  test('keeps the number of tensors, conditions included', async () => {
    const { labels, ...data } = twoClasses(16);
    const networks = pair();
    const before = memory().numTensors;
    const counts = new Set<number>();
    const onProgress = ({ step }: { step: number }) => void (step > 1 && counts.add(memory().numTensors));
    await trainGan({ ...networks, data, conditions: labels, batchSize: 8, steps: 6, onProgress });
    expect(counts.size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });
});

describe('a conditional game', () => {
  beforeEach(() => useBackend('cpu'));

  test('learns what each class looks like', async () => {
    const { labels, ...data } = twoClasses(256);
    const networks = pair();
    const adam = () => train.adam(0.01, 0.5, 0.999, 1e-7);
    const optimizers = { generatorOptimizer: adam(), discriminatorOptimizer: adam() };
    await trainGan({ ...networks, ...optimizers, data, conditions: labels, batchSize: 32, steps: 300, seed: 1 });
    const meanOf = async (label: number) => {
      const samples = await sampleGan(networks.generator, 200, { seed: 2, conditions: Array(200).fill(label) });
      return (await samples.data<'float32'>()).reduce((sum, value) => sum + value / 800, 0);
    };
    expect(Math.abs((await meanOf(0)) - 1)).toBeLessThan(0.4);
    expect(Math.abs((await meanOf(1)) + 1)).toBeLessThan(0.4);
  });

  test('gives each real sample its own condition, in every order of the data', async () => {
    const { labels, ...data } = twoClasses(64);
    const seen: [number, number][] = [];
    const look: GanObserver = {
      name: 'look',
      observe: async ({ real, conditions }) => {
        const [rows, sides] = await Promise.all([real.data<'float32'>(), (conditions as Tensor).data()]);
        for (let row = 0; row < real.shape[0]!; row += 1) {
          seen.push([rows.slice(4 * row, 4 * row + 4).reduce((sum, value) => sum + value), sides[2 * row]!]);
        }
        return undefined;
      },
    };
    await trainGan({ ...pair(), data, conditions: labels, batchSize: 16, epochs: 2, observers: [look] });
    expect(seen).toHaveLength(128);
    // The sum of four numbers around 1, or around -1, with deviation 0.5 each: 4 deviations from 0 apart.
    for (const [sum, isFirst] of seen) expect(sum > 0).toBe(isFirst === 1);
  });

  test('reads conditions from the batches of an iterable', async () => {
    const { labels, values, shape } = twoClasses(8);
    const batch = { samples: { values, shape }, conditions: labels };
    const { steps } = await trainGan({ ...pair(), data: [batch, batch], epochs: 2 });
    expect(steps).toBe(4);
    const bare = [{ values, shape }];
    const loose = smallRun(pair());
    await expect(trainGan({ ...loose, batchSize: undefined, data: bare })).rejects.toThrow(
      'trainGan: `data` must yield { samples, conditions }: the networks take a condition',
    );
    await expect(trainGan(smallRun({ batchSize: undefined, data: [batch] }))).rejects.toThrow(
      'trainGan: `data` must yield no conditions: the networks take none',
    );
  });

  test.each([
    { conditions: undefined, says: '`conditions` must be given: the networks take a condition, received undefined.' },
    { conditions: [0, 1], says: '`conditions` must have one row for each of the 32 samples, received [2] (array).' },
    { conditions: Array(32).fill(2), says: 'class numbers from 0 to 1 (first offender at position 0), received 2' },
    { conditions: Array(32).fill(0.5), says: 'class numbers from 0 to 1 (first offender at position 0), received 0.5' },
    { conditions: Array(32).fill(Number.NaN), says: '`conditions` must hold finite numbers only' },
    {
      conditions: { values: Float32Array.of(0, 1), shape: [1, 2] },
      says: 'one row for each of the 32 samples, received [1, 2]',
    },
    { conditions: { values: new Float32Array(96), shape: [32, 3] }, says: 'have the shape [N, 2] of the networks' },
  ])('refuses conditions that do not fit: $says', async ({ conditions, says }) => {
    await expect(trainGan(smallRun({ ...pair(), conditions }))).rejects.toThrow(says);
  });

  test('refuses conditions for networks without, and one network without', async () => {
    await expect(trainGan(smallRun({ conditions: [0] }))).rejects.toThrow('`conditions` must be left out: no network');
    const { generator, discriminator } = pair();
    const plain = smallPair();
    const half = { generator, discriminator: plain.discriminator };
    await expect(trainGan(smallRun({ ...half }))).rejects.toThrow('`discriminator` must take a second input');
    const other = { generator: plain.generator, discriminator };
    await expect(trainGan(smallRun({ ...other }))).rejects.toThrow('`generator` must take a second input');
    const wide = buildDiscriminator({ inputShape: [4], hidden: [4], condition: { size: 5 } });
    await expect(trainGan(smallRun({ generator, discriminator: wide }))).rejects.toThrow(
      "`discriminator` must take conditions of the generator's shape, [2], received [5]",
    );
  });

  test('sampling refuses to go without conditions, or with conditions that the generator does not take', async () => {
    const { generator } = pair();
    // @ts-expect-error: a conditional generator asks for conditions
    await expect(sampleGan(generator, 2)).rejects.toThrow('sampleGan: `conditions` must be given');
    const plain = smallPair().generator;
    await expect(sampleGan(plain, 2, { conditions: [0, 1] })).rejects.toThrow('`conditions` must be left out');
    await expect(sampleGan(generator, 2, { conditions: [0] })).rejects.toThrow('one row for each of the 2 samples');
  });

  test('sampling repeats a sample for its noise and condition, whatever is drawn beside it', async () => {
    const { generator } = pair();
    const one = await sampleGan(generator, 1, { seed: 4, conditions: [1] });
    const many = await sampleGan(generator, 300, { seed: 4, conditions: Array.from({ length: 300 }, () => 1) });
    const [first, all] = await Promise.all([one.data(), many.data()]);
    expect(all.slice(0, 4)).toEqual(first);
  });
});

test('the compiler asks for conditions beside conditional networks', () => {
  const networks = null as unknown as ReturnType<typeof pair>;
  const data = null as unknown as Batch;
  // @ts-expect-error: conditions are missing
  const missing = () => trainGan({ ...networks, data, steps: 1 });
  const whole = () => trainGan({ ...networks, data, conditions: [1], steps: 1 });
  expectTypeOf(missing).toEqualTypeOf(whole);
});
