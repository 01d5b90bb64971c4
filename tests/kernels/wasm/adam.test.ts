import { engine, type NamedTensorMap, reshape, type Tensor, tensor, train, variable } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { countsNow, expectNear, numbers, startOn } from '../suites/support.js';

interface Settings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

const settings: Settings = { learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-7 };

/** Calls the kernel for the t-th update; gives its outputs, which the caller disposes. */
function update(inputs: NamedTensorMap, { learningRate, beta1, beta2, epsilon }: Settings, t: number): Tensor[] {
  const corrections = { correction1: 1 - beta1 ** t, correction2: 1 - beta2 ** t };
  const outputs: Tensor | Tensor[] = engine().runKernel('MinimartAdam', inputs, {
    learningRate,
    beta1,
    beta2,
    epsilon,
    ...corrections,
  });
  return [outputs].flat();
}

/** Kingma and Ba's update of one number, in double precision. */
function adamReference(value: number, m: number, v: number, gradient: number, s: Settings, t: number): number[] {
  const nextM = s.beta1 * m + (1 - s.beta1) * gradient;
  const nextV = s.beta2 * v + (1 - s.beta2) * gradient ** 2;
  const step = nextM / (1 - s.beta1 ** t) / (Math.sqrt(nextV / (1 - s.beta2 ** t)) + s.epsilon);
  return [value - s.learningRate * step, nextM, nextV];
}

const read = async (tensors: Tensor[]) =>
  Promise.all(tensors.map(async (each) => Float32Array.from(await each.data())));

describe('MinimartAdam', () => {
  beforeAll(() => startOn('wasm'));

  test('updates value and moments as the paper says, moments in place, for any size and time', async () => {
    const size = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(size, fc.integer({ min: 1, max: 500 }), async (count, t) => {
        const before = countsNow();
        const [value, m, gradient] = [numbers(count, 1), numbers(count, 2), numbers(count, 4)];
        const v = numbers(count, 3).map((each) => each ** 2);
        const inputs = { value: tensor(value), m: tensor(m), v: tensor(v), gradient: tensor(gradient) };
        const outputs = update(inputs, settings, t);
        expect(outputs.length).toBe(1);
        const actual = await read([outputs[0]!, inputs.m, inputs.v, inputs.value, inputs.gradient]);
        const expected = Array.from(value, (each, i) => adamReference(each, m[i]!, v[i]!, gradient[i]!, settings, t));
        [0, 1, 2].forEach((part) => {
          expectNear(
            actual[part]!,
            expected.map((parts) => parts[part]!),
            1e-6,
          );
        });
        expect([actual[3], actual[4]]).toEqual([value, gradient]);
        for (const each of [...outputs, ...Object.values(inputs)]) each.dispose();
        expect(countsNow()).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  test('leaves moments that another tensor shares, and returns the new ones', async () => {
    const inputs = { value: tensor([1]), m: tensor([0.5]), v: tensor([0.25]), gradient: tensor([-1]) };
    const view = reshape(inputs.m, [1, 1]);
    const outputs = update(inputs, settings, 3);
    const expected = adamReference(1, 0.5, 0.25, -1, settings, 3);
    const actual = await read(outputs);
    expect(actual.length).toBe(3);
    actual.forEach((each, part) => {
      expectNear(each, [expected[part]!], 1e-6);
    });
    expect(await read([view, inputs.m, inputs.v])).toEqual(
      [[0.5], [0.5], [0.25]].map((each) => Float32Array.from(each)),
    );
    for (const each of [view, ...outputs, ...Object.values(inputs)]) each.dispose();
  });

  test('gives the bits of tf.train.adam, given corrections rounded as it rounds them', async () => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const theirs = variable(tensor(numbers(37, 9)));
    let ours: Tensor = tensor(numbers(37, 9));
    const optimizer = train.adam(learningRate, beta1, beta2, epsilon);
    const moments = { m: tensor(new Float32Array(37)), v: tensor(new Float32Array(37)) };
    let powers = [Math.fround(beta1), Math.fround(beta2)];
    for (let t = 1; t <= 20; t += 1) {
      const gradient = tensor(numbers(37, 100 + t));
      optimizer.applyGradients([{ name: theirs.name, tensor: gradient }]);
      const inputs = { value: ours, ...moments, gradient };
      const [correction1, correction2] = powers.map((power) => Math.fround(1 - power));
      const outputs: Tensor | Tensor[] = engine().runKernel('MinimartAdam', inputs, {
        learningRate,
        beta1,
        beta2,
        epsilon,
        correction1: correction1!,
        correction2: correction2!,
      });
      powers = powers.map((power, index) => Math.fround(power * Math.fround([beta1, beta2][index]!)));
      ours.dispose();
      gradient.dispose();
      ours = [outputs].flat()[0]!;
    }
    const [actual, expected] = await read([ours, theirs]);
    expect(actual).toEqual(expected);
  });

  test('refuses a gradient of another shape', () => {
    const inputs = { value: tensor([1, 2]), m: tensor([0, 0]), v: tensor([0, 0]), gradient: tensor([1]) };
    expect(() => update(inputs, settings, 1)).toThrow(
      'MinimartAdam: `gradient` must be float32 of shape [2], received float32 [1].',
    );
  });
});
