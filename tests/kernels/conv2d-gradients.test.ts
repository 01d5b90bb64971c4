import { conv2d, grads, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolutionOf, oddConvolutions } from './convolutions.js';
import { conv2dFilterGradientReference, conv2dInputGradientReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, valuesOf } from './support.js';

describe.each(['cpu', 'wasm'] as const)('gradients of conv2d on %s', (backendName) => {
  beforeAll(() => startOn(backendName));

  for (const sizes of oddConvolutions) {
    const c = convolutionOf(sizes);
    const gradient = (index: 0 | 1) => (): Tensor =>
      grads((x: Tensor, filter: Tensor) => conv2d(x as Tensor4D, filter as Tensor4D, c.strides, c.pad))(
        [numbersOf(c.inputShape, 1), numbersOf(c.filterShape, 2)],
        numbersOf(c.outputShape, 3),
      )[index];

    test(`reach the input: ${c.name}`, async () => {
      const { shape, values } = await valuesOf(gradient(0));
      expect(shape).toEqual(c.inputShape);
      const dy = numbers(sizeOf(c.outputShape), 3);
      expectNear(values, conv2dInputGradientReference(dy, numbers(sizeOf(c.filterShape), 2), c));
    });

    test(`reach the filter: ${c.name}`, async () => {
      const { shape, values } = await valuesOf(gradient(1));
      expect(shape).toEqual(c.filterShape);
      const x = numbers(sizeOf(c.inputShape), 1);
      expectNear(values, conv2dFilterGradientReference(x, numbers(sizeOf(c.outputShape), 3), c));
    });
  }
});
