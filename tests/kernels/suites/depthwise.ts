import { depthwiseConv2d, grads, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { anyConvolution, type ConvolutionCase, convolutionOf, oddConvolutions } from './convolutions.js';
import { depthwiseFilterGradientReference, depthwiseInputGradientReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, type Variant, valuesOf } from './support.js';

async function expectGradients(c: ConvolutionCase, multiplier: number): Promise<void> {
  const filterShape = [c.filterHeight, c.filterWidth, c.inChannels, multiplier];
  const gradient = (index: 0 | 1) => (): Tensor =>
    grads((x: Tensor, filter: Tensor) => depthwiseConv2d(x as Tensor4D, filter as Tensor4D, c.strides, c.pad))(
      [numbersOf(c.inputShape, 1), numbersOf(filterShape, 2)],
      numbersOf(c.outputShape, 3),
    )[index]!;
  const dy = numbers(sizeOf(c.outputShape), 3);
  const toInput = await valuesOf(gradient(0));
  expect(toInput.shape).toEqual(c.inputShape);
  expectNear(toInput.values, depthwiseInputGradientReference(dy, numbers(sizeOf(filterShape), 2), c));
  const toFilter = await valuesOf(gradient(1));
  expect(toFilter.shape).toEqual(filterShape);
  expectNear(toFilter.values, depthwiseFilterGradientReference(numbers(sizeOf(c.inputShape), 1), dy, c));
}

export function depthwiseSuite(variant: Variant): void {
  describe(`gradients of depthwiseConv2d on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    for (const multiplier of [1, 3]) {
      for (const sizes of oddConvolutions) {
        const c = convolutionOf({ ...sizes, outChannels: sizes.inChannels * multiplier });
        test(`are right, multiplier ${multiplier}: ${c.name}`, () => expectGradients(c, multiplier));
      }
    }

    test('are right for any sizes, strides and paddings', async () => {
      const multiplier = fc.integer({ min: 1, max: 3 });
      await fc.assert(
        fc.asyncProperty(anyConvolution({ dilated: false }), multiplier, (each, factor) =>
          expectGradients({ ...each, ...withOutChannels(each, each.inChannels * factor) }, factor),
        ),
        { numRuns: 40 },
      );
    });
  });
}

function withOutChannels(c: ConvolutionCase, outChannels: number): Partial<ConvolutionCase> {
  const [batch, height, width] = c.outputShape;
  return { outChannels, outputShape: [batch, height, width, outChannels] };
}
