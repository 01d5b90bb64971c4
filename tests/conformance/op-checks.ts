import * as tf from '@tensorflow/tfjs-core';
import type { ConformanceCheck } from './conformance-check.js';
import { imageOps } from './image-ops.js';
import { type OpCase, opCheck } from './op-case.js';
import { elu, leakyRelu, relu, sigmoid, softmax, softplus } from './references/activations.js';
import { matMul, mean, sum } from './references/dense.js';
import { at, build, combine, map, reshape } from './references/doubles.js';
import { normalize, transpose } from './references/layers.js';

const positive = [0.2, 2] as const;
const padding: [number, number][] = [
  [1, 2],
  [2, 1],
];
const gathered = [8, 0, 3, 3, 0];

const products: OpCase[] = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB): OpCase[] => {
    const flags = `${transposeA ? 'transposed ' : ''}a by ${transposeB ? 'transposed ' : ''}b`;
    const [left, right] = [transposeA ? '37x5' : '5x37', transposeB ? '19x37' : '37x19'];
    const subject: Pick<OpCase, 'run' | 'reference'> = {
      run: (a, b) => tf.matMul(a, b, transposeA, transposeB),
      reference: (a, b) => matMul(a, b, transposeA, transposeB),
    };
    return [
      { name: `matMul, ${flags}`, inputs: `${left} ${right}`, ...subject },
      { name: `matMul of 3 by 3, ${flags}`, inputs: `3x${left} 3x${right}`, ...subject },
      // tfjs has no gradient for a product that broadcasts.
      { name: `matMul of 3 by 1, ${flags}`, inputs: `3x${left} 1x${right}`, orders: 0, ...subject },
    ];
  }),
);

const arithmetic: OpCase[] = (
  [
    ['add', '5', tf.add, (a, b) => a + b],
    ['sub', '3x1', tf.sub, (a, b) => a - b],
    ['mul', '3x1', tf.mul, (a, b) => a * b],
    ['div', '5', tf.div, (a, b) => a / b, positive],
  ] as readonly [string, string, typeof tf.add, (a: number, b: number) => number, (readonly [number, number])?][]
).map(([name, shape, op, f, range]) => ({
  ...{ name: `${name} with broadcasting`, inputs: `4x3x5 ${shape}`, range },
  run: (a, b) => op(a, b),
  reference: (a, b) => combine(a, b, f),
}));

const others: OpCase[] = [
  {
    name: 'batchNorm',
    inputs: '8x5 5 5 5 5',
    range: positive,
    run: (x, ...statistics) => {
      const [center, variance, offset, scale] = statistics as tf.Tensor1D[];
      return tf.batchNorm(x, center, variance, offset, scale);
    },
    reference: normalize,
  },
  { name: 'sum over the batch', inputs: '31x7', run: (x) => tf.sum(x, 0), reference: (x) => sum(x, [0]) },
  { name: 'sum over features', inputs: '31x7', run: (x) => tf.sum(x, -1), reference: (x) => sum(x, [1]) },
  {
    name: 'mean over all but channels',
    inputs: '4x5x6x3',
    run: (x) => tf.mean(x, [0, 1, 2]),
    reference: (x) => mean(x, [0, 1, 2]),
  },
  { name: 'softmax', inputs: '6x11', range: [-4, 4], orders: 1, run: (x) => tf.softmax(x), reference: softmax },
  {
    name: 'concat',
    inputs: '3x4 3x5',
    run: (a, b) => tf.concat([a, b], 1),
    reference: (a, b) => build([3, 9], (row, column) => (column < 4 ? at(a, row, column) : at(b, row, column - 4))),
  },
  {
    name: 'slice',
    inputs: '5x6x4',
    run: (x) => tf.slice(x, [1, 2, 0], [3, 3, 4]),
    reference: (x) => build([3, 3, 4], (i, j, k) => at(x, i + 1, j + 2, k)),
  },
  {
    name: 'pad',
    inputs: '3x4',
    run: (x) => tf.pad(x, padding),
    reference: (x) =>
      build([6, 7], (row, column) =>
        row >= 1 && row < 4 && column >= 2 && column < 6 ? at(x, row - 1, column - 2) : 0,
      ),
  },
  {
    name: 'reshape and transpose',
    inputs: '6x4',
    run: (x) => tf.transpose(tf.reshape(x, [2, 3, 4]), [2, 0, 1]),
    reference: (x) => transpose(reshape(x, [2, 3, 4]), [2, 0, 1]),
  },
  {
    name: 'gather with repeats',
    inputs: '9x4',
    run: (x) => tf.gather(x, tf.tensor1d(gathered, 'int32')),
    reference: (x) => build([gathered.length, 4], (row, column) => at(x, gathered[row], column)),
  },
];

type Elementwise = readonly [
  name: string,
  op: (x: tf.Tensor) => tf.Tensor,
  reference: (x: number) => number,
  options?: Pick<OpCase, 'range' | 'orders'>,
];

const elementwise: OpCase[] = (
  [
    ['relu', tf.relu, relu],
    // The second derivative of these throws, or is wrong: our own activations have it right.
    ['leakyRelu', tf.leakyRelu, leakyRelu, { orders: 1 }],
    ['elu', tf.elu, elu, { orders: 1 }],
    ['sigmoid', tf.sigmoid, sigmoid, { orders: 1 }],
    ['tanh', tf.tanh, Math.tanh, { orders: 1 }],
    ['exp', tf.exp, Math.exp, { orders: 1 }],
    ['softplus', tf.softplus, softplus],
    ['square', tf.square, (x) => x * x],
    ['abs', tf.abs, Math.abs],
    ['log', tf.log, Math.log, { range: positive }],
    ['sqrt', tf.sqrt, Math.sqrt, { range: positive }],
  ] as readonly Elementwise[]
).map(([name, op, f, options]) => ({
  ...{ name, inputs: '7x13', range: [-4, 4], ...options },
  run: (x) => op(x),
  reference: (x) => map(x, f),
}));

/** Operations that training uses. */
export const opChecks: readonly ConformanceCheck[] = [
  ...[...products, ...imageOps, ...arithmetic, ...others, ...elementwise],
].map(opCheck);
