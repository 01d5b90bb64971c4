import { keep, type Scalar, sum, type Tensor1D, tidy } from '@tensorflow/tfjs-core';
import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { variableGradients } from '../../nn/gradients/variable-gradients.js';
import { adam } from '../../nn/optimizers/adam.js';
import type { StepWork } from '../../training/run-steps.js';
import { bestRows, type LatentStarts } from './latent-starts.js';

/** How a search goes. */
export interface SearchOptions {
  readonly steps?: number;
  readonly learningRate?: number;
}

/** A descent from all starts at once, which the loop runs. */
export interface LatentSearch extends StepWork<{ loss: number }> {
  dispose(): void;
}

/** Opens the descent for `count` samples; the starts are moved, and stay the caller's. */
export function createSearch(
  where: string,
  { latents, judge }: LatentStarts,
  count: number,
  { steps = 300, learningRate = 0.1 }: SearchOptions,
): LatentSearch {
  const optimizer = adam({ learningRate });
  let done = 0;
  let judged: Tensor1D | undefined;
  return {
    totalSteps: () => steps,
    step: async () => {
      judged?.dispose();
      optimizer.learningRate = (learningRate * (1 + Math.cos((Math.PI * done) / steps))) / 2;
      tidy(() => {
        // Kept, because tfjs frees what a differentiated function makes besides its result.
        const objective = () => {
          judged = keep(judge());
          return sum<Scalar>(judged);
        };
        optimizer.applyGradients(variableGradients(objective, [latents]).grads);
      });
      done += 1;
      return latents.shape[0]!;
    },
    report: async () => {
      const values = await judged!.data();
      const loss = bestRows(values, count).reduce((total, row) => total + values[row]! / count, 0);
      if (!Number.isFinite(loss)) throw new NonFiniteLossError(where, 'generator', done, loss);
      return { loss };
    },
    dispose: () => {
      judged?.dispose();
      optimizer.dispose();
    },
  };
}
