// A child process: the embedding MLP that a user of TensorFlow.js writes today. Nothing of this library is loaded.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  losses,
  type Optimizer,
  type Scalar,
  setBackend,
  tensor2d,
  tidy,
  train,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { timeSteps } from '../harness/time-steps.js';
import { type EmbeddingWork, pairBatches } from '../rows/embedding-work.js';

interface Request {
  readonly work: EmbeddingWork;
  readonly backend: string;
  readonly pace: Pace;
}

await answerParent(async ({ work, backend, pace }: Request) => {
  if (!(await setBackend(backend))) throw new Error(`The backend ${backend} does not start.`);
  const network = stockNetwork(work);
  const variables = network.trainableWeights.map((weight) => weight.read() as Variable);
  const optimizer: Optimizer = train.adam(1e-3, 0.9, 0.999, 1e-8);
  const batches = pairBatches(work);
  const { batchSize } = work;
  let done = 0;
  return timeSteps(async () => {
    const { user, item, labels } = batches[done % batches.length]!;
    done += 1;
    const loss = tidy(() => {
      const inputs = [user, item].map((column) => tensor2d(column, [batchSize, 1], 'int32'));
      const targets = tensor2d(labels, [batchSize, 1]);
      const { value, grads } = variableGrads(
        () => losses.sigmoidCrossEntropy(targets, network.apply(inputs) as typeof targets) as Scalar,
        variables,
      );
      optimizer.applyGradients(grads);
      return value;
    });
    const read = await loss.data();
    loss.dispose();
    return [read[0]!];
  }, pace);
});

function stockNetwork({ users, items }: EmbeddingWork): LayersModel {
  const inputs = [users, items].map(() => input({ shape: [1], dtype: 'int32' }));
  const embeddings = [users, items].map((inputDim, index) => {
    const embedding = layers.embedding({ inputDim, outputDim: 50, embeddingsInitializer: 'randomNormal' });
    return layers.flatten().apply(embedding.apply(inputs[index]!)) as SymbolicTensor;
  });
  let x = layers.concatenate().apply(embeddings) as SymbolicTensor;
  for (const units of [64, 32]) x = layers.dense({ units, activation: 'relu' }).apply(x) as SymbolicTensor;
  return model({ inputs, outputs: layers.dense({ units: 1 }).apply(x) as SymbolicTensor });
}
