import { conv2d, conv2dTranspose, grads, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { anyConvolution, type ConvolutionCase, convolutionOf, oddConvolutions } from './convolutions.js';
import { conv2dFilterGradientReference, conv2dInputGradientReference, conv2dReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, type Variant, valuesOf } from './support.js';

async function expectOutput(c: ConvolutionCase): Promise<void> {
  const { shape, values } = await valuesOf(() =>
    conv2d(numbersOf(c.inputShape, 1) as Tensor4D, numbersOf(c.filterShape, 2) as Tensor4D, c.strides, c.pad, 'NHWC', [
      ...c.dilations,
    ]),
  );
  expect(shape).toEqual(c.outputShape);
  expectNear(values, conv2dReference(numbers(sizeOf(c.inputShape), 1), numbers(sizeOf(c.filterShape), 2), c));
}

/** tfjs differentiates convolutions without dilation only. */
async function expectGradients(c: ConvolutionCase): Promise<void> {
  const gradient = (index: 0 | 1) => (): Tensor =>
    grads((x: Tensor, filter: Tensor) => conv2d(x as Tensor4D, filter as Tensor4D, c.strides, c.pad))(
      [numbersOf(c.inputShape, 1), numbersOf(c.filterShape, 2)],
      numbersOf(c.outputShape, 3),
    )[index]!;
  const dy = numbers(sizeOf(c.outputShape), 3);
  const toInput = await valuesOf(gradient(0));
  expect(toInput.shape).toEqual(c.inputShape);
  expectNear(toInput.values, conv2dInputGradientReference(dy, numbers(sizeOf(c.filterShape), 2), c));
  const toFilter = await valuesOf(gradient(1));
  expect(toFilter.shape).toEqual(c.filterShape);
  expectNear(toFilter.values, conv2dFilterGradientReference(numbers(sizeOf(c.inputShape), 1), dy, c));
}

export function conv2dSuite(variant: Variant): void {
  describe(`conv2d on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    for (const sizes of oddConvolutions) {
      const c = convolutionOf(sizes);
      test(`matches its definition: ${c.name}`, () => expectOutput(c));
      test(`has the right gradients: ${c.name}`, () => expectGradients(c));
    }

    test('matches its definition for any sizes, strides, paddings and dilations', async () => {
      await fc.assert(fc.asyncProperty(anyConvolution({ dilated: true }), expectOutput), { numRuns: 40 });
    });

    test('has the right gradients for any sizes, strides and paddings', async () => {
      await fc.assert(fc.asyncProperty(anyConvolution({ dilated: false }), expectGradients), { numRuns: 40 });
    });

    test('transposed is the gradient of its input', async () => {
      const c = convolutionOf({
        batch: 2,
        height: 8,
        width: 6,
        inChannels: 3,
        outChannels: 5,
        filter: [4, 4],
        strides: [2, 2],
        pad: 'same',
      });
      const { values } = await valuesOf(() =>
        conv2dTranspose(
          numbersOf(c.outputShape, 3) as Tensor4D,
          numbersOf(c.filterShape, 2) as Tensor4D,
          c.inputShape,
          c.strides,
          'same',
        ),
      );
      const [dy, filter] = [numbers(sizeOf(c.outputShape), 3), numbers(sizeOf(c.filterShape), 2)];
      expectNear(values, conv2dInputGradientReference(dy, filter, c));
    });
  });
}
