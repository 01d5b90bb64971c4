import {
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import { variableGradients } from '../../../nn/gradients/variable-gradients.js';
import { trainableVariables } from '../../../nn/models/model-variables.js';
import { firstNonFinite } from '../../../nn/models/weight-guard.js';
import { adam } from '../../../nn/optimizers/adam.js';
import type { Rng } from '../../../random/rng.js';
import type { StepWork } from '../../../training/run-steps.js';
import type { FeatureExtractorOptions } from './extractor-options.js';
import { type LabelledRows, takeRows } from './labelled-rows.js';

/** Updates of a classifier on batches in random order, its step size falling in a straight line to 0. */
export function createClassifierWork(
  where: string,
  model: LayersModel,
  data: LabelledRows,
  classes: number,
  options: FeatureExtractorOptions,
  rng: Rng,
): StepWork<{ loss: number }> & { dispose(): void } {
  const count = data.labels.length;
  const { epochs = 4, batchSize = Math.min(128, count), learningRate = 1e-3 } = options;
  const perEpoch = Math.floor(count / batchSize);
  const total = perEpoch * epochs;
  const optimizer = adam({ learningRate });
  const variables = trainableVariables(model);
  let order: Uint32Array = new Uint32Array(0);
  let done = 0;
  let loss: Scalar | undefined;
  return {
    totalSteps: () => total,
    step: async () => {
      const place = done % perEpoch;
      if (place === 0) order = rng.permutation(count);
      const batch = takeRows(data, order.subarray(place * batchSize, (place + 1) * batchSize));
      optimizer.learningRate = learningRate * (1 - done / total);
      loss?.dispose();
      loss = tidy(() => {
        const images = tensor(batch.values, batch.shape);
        const targets = oneHot(tensor1d(batch.labels, 'int32'), classes);
        const entropy = () => crossEntropy(model.apply(images, { training: true }) as Tensor, targets);
        const { value, grads } = variableGradients(entropy, variables);
        optimizer.applyGradients(grads);
        return value;
      });
      done += 1;
      return batchSize;
    },
    report: async () => {
      const value = (await loss!.data())[0]!;
      if (!Number.isFinite(value)) throw new NonFiniteLossError(where, 'classifier', done, value);
      return { loss: value };
    },
    finish: async () => {
      for (const variable of variables) {
        const wrong = await firstNonFinite([variable]);
        if (wrong !== undefined) throw new NonFiniteLossError(where, 'classifier', done, wrong, 'weights');
      }
    },
    dispose: () => {
      loss?.dispose();
      optimizer.dispose();
    },
  };
}

function crossEntropy(logits: Tensor, targets: Tensor): Scalar {
  return neg(mean<Scalar>(sum(mul(targets, logSoftmax(logits)), 1)));
}
