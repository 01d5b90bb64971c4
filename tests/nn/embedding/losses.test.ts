import '../../support/backends.js';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import {
  binaryCrossEntropyLoss,
  bprLoss,
  type EmbeddingLoss,
  inBatchSoftmaxLoss,
  poissonLoss,
  sampledSoftmaxLoss,
  squaredErrorLoss,
  useBackend,
} from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { headLoss } from '../../../src/nn/embedding/losses/head-loss.js';
import { lossOnHost } from '../../../src/nn/embedding/losses/loss-on-host.js';
import { expectClose, numberIn } from '../../support/expect-close.js';

interface Case {
  readonly name: string;
  readonly loss: EmbeddingLoss;
  readonly groupSize?: number;
  readonly logits: readonly number[];
  readonly labels?: readonly number[];
  readonly weights?: readonly number[];
  readonly items?: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
}

const log = Math.log;
const cases: readonly Case[] = [
  {
    // softplus(1000) - 0, softplus(-1000) + 1000, log 2: exp of neither logit overflows.
    name: 'cross-entropy of logits beyond the exponent',
    loss: binaryCrossEntropyLoss(),
    logits: [1000, -1000, 0, -1000],
    labels: [0, 1, 1, 0],
    value: (1000 + 1000 + log(2) + 0) / 4,
    gradient: [1 / 4, -1 / 4, -1 / 8, 0],
  },
  {
    // sigmoid(log 2) = 2 / 3 and sigmoid(-log 2) = 1 / 3: -log of 1 / 3 for each label.
    name: 'cross-entropy of logits near 0',
    loss: binaryCrossEntropyLoss(),
    logits: [log(2), -log(2)],
    labels: [0, 1],
    value: log(3),
    gradient: [1 / 3, -1 / 3],
  },
  {
    // (1 * 2² + 5 * 1² + 0 * 7²) / 6
    name: 'weighted squared error',
    loss: squaredErrorLoss(),
    logits: [3, 0, 9],
    labels: [1, 1, 2],
    weights: [1, 5, 0],
    value: 9 / 6,
    gradient: [4 / 6, -10 / 6, 0],
  },
  {
    // exp(0) - 2 * 0 = 1 and exp(log 3) - 1 * log 3, with weights of 1 and 3.
    name: 'weighted Poisson likelihood',
    loss: poissonLoss(),
    logits: [0, log(3)],
    labels: [2, 1],
    weights: [1, 3],
    value: (1 + 3 * (3 - log(3))) / 4,
    gradient: [(1 - 2) / 4, (3 * (3 - 1)) / 4],
  },
  {
    // Two groups: the positive loses by 2,000 and by 0, and leads by 2,000 twice.
    name: 'ranking of logits beyond the exponent',
    loss: bprLoss(),
    groupSize: 3,
    logits: [-1000, 1000, -1000, 1000, -1000, -1000],
    value: (2000 + log(2)) / 4,
    gradient: [-3 / 8, 1 / 4, 1 / 8, 0, 0, 0],
  },
  {
    // The positive loses by log 2, then leads by it: -log(1 / 3) and -log(2 / 3).
    name: 'ranking of logits near one another',
    loss: bprLoss(),
    groupSize: 2,
    logits: [0, log(2), log(2), 0],
    value: (log(3) + log(3 / 2)) / 2,
    gradient: [-1 / 3, 1 / 3, -1 / 6, 1 / 6],
  },
  {
    name: 'sampled softmax of logits beyond the exponent',
    loss: sampledSoftmaxLoss(),
    groupSize: 2,
    logits: [-1000, 1000, 5, 5],
    value: (2000 + log(2)) / 2,
    gradient: [-1 / 2, 1 / 2, -1 / 4, 1 / 4],
  },
  {
    // Logits of log p, each less its item's log p, are all 0.
    name: 'sampled softmax with probabilities',
    loss: sampledSoftmaxLoss({ probabilities: Float32Array.of(0.5, 0.25, 0.125) }),
    groupSize: 4,
    logits: [log(0.25), log(0.125), log(0.5), log(0.25)],
    items: [1, 2, 0, 1],
    value: log(4),
    gradient: [-3 / 4, 1 / 4, 1 / 4, 1 / 4],
  },
  {
    // Users in rows. Rows 0 and 1 bought the same item: neither is the other's negative, whatever its logit.
    name: 'softmax within the batch',
    loss: inBatchSoftmaxLoss(),
    groupSize: 3,
    logits: [0, 1000, 0, 1000, 0, 0, log(2), log(4), log(2)],
    items: [7, 7, 8],
    value: (log(2) + log(2) + log(4)) / 3,
    gradient: [-1 / 6, 0, 1 / 6, 0, -1 / 6, 1 / 6, 1 / 12, 1 / 6, -1 / 4],
  },
];

beforeAll(() => useBackend('cpu'));

const objectiveOf = ({ groupSize = 1, logits, labels, weights, items = [], loss }: Case) => ({
  loss,
  labels: Float32Array.from(labels ?? logits.map(() => 0)),
  groupSize,
  rows: { item: Int32Array.from(items) },
  ...(weights && { weights: Float32Array.from(weights) }),
});

test.each(cases)('$name, on the host, has the value and the derivatives of the formula', (given) => {
  const gradient = new Float32Array(given.logits.length);
  const value = lossOnHost(objectiveOf(given), Float32Array.from(given.logits), gradient);
  expect(value).toBeCloseTo(given.value, 5);
  for (const [at, slope] of given.gradient.entries()) expect(gradient[at], String(at)).toBeCloseTo(slope, 6);
});

test.each(cases)('$name, by tensors, has the same', async (given) => {
  const { computeOnHost: _, ...loss } = given.loss;
  const gradient = new Float32Array(given.logits.length);
  // Labels of a loss within the batch stand by its rows, and it looks at none.
  const labels = loss.isWithinBatch ? given.items!.map(() => 0) : given.labels;
  const objective = objectiveOf({ ...given, loss, ...(labels && { labels }) });
  const value = lossOnHost(objective, Float32Array.from(given.logits), gradient);
  expect(Math.abs(value - given.value) / given.value).toBeLessThan(1e-5);
  await expectClose(tensor2d(gradient, [1, gradient.length]), given.gradient, [1, gradient.length]);
});

test('each kind of output has the loss of its likelihood', async () => {
  // One output of 2 with the label 0: softplus(2), 2² and exp(2).
  const lossOf = (loss: EmbeddingLoss) => {
    const [logits, labels] = [tensor2d([[2]]), tensor2d([[0]])] as [Tensor2D, Tensor2D];
    return numberIn(loss.compute(logits, { labels, rows: {} }));
  };
  expect(await lossOf(headLoss('binary'))).toBeCloseTo(Math.log1p(Math.exp(2)), 5);
  expect(await lossOf(headLoss('value'))).toBeCloseTo(4, 5);
  expect(await lossOf(headLoss('count'))).toBeCloseTo(Math.exp(2), 5);
});

test.each([
  ['sampledSoftmaxLoss', sampledSoftmaxLoss],
  ['inBatchSoftmaxLoss', inBatchSoftmaxLoss],
])('%s refuses probabilities that are none', (name, make) => {
  expect(() => make({ probabilities: [0.5, 0.5] as never })).toThrow(
    `${name}: \`probabilities\` must be a Float32Array, a number for each item, received [0.5, 0.5] (array).`,
  );
  // Item 1 has no chance and item 2 no number: a loss by their logarithms would not be finite.
  const loss = make({ probabilities: Float32Array.of(1, 0) });
  const run = (items: ArrayLike<number>) =>
    lossOnHost(
      { loss, labels: new Float32Array(2), groupSize: 2, rows: { item: Int32Array.from(items) } },
      new Float32Array(4),
      new Float32Array(4),
    );
  expect(Number.isFinite(run([0, 0, 0, 0]))).toBe(true);
  expect(() => run([0, 1, 0, 0])).toThrow(
    `${name}: \`probabilities\` must hold a number above 0 for item 1, received 0`,
  );
  expect(() => run([0, 2, 0, 0])).toThrow('must hold a number above 0 for item 2, received undefined');
});

test('a loss whose host form gives no number is refused by name', () => {
  const loss: EmbeddingLoss = { ...squaredErrorLoss(), name: 'own', computeOnHost: () => undefined as never };
  const objective = { loss, labels: new Float32Array(2), groupSize: 1, rows: {} };
  expect(() => lossOnHost(objective, new Float32Array(2), new Float32Array(2))).toThrow(
    "loss 'own': `computeOnHost` must return a number, received undefined.",
  );
});

test('losses that compare rows ask for groups of two or more, and no others do', () => {
  for (const loss of [bprLoss(), sampledSoftmaxLoss()]) expect(loss.isGrouped, loss.name).toBe(true);
  const others = [binaryCrossEntropyLoss(), squaredErrorLoss(), poissonLoss(), inBatchSoftmaxLoss()];
  for (const loss of others) expect(loss.isGrouped ?? false, loss.name).toBe(false);
});
