import { fused, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolutionOf } from './convolutions.js';
import { conv2dReference, matMulReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, type Variant, valuesOf } from './support.js';

/** Each activation that tfjs fuses, from its definition. */
const activations = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(x, 0),
  relu6: (x: number) => Math.min(Math.max(x, 0), 6),
  leakyrelu: (x: number) => (x < 0 ? 0.3 * x : x),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  elu: (x: number) => (x < 0 ? Math.expm1(x) : x),
  prelu: (x: number) => (x < 0 ? -0.5 * x : x),
} as const;

type Name = keyof typeof activations;
const names = Object.keys(activations) as Name[];

const settings = (activation: Name) => ({
  activation,
  leakyreluAlpha: 0.3,
  preluActivationWeights: activation === 'prelu' ? tensor([-0.5]) : undefined,
});

export function fusedSuite(variant: Variant): void {
  describe(`fused kernels on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    test.each(names)('multiply, add a bias and apply %s', async (activation) => {
      const [a, b, bias] = [numbers(5 * 7, 1), numbers(7 * 6, 2), numbers(6, 3)];
      const product = matMulReference(a, b, [5, 7, 6]);
      const scaled = (values: number[]) => values.map((each) => activations[activation](each));
      const withBias = await valuesOf(() =>
        fused.matMul({
          a: numbersOf([5, 7], 1) as Tensor2D,
          b: numbersOf([7, 6], 2) as Tensor2D,
          bias: numbersOf([6], 3),
          ...settings(activation),
        }),
      );
      expect(withBias.shape).toEqual([5, 6]);
      expectNear(withBias.values, scaled(Array.from(product, (each, index) => each + bias[index % 6]!)));
      const without = await valuesOf(() =>
        fused.matMul({ a: numbersOf([5, 7], 1), b: numbersOf([7, 6], 2), ...settings(activation) } as Operands),
      );
      expectNear(without.values, scaled(Array.from(product)));
    });

    test.each(names)('convolve, add a bias and apply %s', async (activation) => {
      const c = convolutionOf({
        batch: 2,
        height: 5,
        width: 4,
        inChannels: 3,
        outChannels: 5,
        filter: [3, 3],
        strides: [2, 1],
        pad: 'same',
      });
      const output = conv2dReference(numbers(sizeOf(c.inputShape), 1), numbers(sizeOf(c.filterShape), 2), c);
      const bias = numbers(5, 3);
      const { shape, values } = await valuesOf(() =>
        fused.conv2d({
          x: numbersOf(c.inputShape, 1) as Tensor4D,
          filter: numbersOf(c.filterShape, 2) as Tensor4D,
          strides: c.strides,
          pad: 'same',
          bias: numbersOf([5], 3),
          ...settings(activation),
        }),
      );
      expect(shape).toEqual(c.outputShape);
      expectNear(
        values,
        Array.from(output, (each, index) => activations[activation](each + bias[index % 5]!)),
      );
    });
  });
}

type Operands = { a: Tensor2D; b: Tensor2D };
