import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import {
  clipActivation,
  eluActivation,
  exponentialActivation,
  geluActivation,
  leakyReluActivation,
  seluActivation,
  sigmoidActivation,
  softmaxActivation,
  swishActivation,
  tanhActivation,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareSecondOrder, curvatureAt, relativeErrorAlong, slopeAt } from '../../support/finite-differences.js';

type Elementwise = (x: tf.Tensor) => tf.Tensor;

interface Row {
  readonly name: string;
  readonly ours: Elementwise;
  readonly formula: (x: number) => number;
  /** What tfjs has for it, and how its second derivative fails. */
  readonly stock?: { readonly run: Elementwise; readonly fails: 'wrong' | 'throws' };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const elu = (alpha: number) => (x: number) => (x > 0 ? x : alpha * Math.expm1(x));

// The normal distribution function by its series 1/2 + density(x) * (x + x^3/3 + x^5/15 + ...).
function normalDistribution(x: number): number {
  let term = x;
  let total = x;
  for (let odd = 3; odd < 200; odd += 2) {
    term *= (x * x) / odd;
    total += term;
  }
  return 0.5 + (total * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

const rows: readonly Row[] = [
  { name: 'tanh', ours: tanhActivation, formula: Math.tanh, stock: { run: tf.tanh, fails: 'wrong' } },
  { name: 'sigmoid', ours: sigmoidActivation, formula: sigmoid, stock: { run: tf.sigmoid, fails: 'wrong' } },
  { name: 'exponential', ours: exponentialActivation, formula: Math.exp, stock: { run: tf.exp, fails: 'wrong' } },
  {
    name: 'leaky relu',
    ours: (x) => leakyReluActivation(x, { alpha: 0.3 }),
    formula: (x) => (x > 0 ? x : 0.3 * x),
    stock: { run: (x) => tf.leakyRelu(x, 0.3), fails: 'throws' },
  },
  { name: 'elu', ours: (x) => eluActivation(x), formula: elu(1), stock: { run: tf.elu, fails: 'throws' } },
  { name: 'elu with alpha 0.5', ours: (x) => eluActivation(x, { alpha: 0.5 }), formula: elu(0.5) },
  {
    name: 'selu',
    ours: seluActivation,
    // Klambauer et al. 2017 print both constants to 16 digits.
    formula: (x) => 1.0507009873554805 * elu(1.6732632423543772)(x),
    stock: { run: tf.selu, fails: 'throws' },
  },
  {
    name: 'swish',
    ours: swishActivation,
    formula: (x) => x * sigmoid(x),
    stock: { run: (x) => tf.mul(x, tf.sigmoid(x)), fails: 'wrong' },
  },
  { name: 'gelu', ours: geluActivation, formula: (x) => x * normalDistribution(x) },
  {
    name: 'clip',
    ours: (x) => clipActivation(x, { low: -0.7, high: 1.5 }),
    formula: (x) => Math.min(Math.max(x, -0.7), 1.5),
    stock: { run: (x) => tf.clipByValue(x, -0.7, 1.5), fails: 'throws' },
  },
];

// Away from the kinks at 0 and at the bounds of clip.
const points = [-3, -1.2, -0.4, 0.3, 1.1, 2.5];

// d²/dx² of sum of f(x)², which is not zero for functions made of straight lines.
function curvatures(f: Elementwise, x: tf.Tensor): tf.Tensor {
  const slope = tf.grad((input) => tf.sum(tf.square(f(input))));
  return tf.grad((input) => tf.sum(slope(input)))(x);
}

async function expectNear(run: () => tf.Tensor, expected: readonly number[], tolerance: number): Promise<void> {
  const result = tf.tidy(run);
  const values = await result.data();
  result.dispose();
  expected.forEach((each, index) => {
    expect(Math.abs(values[index]! - each), `at ${points[index]}: ${values[index]}, not ${each}`).toBeLessThan(
      tolerance * (1 + Math.abs(each)),
    );
  });
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  describe.each(rows)('$name', ({ ours, formula, stock }) => {
    test('gives the values of its formula', () =>
      expectNear(() => ours(tf.tensor1d(points)), points.map(formula), 1e-5));

    test('has the first derivative of its formula', () =>
      expectNear(
        () => tf.grad((x) => tf.sum(ours(x)))(tf.tensor1d(points)),
        points.map((x) => slopeAt(formula, x)),
        1e-5,
      ));

    test('has the second derivative of its formula', () =>
      expectNear(
        () => curvatures(ours, tf.tensor1d(points)),
        points.map((x) => curvatureAt((each) => formula(each) ** 2, x)),
        1e-4,
      ));

    if (stock) {
      test('mends what tfjs still gets wrong', async () => {
        const { run, fails } = stock;
        if (fails === 'throws') {
          expect(() => tf.tidy(() => curvatures(run, tf.tensor1d(points)))).toThrow();
          return;
        }
        const expected = points.map((x) => curvatureAt((each) => formula(each) ** 2, x));
        await expect(expectNear(() => curvatures(run, tf.tensor1d(points)), expected, 1e-2)).rejects.toThrow();
      });
    }

    test('stays finite far out, and so does its gradient', async () => {
      const far = [-1e4, -100, 0, 80];
      const both = tf.tidy(() => {
        const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => tf.sum(ours(x)))(tf.tensor1d(far));
        return tf.concat([tf.reshape(value, [1]), grad]);
      });
      for (const each of await both.data()) expect(Number.isFinite(each)).toBe(true);
      both.dispose();
    });

    test('leaves no tensor behind', () => {
      const before = tf.memory().numTensors;
      tf.dispose(tf.tidy(() => curvatures(ours, tf.tensor1d(points))));
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  test('gives third derivatives too', () => {
    const third = tf.grad((c) => tf.sum(tf.grad((b) => tf.sum(tf.grad((a) => tf.sum(tanhActivation(a)))(b)))(c)));
    // With t = tanh(x), whose slope is s = 1 - t²: second -2 t s, third -2 s² + 4 t² s.
    const expected = points.map((x) => {
      const square = Math.tanh(x) ** 2;
      return -2 * (1 - square) ** 2 + 4 * square * (1 - square);
    });
    return expectNear(() => third(tf.tensor1d(points)), expected, 1e-5);
  });

  describe('softmax', () => {
    const logits = [0.2, -1, 1.7, 0.4, 2.2, -0.6];
    const weights = [1, -2, 0.5, 3, 0.7, -1];
    // A sum of the probabilities alone would be constant.
    const weighted = (x: tf.Tensor) =>
      tf.sum<tf.Scalar>(tf.mul(tf.square(softmaxActivation(x)), tf.tensor2d(weights, [2, 3])));

    test('gives the values of its formula', () => {
      const expected = [0, 3].flatMap((start) => {
        const powers = logits.slice(start, start + 3).map(Math.exp);
        const total = powers.reduce((sum, each) => sum + each);
        return powers.map((each) => each / total);
      });
      return expectNear(() => softmaxActivation(tf.tensor2d(logits, [2, 3])), expected, 1e-6);
    });

    test('has second derivatives that match finite differences, where those of tfjs do not', async () => {
      const at = tf.tensor2d(logits, [2, 3]);
      expect(await relativeErrorAlong((seed) => compareSecondOrder(weighted, [at], { seed }))).toBeLessThan(0.01);
      const stock = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(tf.square(tf.softmax(x)), tf.tensor2d(weights, [2, 3])));
      expect(await relativeErrorAlong((seed) => compareSecondOrder(stock, [at], { seed }))).toBeGreaterThan(0.05);
      at.dispose();
    });
  });
});
