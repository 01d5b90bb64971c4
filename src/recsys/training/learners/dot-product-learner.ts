import { tensor, tidy } from '@tensorflow/tfjs-core';
import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import { requireWholeNumber } from '../../../internal/require.js';
import type { EmbeddingModel } from '../../../nn/embedding/models/embedding-model.js';
import { createNetworkBuilder } from '../../../nn/embedding/models/network-builder.js';
import type { SampleBlock } from '../batches/sample-blocks.js';
import type { ImplicitTrainingOptions } from '../recommender-options.js';
import {
  type DotProductStep,
  type DotProductTrainer,
  type DotProductWeights,
  scriptTrainer,
} from './dot-product-pass.js';
import type { Learner } from './step-learner.js';

/** How {@link dotProductLearner} works. */
export interface DotProductSettings extends DotProductStep {
  /** Most samples of a block. */
  readonly blockSize: number;
  /** Whether a block that throws leaves the model as it was. */
  readonly isUndone: boolean;
}

/** Learns sample by sample, a block of them a step. */
export async function dotProductLearner(
  where: string,
  model: EmbeddingModel,
  { blockSize, isUndone, ...step }: DotProductSettings,
): Promise<Learner<SampleBlock>> {
  const { bias } = model.variables;
  const tables = dotProductTables(model)!;
  const weights: DotProductWeights = { ...tables, bias: Float32Array.from(await bias!.data<'float32'>()) };
  let trainer = await createDotProductTrainer(weights, blockSize);
  let losses: number[] = [];
  let isCurrent = true;
  let isBroken = false;
  let blocks = 0;
  const begin = async () => {
    trainer = await createDotProductTrainer(weights, blockSize);
    [isCurrent, isBroken] = [true, false];
  };
  const settle = async () => {
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
  };
  const learn = async (block: SampleBlock) => {
    isCurrent = false;
    const loss = trainer.pass(block, step) / block.users.length;
    blocks += 1;
    if (!Number.isFinite(loss)) {
      isBroken = true;
      throw new NonFiniteLossError(where, 'model', blocks, loss);
    }
    // The trainer works on copies, and the model has what was before the block.
    if (isUndone) await settle();
    losses.push(loss);
  };
  return {
    learn: async (block) => {
      await learn(block).catch(async (error: unknown) => {
        if (isUndone) await begin();
        throw error;
      });
    },
    size: ({ users }) => users.length,
    readLosses: async () => {
      const read = losses;
      losses = [];
      return read;
    },
    settle,
    state: () => ({ blocks }),
    restore: async (state) => {
      const saved = (state ?? {}) as { readonly blocks?: unknown };
      requireWholeNumber('restore', 'state.blocks', saved.blocks);
      blocks = saved.blocks;
      weights.bias.set(await bias!.data<'float32'>());
      await begin();
    },
    dispose: () => undefined,
  };
}

/** The tables of a model that is a dot product of a user's and an item's vector with all biases; undefined for others. */
export function dotProductTables({ network, tables }: EmbeddingModel): Omit<DotProductWeights, 'bias'> | undefined {
  const { user, item, userBias, itemBias } = tables;
  if (!user || !item || !userBias || !itemBias) return undefined;
  if (JSON.stringify(network.nodes) !== JSON.stringify(dotProductNodes(user.size))) return undefined;
  return {
    size: user.size,
    users: user.values,
    items: item.values,
    userBiases: userBias.values,
    itemBiases: itemBias.values,
  };
}

// What the loops of its own compute, as a network: a model is one if it is the same, whatever it is called.
function dotProductNodes(size: number) {
  const builder = createNetworkBuilder();
  const vectors = builder.dot(builder.leaf('user', size, 'user'), builder.leaf('item', size, 'item'));
  builder.sum([vectors, builder.leaf('user', 1, 'userBias'), builder.leaf('item', 1, 'itemBias')], 'bias');
  return builder.finish().nodes;
}

/**
 * Whether a run is plain stochastic gradient descent on a dot product, one sample at a time by cross-entropy, which has
 * loops of its own: a batch of one would spend its time on everything but arithmetic.
 */
export function isSampleBySample({ model, loss, optimizer, batchSize }: ImplicitTrainingOptions): boolean {
  const isPlain = optimizer?.kind === 'sgd' && batchSize === 1 && model.head === 'binary';
  const isCrossEntropy = loss === undefined || loss.isLogistic === true;
  return isPlain && isCrossEntropy && dotProductTables(model) !== undefined;
}

/**
 * Makes a trainer in WebAssembly where that is to be had, which does three to four samples in the time of one in
 * JavaScript; else one in JavaScript. They differ by rounding.
 *
 * @param blockSize - Most samples of a block.
 */
export async function createDotProductTrainer(
  weights: DotProductWeights,
  blockSize: number,
): Promise<DotProductTrainer> {
  const { createWasmDotProduct } = await import('./wasm-dot-product.js');
  return (await createWasmDotProduct(weights, blockSize)) ?? scriptTrainer(weights);
}
