import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, latentNoise, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { withFastGradients } from '../../../src/nn/gradients/fast-gradients.js';

type Shape = readonly number[];
type Run = (operands: tf.Tensor[]) => tf.Tensor;

interface Case {
  readonly name: string;
  /** Left operand, right operand, and the bias where there is one. */
  readonly shapes: readonly Shape[];
  readonly run: Run;
}

const product = (left: Shape, right: Shape, transposeA = false, transposeB = false): Case => ({
  name: `product of ${left}${transposeA ? ' transposed' : ''} and ${right}${transposeB ? ' transposed' : ''}`,
  shapes: [left, right],
  run: ([a, b]) => tf.fused.matMul({ a: a!, b: b!, transposeA, transposeB }),
});

const withBias = ({ name, shapes, run }: Case, bias: Shape): Case => ({
  name: `${name}, bias ${bias}`,
  shapes: [...shapes, bias],
  run: ([a, b, added]) => tf.add(run([a!, b!]), added!),
});

const productWithBias = (left: Shape, right: Shape, bias: Shape, transposeA = false): Case => ({
  ...withBias(product(left, right, transposeA), bias),
  run: ([a, b, added]) => tf.fused.matMul({ a: a!, b: b!, bias: added!, transposeA }),
});

const convolution = (images: Shape, filter: Shape, strides: number, pad: 'same' | 'valid', bias?: Shape): Case => ({
  name: `convolution of ${images} by ${filter}, strides ${strides}, ${pad}, bias ${bias}`,
  shapes: bias ? [images, filter, bias] : [images, filter],
  run: ([x, by, added]) =>
    tf.fused.conv2d({
      x: x as tf.Tensor4D,
      filter: by as tf.Tensor4D,
      strides,
      pad,
      ...(added && { bias: added }),
    }),
});

const cases: readonly Case[] = [
  product([3, 5], [5, 2]),
  // Square: nothing but the flags says which operand is transposed.
  ...[false, true].flatMap((one) => [false, true].map((other) => product([4, 4], [4, 4], one, other))),
  product([5, 3], [2, 5], true, true),
  productWithBias([3, 5], [5, 2], [2]),
  productWithBias([4, 4], [4, 4], [4], true),
  productWithBias([2, 3, 5], [2, 5, 4], [4]),
  convolution([2, 6, 6, 3], [3, 3, 3, 4], 1, 'same'),
  convolution([2, 6, 6, 3], [4, 4, 3, 2], 2, 'same', [2]),
  convolution([2, 7, 6, 1], [3, 2, 1, 5], 1, 'valid', [5]),
];

const made = (shapes: readonly Shape[]) => shapes.map((shape, seed) => latentNoise(createRng(seed + 1), [...shape]));

/** Of a sum whose slope differs from place to place, so that no mistake of order cancels out. */
const weighed = (run: Run) => (operands: tf.Tensor[]) => {
  const result = run(operands);
  return tf.sum(tf.mul(tf.square(result), latentNoise(createRng(9), result.shape)));
};

describe.each(['cpu', 'wasm'])('on %s', (backendName) => {
  beforeAll(() => useBackend(backendName));

  describe.each(cases)('the gradients of $name', ({ shapes, run }) => {
    const first = () => tf.grads((...operands) => weighed(run)(operands))(made(shapes));
    const second = () =>
      tf.grads((...operands) => {
        const [left, ...others] = operands;
        return tf.sum(tf.square(tf.grad((x) => weighed(run)([x, ...others]))(left!)));
      })(made(shapes));

    test.each([
      ['', first],
      [', differentiated again', second],
    ])("are those of tfjs's own, to the bit%s", async (_, gradients) => {
      const [own, standard] = [withFastGradients(gradients), gradients()];
      for (const [place, each] of standard.entries()) expect(await own[place]!.data()).toEqual(await each.data());
    });
  });

  test.each([
    [0, { BatchMatMul: 1, Sum: 0 }],
    [1, { BatchMatMul: 1, Sum: 0 }],
    [2, { BatchMatMul: 0, Sum: 1 }],
  ])('only the gradient to operand %i of a product is computed when it alone is asked for', async (place, counts) => {
    const { shapes, run } = productWithBias([3, 5], [5, 2], [2]);
    expect(await kernelsFor(shapes, run, place)).toMatchObject(counts);
  });

  test.each([
    [0, { Conv2DBackpropInput: 1, Conv2DBackpropFilter: 0, Sum: 0 }],
    [1, { Conv2DBackpropInput: 0, Conv2DBackpropFilter: 1, Sum: 0 }],
    [2, { Conv2DBackpropInput: 0, Conv2DBackpropFilter: 0, Sum: 1 }],
  ])(
    'only the gradient to operand %i of a convolution is computed when it alone is asked for',
    async (place, counts) => {
      const { shapes, run } = convolution([2, 6, 6, 3], [4, 4, 3, 2], 2, 'same', [2]);
      expect(await kernelsFor(shapes, run, place)).toMatchObject(counts);
    },
  );

  test('other code meets kernels and gradients of tfjs as before, also after a throw, and no tensor is left', () => {
    const kernels = () => ['_FusedMatMul', 'FusedConv2D'].map((name) => tf.getKernel(name, backendName).kernelFunc);
    const before = kernels();
    const operands = made([
      [3, 5],
      [5, 2],
    ]);
    const tensors = tf.memory().numTensors;
    const fail = () => {
      throw new Error('stop');
    };
    expect(() => withFastGradients(fail)).toThrow('stop');
    // One within another, as where a loss differentiates by itself.
    const { run } = cases[0]!;
    tf.tidy(() => {
      withFastGradients(() => withFastGradients(() => tf.grads((a, b) => run([a, b]))(operands)));
    });
    expect(kernels()).toEqual(before);
    expect(tf.getGradient('fusedMatMul__op')).toBeUndefined();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('channels before rows are refused, as tfjs does', () => {
    const [x, filter] = made([
      [1, 2, 5, 5],
      [2, 2, 2, 3],
    ]) as [tf.Tensor4D, tf.Tensor4D];
    const gradient = () =>
      tf.grad((y: tf.Tensor) =>
        tf.fused.conv2d({ x: y as tf.Tensor4D, filter, strides: 1, pad: 0, dataFormat: 'NCHW' }),
      )(x);
    // A backend may refuse it before there is anything to differentiate.
    expect(gradient).toThrow();
    expect(() => withFastGradients(gradient)).toThrow();
  });
});

/** How often the kernels that make gradients run, backwards, when one operand's is asked for. */
async function kernelsFor(shapes: readonly Shape[], run: Run, place: number): Promise<Record<string, number>> {
  const operands = made(shapes);
  const gradient = tf.grad((one: tf.Tensor) => run(operands.map((each, at) => (at === place ? one : each))));
  const { kernels } = await tf.profile(() => {
    withFastGradients(() => gradient(operands[place]!));
    return tf.scalar(0);
  });
  const counts: Record<string, number> = {
    BatchMatMul: 0,
    Sum: 0,
    Conv2DBackpropInput: 0,
    Conv2DBackpropFilter: 0,
  };
  for (const { name } of kernels) if (name in counts) counts[name]! += 1;
  return counts;
}
