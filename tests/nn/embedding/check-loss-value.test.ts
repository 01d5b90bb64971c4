import '../../support/backends.js';
import { add, memory, mul, type Scalar, scalar, softplus, squaredDifference, sub, sum } from '@tensorflow/tfjs-core';
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
import { requireLogistic, requireLossValue } from '../../../src/nn/embedding/losses/check-loss-value.js';

const labels = Float32Array.of(0, 1, 1, 0);
const rows = { item: Int32Array.of(0, 1, 2, 0) };
const cases: [EmbeddingLoss, groupSize: number, count: number][] = [
  [binaryCrossEntropyLoss(), 1, 4],
  [squaredErrorLoss(), 1, 4],
  [poissonLoss(), 1, 4],
  [bprLoss(), 2, 4],
  [sampledSoftmaxLoss(), 2, 4],
  // Four users with four items: sixteen pairs, in groups as large as the batch.
  [inBatchSoftmaxLoss(), 4, 4],
];

/** What a change of `compute` alone is answered with. */
function checked(
  [loss, groupSize, count]: (typeof cases)[number],
  change: (value: Scalar) => Scalar,
  weights?: Float32Array,
) {
  const compute: EmbeddingLoss['compute'] = (logits, targets) => change(loss.compute(logits, targets));
  const objective = { loss: { ...loss, compute }, labels, groupSize, rows, ...(weights && { weights }) };
  return requireLossValue('createEmbeddingStep', objective, count);
}

beforeAll(() => useBackend('cpu'));

test.each(cases)(
  'both forms of a loss are told to be the same, and not when they differ by 1%%: case %#',
  async (...given) => {
    const before = memory().numTensors;
    await checked(given, (value) => value);
    // 1e-4 is what single precision may leave of a long sum.
    await checked(given, (value) => mul(value, 1 + 1e-4));
    const message = `createEmbeddingStep: \`loss\` must give by \`computeOnHost\` or \`isLogistic\` what \`compute\` gives`;
    for (const factor of [0.99, 1.01, -1, Number.NaN]) {
      await expect(checked(given, (value) => mul(value, factor))).rejects.toThrow(message);
    }
    expect(memory().numTensors).toBe(before);
  },
);

test('weights count in both forms', async () => {
  const weights = Float32Array.of(1, 5, 0, 0.5);
  await checked(cases[1]!, (value) => value, weights);
  // One that leaves them out in `compute`: the mean of four squares, not a weighted mean.
  const compute: EmbeddingLoss['compute'] = (logits, targets) =>
    mul(0.25, sum<Scalar>(squaredDifference(logits, targets.labels)));
  const loss = { ...squaredErrorLoss(), compute };
  const objective = { loss, labels, groupSize: 1, rows, weights };
  await expect(requireLossValue('createEmbeddingStep', objective, 4)).rejects.toThrow('what `compute` gives');
});

test('a batch that makes both forms infinite, or no number, is left to the update that meets it', async () => {
  const loss = squaredErrorLoss();
  for (const label of [1e30, Number.NaN]) {
    // The square of 1e30 is infinite in single precision alone.
    await requireLossValue('createEmbeddingStep', { loss, labels: labels.map(() => label), groupSize: 1, rows }, 4);
  }
  const infinite = (): Scalar => scalar(Number.POSITIVE_INFINITY);
  const both = { name: 'own', compute: infinite, computeOnHost: () => Number.POSITIVE_INFINITY };
  await requireLossValue('createEmbeddingStep', { loss: both, labels, groupSize: 1, rows }, 4);
});

test('a loss with `compute` alone has nothing to be compared with', async () => {
  const loss: EmbeddingLoss = { name: 'own', compute: (logits) => sum(logits) };
  await requireLossValue('createEmbeddingStep', { loss, labels, groupSize: 1, rows }, 4);
});

test('a loss that calls itself logistic has to be the mean of softplus(logit) - label * logit', async () => {
  const logistic = (compute: EmbeddingLoss['compute']) =>
    requireLogistic('trainRecommender', { name: 'own', isLogistic: true, compute });
  const total: EmbeddingLoss['compute'] = (logits, targets) =>
    sum(sub(softplus(logits), mul(targets.labels, logits))) as Scalar;
  await requireLogistic('trainRecommender', binaryCrossEntropyLoss());
  await logistic((...given) => mul(1 / 3, total(...given)));
  await logistic((...given) => mul((1 + 1e-4) / 3, total(...given)));
  const others: EmbeddingLoss['compute'][] = [
    total,
    (...given) => mul(0.99 / 3, total(...given)),
    (...given) => add(0.01, mul(1 / 3, total(...given))),
    (logits) => mul(1 / 3, sum<Scalar>(softplus(logits))),
    squaredErrorLoss().compute,
  ];
  for (const compute of others) {
    // log(1 + e^-1.5), log(1 + e^0.5) - 0.5 and log(1 + e^2) - 2: 0.2014133 + 0.4740770 + 0.1269280, over 3.
    await expect(logistic(compute)).rejects.toThrow(/^trainRecommender: `loss` .* received 0\.26747\d* \(number\)\.$/);
  }
});
