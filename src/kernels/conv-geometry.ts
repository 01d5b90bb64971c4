import { backend_util } from '@tensorflow/tfjs-core';

/** The attributes that tfjs gives every kernel of a two-dimensional convolution. */
export type ConvAttributes = {
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dilations?: [number, number] | number;
  dataFormat?: 'NHWC' | 'NCHW';
};

/** The sizes of one two-dimensional convolution over `[batch, height, width, channels]` images. */
export type ConvGeometry = backend_util.Conv2DInfo;

/** Sizes of a convolution as tfjs computes them; refuses the channels-first layout, which wasm does not run either. */
export function convGeometry(
  kernelName: string,
  inputShape: number[],
  filterShape: number[],
  { strides, pad, dimRoundingMode, dilations = 1, dataFormat = 'NHWC' }: ConvAttributes,
  { depthwise = false }: { readonly depthwise?: boolean } = {},
): ConvGeometry {
  if (dataFormat !== 'NHWC') throw new Error(`${kernelName}: \`dataFormat\` must be 'NHWC', received '${dataFormat}'.`);
  return backend_util.computeConv2DInfo(
    fourSizes(inputShape),
    fourSizes(filterShape),
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/**
 * The padding at an end that a kernel must be able to read: as far as the last window reaches.
 *
 * It is not always the padding asked for, since tfjs rounds output sizes in several ways.
 */
export function paddingAfter(input: number, output: number, before: number, stride: number, window: number): number {
  return Math.max(0, (output - 1) * stride + window - input - before);
}

function fourSizes(shape: number[]): [number, number, number, number] {
  const [first = 1, second = 1, third = 1, fourth = 1] = shape;
  return [first, second, third, fourth];
}
