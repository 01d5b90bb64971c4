import * as tf from '@tensorflow/tfjs-core';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';

interface OpCase {
  readonly name: string;
  /** One shape per input: `'4x3 3'` is a `[4, 3]` and a `[3]`. */
  readonly inputs: string;
  /** Range of the inputs. Default -1 to 1. */
  readonly range?: readonly [number, number];
  /** How many of the inputs, from the first, get a gradient. Default all. */
  readonly differentiated?: number;
  run(...inputs: tf.Tensor[]): tf.Tensor;
}

type Images = tf.Tensor4D;

const positive = [0.2, 2] as const;
const padding: [number, number][] = [
  [1, 2],
  [2, 1],
];

const products: OpCase[] = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) => {
    const flags = `${transposeA ? 'transposed ' : ''}a by ${transposeB ? 'transposed ' : ''}b`;
    const [left, right] = [transposeA ? '37x5' : '5x37', transposeB ? '19x37' : '37x19'];
    const run = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);
    return [
      { name: `matMul, ${flags}`, inputs: `${left} ${right}`, run },
      { name: `matMul of 3 by 3, ${flags}`, inputs: `3x${left} 3x${right}`, run },
      // tfjs has no gradient for a product that broadcasts.
      { name: `matMul of 3 by 1, ${flags}`, inputs: `3x${left} 1x${right}`, differentiated: 0, run },
    ];
  }),
);

const convolutions: OpCase[] = (
  [
    [3, 1, 'same'],
    [3, 2, 'same'],
    [4, 2, 'valid'],
    [3, 2, 1],
  ] as const
).flatMap(([size, stride, pad]) => {
  const title = `${size}x${size}, stride ${stride}, pad ${pad}`;
  return [
    {
      name: `conv2d ${title}`,
      inputs: `2x9x7x3 ${size}x${size}x3x4`,
      run: (x: tf.Tensor, filter: tf.Tensor) => tf.conv2d(x as Images, filter as Images, stride, pad),
    },
    {
      name: `depthwiseConv2d ${title}`,
      inputs: `2x9x7x3 ${size}x${size}x3x2`,
      run: (x: tf.Tensor, filter: tf.Tensor) => tf.depthwiseConv2d(x as Images, filter as Images, stride, pad),
    },
  ];
});

const images: OpCase[] = [
  {
    name: 'conv2d 3x3, dilation 2',
    inputs: '2x9x7x3 3x3x3x4',
    // tfjs has no gradient for dilations.
    differentiated: 0,
    run: (x, filter) => tf.conv2d(x as Images, filter as Images, 1, 'same', 'NHWC', 2),
  },
  {
    name: 'conv2dTranspose 4x4, stride 2',
    inputs: '2x4x5x3 4x4x6x3',
    run: (x, filter) => tf.conv2dTranspose(x as Images, filter as Images, [2, 8, 10, 6], 2, 'same'),
  },
  { name: 'maxPool', inputs: '2x6x6x3', run: (x) => tf.maxPool(x as Images, 2, 2, 'valid') },
  { name: 'avgPool', inputs: '2x6x6x3', run: (x) => tf.avgPool(x as Images, 2, 2, 'valid') },
  {
    name: 'batchNorm',
    inputs: '8x5 5 5 5 5',
    range: positive,
    run: (x, mean, variance, offset, scale) =>
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D),
  },
];

const others: OpCase[] = [
  { name: 'add with broadcasting', inputs: '4x3x5 5', run: (a, b) => tf.add(a, b) },
  { name: 'sub with broadcasting', inputs: '4x3x5 3x1', run: (a, b) => tf.sub(a, b) },
  { name: 'mul with broadcasting', inputs: '4x3x5 3x1', run: (a, b) => tf.mul(a, b) },
  { name: 'div with broadcasting', inputs: '4x3x5 5', range: positive, run: (a, b) => tf.div(a, b) },
  { name: 'sum over the batch', inputs: '31x7', run: (x) => tf.sum(x, 0) },
  { name: 'sum over features', inputs: '31x7', run: (x) => tf.sum(x, -1) },
  { name: 'mean over all but channels', inputs: '4x5x6x3', run: (x) => tf.mean(x, [0, 1, 2]) },
  { name: 'softmax', inputs: '6x11', range: [-4, 4], run: (x) => tf.softmax(x) },
  { name: 'concat', inputs: '3x4 3x5', run: (a, b) => tf.concat([a, b], 1) },
  { name: 'slice', inputs: '5x6x4', run: (x) => tf.slice(x, [1, 2, 0], [3, 3, 4]) },
  { name: 'pad', inputs: '3x4', run: (x) => tf.pad(x, padding) },
  { name: 'reshape and transpose', inputs: '6x4', run: (x) => tf.transpose(tf.reshape(x, [2, 3, 4]), [2, 0, 1]) },
  { name: 'gather with repeats', inputs: '9x4', run: (x) => tf.gather(x, tf.tensor1d([8, 0, 3, 3, 0], 'int32')) },
];

const elementwise: OpCase[] = (
  [
    ['relu', tf.relu],
    ['leakyRelu', tf.leakyRelu],
    ['elu', tf.elu],
    ['sigmoid', tf.sigmoid],
    ['tanh', tf.tanh],
    ['softplus', tf.softplus],
    ['exp', tf.exp],
    ['square', tf.square],
    ['abs', tf.abs],
    ['log', tf.log, positive],
    ['sqrt', tf.sqrt, positive],
  ] as const
).map(([name, op, range = [-4, 4] as const]) => ({ name, range, inputs: '7x13', run: (x) => op(x) }));

/** Operations that training uses: output, and gradient with respect to every input. */
export const opChecks: readonly ConformanceCheck[] = [
  ...products,
  ...convolutions,
  ...images,
  ...others,
  ...elementwise,
].map(({ name, inputs, range = [-1, 1], differentiated, run }) =>
  gradientCheck({
    name: `op: ${name}`,
    make: (values) => {
      const made = shapesOf(inputs).map((shape) => values.variable(shape, ...range));
      return {
        variables: made.slice(0, differentiated),
        output: () => run(...made),
        dispose: () => tf.dispose(made),
      };
    },
  }),
);

function shapesOf(inputs: string): number[][] {
  return inputs.split(' ').map((shape) => shape.split('x').map(Number));
}
