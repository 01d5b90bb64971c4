import fc from 'fast-check';
import type { Convolution } from './references.js';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];

export interface ConvolutionCase extends Convolution {
  name: string;
  pad: Pad;
  strides: [number, number];
  dilations: [number, number];
  inputShape: [number, number, number, number];
  filterShape: [number, number, number, number];
  outputShape: [number, number, number, number];
}

export interface ConvolutionSizes {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outChannels: number;
  filter: [number, number];
  strides: [number, number];
  dilations?: [number, number];
  pad: Pad;
}

/** Works out paddings and output sizes from TensorFlow's definitions, not from tfjs's code. */
export function convolutionOf(sizes: ConvolutionSizes): ConvolutionCase {
  const { batch, height, width, inChannels, outChannels, filter, strides, dilations = [1, 1], pad } = sizes;
  const vertical = placesAlong(height, filter[0], strides[0], dilations[0], pad, 1);
  const horizontal = placesAlong(width, filter[1], strides[1], dilations[1], pad, 2);
  const name = `${batch}x${height}x${width}x${inChannels} by ${filter.join('x')}x${outChannels}, strides ${strides}, dilations ${dilations}, pad ${JSON.stringify(pad)}`;
  return {
    name,
    pad,
    strides,
    dilations,
    inputShape: [batch, height, width, inChannels],
    filterShape: [filter[0], filter[1], inChannels, outChannels],
    outputShape: [batch, vertical.count, horizontal.count, outChannels],
    batch,
    height,
    width,
    inChannels,
    outChannels,
    filterHeight: filter[0],
    filterWidth: filter[1],
    strideHeight: strides[0],
    strideWidth: strides[1],
    dilationHeight: dilations[0],
    dilationWidth: dilations[1],
    top: vertical.before,
    left: horizontal.before,
    outHeight: vertical.count,
    outWidth: horizontal.count,
  };
}

function placesAlong(size: number, taps: number, stride: number, dilation: number, pad: Pad, axis: 1 | 2) {
  const window = (taps - 1) * dilation + 1;
  if (pad === 'same') {
    const count = Math.ceil(size / stride);
    return { count, before: Math.floor(Math.max(0, (count - 1) * stride + window - size) / 2) };
  }
  const [before, after] = pad === 'valid' ? [0, 0] : typeof pad === 'number' ? [pad, pad] : pad[axis];
  return { count: Math.floor((size + before + after - window) / stride) + 1, before };
}

/** Shapes that break careless kernels: one channel, odd sizes, strides past the filter, uneven and missing padding. */
export const oddConvolutions: ConvolutionSizes[] = [
  { batch: 1, height: 1, width: 1, inChannels: 1, outChannels: 1, filter: [1, 1], strides: [1, 1], pad: 'valid' },
  { batch: 2, height: 5, width: 7, inChannels: 3, outChannels: 5, filter: [3, 3], strides: [1, 1], pad: 'same' },
  { batch: 3, height: 7, width: 5, inChannels: 2, outChannels: 4, filter: [4, 4], strides: [2, 2], pad: 'same' },
  { batch: 1, height: 9, width: 6, inChannels: 5, outChannels: 1, filter: [2, 3], strides: [2, 1], pad: 'valid' },
  { batch: 2, height: 8, width: 8, inChannels: 1, outChannels: 3, filter: [5, 5], strides: [2, 2], pad: 2 },
  { batch: 2, height: 6, width: 9, inChannels: 4, outChannels: 2, filter: [1, 1], strides: [3, 3], pad: 'same' },
  {
    batch: 2,
    height: 5,
    width: 6,
    inChannels: 3,
    outChannels: 3,
    filter: [3, 2],
    strides: [2, 3],
    pad: [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ],
  },
  { batch: 1, height: 4, width: 4, inChannels: 2, outChannels: 2, filter: [1, 1], strides: [1, 1], pad: 1 },
];

/** Any small convolution whose output is not empty; dilated ones have no stride, as tfjs demands. */
export function anyConvolution({ dilated }: { dilated: boolean }): fc.Arbitrary<ConvolutionCase> {
  const upTo = (max: number) => fc.integer({ min: 1, max });
  const edges = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }));
  const explicit = fc.tuple(edges, edges).map(([rows, columns]): Pad => [[0, 0], rows, columns, [0, 0]]);
  const pad = fc.oneof(fc.constantFrom<Pad>('same', 'valid'), explicit);
  const steps = dilated
    ? fc.record({ strides: fc.constant<[number, number]>([1, 1]), dilations: fc.tuple(upTo(3), upTo(3)) })
    : fc.record({ strides: fc.tuple(upTo(3), upTo(3)), dilations: fc.constant<[number, number]>([1, 1]) });
  const sizes = fc.record({
    batch: upTo(3),
    height: upTo(9),
    width: upTo(9),
    inChannels: upTo(6),
    outChannels: upTo(9),
    filter: fc.tuple(upTo(4), upTo(4)),
    pad,
  });
  return fc
    .tuple(sizes, steps)
    .map(([size, step]) => convolutionOf({ ...size, ...step }))
    .filter((c) => c.outHeight > 0 && c.outWidth > 0);
}
