import { type ConvolutionSizes, convolutionOf } from '../../kernels/suites/convolutions.js';
import { conv2dInputGradientReference, conv2dReference } from '../../kernels/suites/references.js';
import { at, build, combine, type Doubles } from './doubles.js';

type Pad = ConvolutionSizes['pad'];

interface Steps {
  readonly stride: number;
  readonly pad: Pad;
  readonly dilation?: number;
}

/** `[B, H, W, C]` with a filter `[h, w, C, D]`. */
export function conv2d(x: Doubles, filter: Doubles, steps: Steps): Doubles {
  const places = placesOf(x.shape, filter.shape, steps);
  return { shape: places.outputShape, values: conv2dReference(x.values, filter.values, places) };
}

/** Output channel c * M + m is of input channel c alone: a convolution whose other weights are 0. */
export function depthwiseConv2d(x: Doubles, filter: Doubles, steps: Steps): Doubles {
  const [height, width, channels, multiplier] = filter.shape;
  const shape = [height, width, channels, channels * multiplier];
  const whole = build(shape, (row, column, from, to) =>
    Math.floor(to / multiplier) === from ? at(filter, row, column, from, to % multiplier) : 0,
  );
  return conv2d(x, whole, steps);
}

/** The transpose of the convolution, by a filter `[h, w, D, C]`, that would make `[B, H, W, C]` of the output. */
export function conv2dTranspose(x: Doubles, filter: Doubles, { stride, pad }: Steps): Doubles {
  const [batch, height, width] = x.shape;
  const shape = [batch, height * stride, width * stride, filter.shape[2]];
  const places = placesOf(shape, filter.shape, { stride, pad });
  return { shape, values: conv2dInputGradientReference(x.values, filter.values, places) };
}

/** Adds one number to each channel. */
export function withBias(x: Doubles, bias: Doubles): Doubles {
  return combine(x, bias, (each, offset) => each + offset);
}

/** Where the windows of a filter lie in an image. */
export function placesOf(
  shape: readonly number[],
  filterShape: readonly number[],
  { stride, pad, dilation = 1 }: Steps,
) {
  const [batch, height, width, inChannels] = shape;
  const [filterHeight, filterWidth, , outChannels] = filterShape;
  return convolutionOf({
    ...{ batch, height, width, inChannels, outChannels, pad },
    filter: [filterHeight, filterWidth],
    strides: [stride, stride],
    dilations: [dilation, dilation],
  });
}
