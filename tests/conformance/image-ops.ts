import * as tf from '@tensorflow/tfjs-core';
import type { OpCase } from './op-case.js';
import { conv2d, conv2dTranspose, depthwiseConv2d } from './references/convolutions.js';
import { average, greatest, pool } from './references/images.js';

type Images = tf.Tensor4D;

// A gradient penalty needs the gradient by the image only; that by the filter has none of its own in tfjs.
const penalized = { twice: 1 };

const convolutions: OpCase[] = (
  [
    [3, 1, 'same'],
    [3, 2, 'same'],
    [4, 2, 'valid'],
    [3, 2, 1],
  ] as const
).flatMap(([size, stride, pad]): OpCase[] => {
  const title = `${size}x${size}, stride ${stride}, pad ${pad}`;
  return [
    {
      name: `conv2d ${title}`,
      inputs: `2x9x7x3 ${size}x${size}x3x4`,
      ...penalized,
      run: (x, filter) => tf.conv2d(x as Images, filter as Images, stride, pad),
      reference: (x, filter) => conv2d(x, filter, { stride, pad }),
    },
    {
      name: `depthwiseConv2d ${title}`,
      inputs: `2x9x7x3 ${size}x${size}x3x2`,
      // tfjs has no gradient for this one's gradients.
      orders: 1,
      run: (x, filter) => tf.depthwiseConv2d(x as Images, filter as Images, stride, pad),
      reference: (x, filter) => depthwiseConv2d(x, filter, { stride, pad }),
    },
  ];
});

/** Operations on images. Those of tfjs that pool cannot be differentiated twice; our layers can. */
export const imageOps: readonly OpCase[] = [
  ...convolutions,
  {
    name: 'conv2d 3x3, dilation 2',
    inputs: '2x9x7x3 3x3x3x4',
    // tfjs has no gradient for dilations.
    orders: 0,
    run: (x, filter) => tf.conv2d(x as Images, filter as Images, 1, 'same', 'NHWC', 2),
    reference: (x, filter) => conv2d(x, filter, { stride: 1, pad: 'same', dilation: 2 }),
  },
  {
    name: 'conv2dTranspose 4x4, stride 2',
    inputs: '2x4x5x3 4x4x6x3',
    ...penalized,
    run: (x, filter) => tf.conv2dTranspose(x as Images, filter as Images, [2, 8, 10, 6], 2, 'same'),
    reference: (x, filter) => conv2dTranspose(x, filter, { stride: 2, pad: 'same' }),
  },
  {
    name: 'maxPool',
    inputs: '2x6x6x3',
    orders: 1,
    run: (x) => tf.maxPool(x as Images, 2, 2, 'valid'),
    reference: (x) => pool(x, { size: 2, stride: 2, pad: 'valid' }, greatest),
  },
  {
    name: 'avgPool',
    inputs: '2x6x6x3',
    orders: 1,
    run: (x) => tf.avgPool(x as Images, 2, 2, 'valid'),
    reference: (x) => pool(x, { size: 2, stride: 2, pad: 'valid' }, average),
  },
];
