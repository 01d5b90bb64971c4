import { memory } from '@tensorflow/tfjs-core';
import {
  buildDotProduct,
  buildEmbeddingMlp,
  buildNeuMf,
  buildTwoTower,
  createEmbeddingStep,
  createVocabulary,
  type EmbeddingModel,
  inBatchSoftmaxLoss,
  lazyAdam,
  lazySgd,
  useBackend,
} from 'minimart';
import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { relativeDifference } from './relative-difference.js';

const features = {
  user: createVocabulary(Array.from({ length: 9 }, (_, index) => index)),
  item: createVocabulary(Array.from({ length: 13 }, (_, index) => index)),
};
const batch = {
  rows: { user: Int32Array.of(0, 3, 3, 8, 1, 0), item: Int32Array.of(12, 0, 5, 5, 7, 0) },
  labels: Float32Array.of(1, 0, 1, 1, 0, 1),
};
const start = { embeddingDeviation: 0.3, seed: 5 };

const models: Readonly<Record<string, () => EmbeddingModel>> = {
  'embedding MLP': () => buildEmbeddingMlp({ features, embeddingSize: 6, hidden: [8, 5], ...start }),
  NeuMF: () => buildNeuMf({ features, gmfSize: 3, embeddingSize: 5, hidden: [7, 4], ...start }),
  'dot product': () => buildDotProduct({ features, embeddingSize: 5, ...start }),
  'two towers': () => buildTwoTower({ features, embeddingSize: 5, hidden: [6], outputSize: 4, ...start }),
};

interface Run {
  readonly losses: Float32Array;
  readonly scores: Float32Array;
}

/** Embedding models train and score alike, and leave no tensor behind, row by row and with negatives within the batch. */
export const embeddingChecks: readonly ConformanceCheck[] = Object.entries(models).flatMap(([name, make]) =>
  [false, true].map((isWithinBatch) => ({
    name: `embedding model: ${name}${isWithinBatch ? ', within the batch' : ''}`,
    async run(backend: string) {
      const expected = await train('cpu', make, isWithinBatch);
      const actual = await train(backend, make, isWithinBatch);
      const allowed = backend === 'cpu' ? 0 : 1e-4;
      requireWithin('losses', relativeDifference(actual.losses, expected.losses), allowed);
      requireWithin('scores', relativeDifference(actual.scores, expected.scores), allowed);
    },
  })),
);

async function train(backend: string, make: () => EmbeddingModel, isWithinBatch: boolean): Promise<Run> {
  await useBackend(backend);
  const model = make();
  // A softmax does not change with a bias of its whole row: Adam would blow up what rounding leaves of that gradient.
  const step = isWithinBatch
    ? createEmbeddingStep(model, { optimizer: lazySgd({ learningRate: 0.1 }), loss: inBatchSoftmaxLoss() })
    : createEmbeddingStep(model, { optimizer: lazyAdam({ learningRate: 0.01 }) });
  await step.update(batch);
  const before = memory().numTensors;
  for (let update = 0; update < 4; update += 1) await step.update(batch);
  const scores = await model.scoreAll(Int32Array.of(0, 3, 5));
  if (memory().numTensors !== before) throw new Error(`tensors: ${before} before, ${memory().numTensors} after`);
  const losses = await step.readLosses();
  step.dispose();
  model.dispose();
  return { losses, scores };
}
