import { tensor, tidy } from '@tensorflow/tfjs-core';
import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { DotProductStep, DotProductWeights } from './dot-product-pass.js';
import { createDotProductTrainer } from './dot-product-trainer.js';
import { dotProductTables } from './dot-product-weights.js';
import type { Learner } from './recommender-work.js';
import type { SampleBlock } from './sample-blocks.js';

/** Learns sample by sample, a block of them a step. */
export async function dotProductLearner(
  where: string,
  model: EmbeddingModel,
  step: DotProductStep,
  blockSize: number,
): Promise<Learner<SampleBlock>> {
  const { bias } = model.variables;
  const tables = dotProductTables(model)!;
  const weights: DotProductWeights = { ...tables, bias: Float32Array.from(await bias!.data<'float32'>()) };
  const trainer = await createDotProductTrainer(weights, blockSize);
  let losses: number[] = [];
  let isCurrent = true;
  let isBroken = false;
  let blocks = 0;
  return {
    learn: async (block) => {
      isCurrent = false;
      const loss = trainer.pass(block, step) / block.users.length;
      blocks += 1;
      if (!Number.isFinite(loss)) {
        isBroken = true;
        throw new NonFiniteLossError(where, 'model', blocks, loss);
      }
      losses.push(loss);
      return block.users.length;
    },
    readLosses: async () => {
      const read = losses;
      losses = [];
      return read;
    },
    settle: async () => {
      // The model keeps what it was last given: what came after is not all finite.
      if (isCurrent || isBroken) return;
      const value = trainer.findNonFinite();
      if (value !== undefined) {
        isBroken = true;
        throw new NonFiniteLossError(where, 'model', blocks, value, 'weights');
      }
      trainer.writeBack();
      tidy(() => bias!.assign(tensor(weights.bias, bias!.shape, 'float32')));
      isCurrent = true;
    },
    dispose: () => undefined,
  };
}
