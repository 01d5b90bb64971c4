import { depthwiseConv2d, grads, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolutionOf, oddConvolutions } from './convolutions.js';
import { depthwiseFilterGradientReference, depthwiseInputGradientReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, valuesOf } from './support.js';

describe.each(['cpu', 'wasm'] as const)('gradients of depthwiseConv2d on %s', (backendName) => {
  beforeAll(() => startOn(backendName));

  for (const multiplier of [1, 3]) {
    for (const sizes of oddConvolutions) {
      const c = convolutionOf({ ...sizes, outChannels: sizes.inChannels * multiplier });
      const filterShape = [c.filterHeight, c.filterWidth, c.inChannels, multiplier];
      const gradient = (index: 0 | 1) => (): Tensor =>
        grads((x: Tensor, filter: Tensor) => depthwiseConv2d(x as Tensor4D, filter as Tensor4D, c.strides, c.pad))(
          [numbersOf(c.inputShape, 1), numbersOf(filterShape, 2)],
          numbersOf(c.outputShape, 3),
        )[index];

      test(`reach the input, multiplier ${multiplier}: ${c.name}`, async () => {
        const { shape, values } = await valuesOf(gradient(0));
        expect(shape).toEqual(c.inputShape);
        const dy = numbers(sizeOf(c.outputShape), 3);
        expectNear(values, depthwiseInputGradientReference(dy, numbers(sizeOf(filterShape), 2), c));
      });

      test(`reach the filter, multiplier ${multiplier}: ${c.name}`, async () => {
        const { shape, values } = await valuesOf(gradient(1));
        expect(shape).toEqual(filterShape);
        const x = numbers(sizeOf(c.inputShape), 1);
        expectNear(values, depthwiseFilterGradientReference(x, numbers(sizeOf(c.outputShape), 3), c));
      });
    }
  }
});
