import { memory } from '@tensorflow/tfjs-core';
import {
  binaryCrossEntropyLoss,
  bprLoss,
  createEmbeddingStep,
  type EmbeddingLoss,
  inBatchSoftmaxLoss,
  lazySgd,
  poissonLoss,
  sampledSoftmaxLoss,
  squaredErrorLoss,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { backends } from '../../../support/backends.js';
import { finiteDifferences, type Numbers, numbersOf, referenceLogit, referencePair } from '../reference-model.js';
import { batchLabels, batchRows, rowsFor, shake, smallModels } from '../small-models.js';

const probabilities = Float32Array.of(0.3, 0.1, 0.2, 0.1, 0.1, 0.15, 0.05);
const weights = Float32Array.of(1, 2, 0.5, 1, 3, 1, 0, 1.5);

type Reference = (logits: number[]) => number;

const softplus = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const groups = (logits: number[], size: number) =>
  Array.from({ length: logits.length / size }, (_, group) => logits.slice(group * size, (group + 1) * size));
const softmaxLoss = (scores: number[], positive: number) =>
  Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - scores[positive]!;

interface LossCase {
  readonly loss: EmbeddingLoss;
  readonly groupSize?: number;
  readonly weights?: Float32Array;
  readonly reference: Reference;
}

const lossCases: Readonly<Record<string, LossCase>> = {
  'cross-entropy': {
    loss: binaryCrossEntropyLoss(),
    reference: (logits) => mean(logits.map((logit, row) => softplus(logit) - batchLabels[row]! * logit)),
  },
  'weighted cross-entropy': {
    loss: binaryCrossEntropyLoss(),
    weights,
    reference: (logits) =>
      logits.reduce((sum, logit, row) => sum + weights[row]! * (softplus(logit) - batchLabels[row]! * logit), 0) / 10,
  },
  'squared error': {
    loss: squaredErrorLoss(),
    reference: (logits) => mean(logits.map((logit, row) => (logit - batchLabels[row]!) ** 2)),
  },
  poisson: {
    loss: poissonLoss(),
    reference: (logits) => mean(logits.map((logit, row) => Math.exp(logit) - batchLabels[row]! * logit)),
  },
  bpr: {
    loss: bprLoss(),
    groupSize: 4,
    reference: (logits) =>
      mean(groups(logits, 4).flatMap(([first, ...rest]) => rest.map((score) => softplus(score - first!)))),
  },
  'sampled softmax': {
    loss: sampledSoftmaxLoss(),
    groupSize: 4,
    reference: (logits) => mean(groups(logits, 4).map((scores) => softmaxLoss(scores, 0))),
  },
  'corrected sampled softmax': {
    loss: sampledSoftmaxLoss({ probabilities }),
    groupSize: 4,
    reference: (logits) => {
      const corrected = logits.map((logit, row) => logit - Math.log(probabilities[batchRows.item[row]!]!));
      return mean(groups(corrected, 4).map((scores) => softmaxLoss(scores, 0)));
    },
  },
};

async function learn(name: string, { loss, ...options }: LossCase) {
  const model = smallModels[name]!();
  shake(model);
  const before = await numbersOf(model);
  const step = createEmbeddingStep(model, { loss, optimizer: lazySgd({ learningRate: 1 }) });
  const { groupSize = 1 } = options;
  await step.update({ rows: rowsFor(model), labels: batchLabels, groupSize, weights: options.weights });
  const [value] = await step.readLosses();
  const after = await numbersOf(model);
  step.dispose();
  model.dispose();
  return { model, before, after, value: value! };
}

function expectGradients(before: Numbers, after: Numbers, expected: Numbers): void {
  for (const [name, slopes] of Object.entries(expected)) {
    const actual = before[name]!.map((value, at) => value - after[name]![at]!);
    const scale = Math.max(0.02, ...slopes.map(Math.abs));
    slopes.forEach((slope, at) => {
      expect(Math.abs(actual[at]! - slope) / scale, `${name}[${at}]: ${actual[at]} for ${slope}`).toBeLessThan(2e-5);
    });
  }
}

describe.each(backends)('an update on %s follows the derivatives of the loss', (backendName) => {
  test.each(Object.keys(smallModels))('for the model "%s"', async (name) => {
    await useBackend(backendName);
    const { model, before, after, value } = await learn(name, lossCases['cross-entropy']!);
    const logits = (numbers: Numbers) =>
      [...batchLabels.keys()].map((row) => referenceLogit(model, numbers, row, true));
    const loss = (numbers: Numbers) => lossCases['cross-entropy']!.reference(logits(numbers));
    expect(value).toBeCloseTo(loss(before), 5);
    expectGradients(before, after, finiteDifferences(before, loss));
  });

  test.each(Object.keys(lossCases))('for the loss "%s"', async (name) => {
    await useBackend(backendName);
    const lossCase = lossCases[name]!;
    const { model, before, after, value } = await learn('NeuMF', lossCase);
    const loss = (numbers: Numbers) =>
      lossCase.reference([...batchLabels.keys()].map((row) => referenceLogit(model, numbers, row, true)));
    expect(value).toBeCloseTo(loss(before), 5);
    expectGradients(before, after, finiteDifferences(before, loss));
  });

  test.each(Object.keys(lossCases))('for the loss "%s" when it has nothing but compute', async (name) => {
    await useBackend(backendName);
    const { computeOnHost: _, ...loss } = lossCases[name]!.loss;
    const { model, before, after } = await learn('GMF', { ...lossCases[name]!, loss });
    const { reference } = lossCases[name]!;
    const value = (numbers: Numbers) =>
      reference([...batchLabels.keys()].map((row) => referenceLogit(model, numbers, row, true)));
    expectGradients(before, after, finiteDifferences(before, value));
  });

  test.each(['dot product', 'two towers', 'NeuMF'])('within the batch, for the model "%s"', async (name) => {
    await useBackend(backendName);
    const { model, before, after, value } = await learn(name, {
      loss: inBatchSoftmaxLoss({ probabilities }),
      reference: () => 0,
    });
    const loss = (numbers: Numbers) =>
      mean(
        [...batchRows.user].map((user, row) => {
          const rivals = [...batchRows.item.keys()].filter(
            (other) => other === row || batchRows.item[other] !== batchRows.item[row],
          );
          const scores = rivals.map((other) => {
            const item = batchRows.item[other]!;
            return referencePair(model, numbers, user, item) - Math.log(probabilities[item]!);
          });
          return softmaxLoss(scores, rivals.indexOf(row));
        }),
      );
    expect(value).toBeCloseTo(loss(before), 5);
    expectGradients(before, after, finiteDifferences(before, loss));
  });
});

test.each(backends)('updates on %s leave no tensors behind', async (backendName) => {
  await useBackend(backendName);
  const model = smallModels['embedding MLP with side features']!();
  const step = createEmbeddingStep(model);
  const update = () => step.update({ rows: rowsFor(model), labels: batchLabels });
  await update();
  const before = memory().numTensors;
  for (let index = 0; index < 5; index += 1) await update();
  await model.score(rowsFor(model));
  expect(memory().numTensors).toBe(before);
  step.dispose();
  model.dispose();
});
