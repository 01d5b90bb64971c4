export type { Bags, Feature, FeatureColumns } from './inputs/features.js';
export { binaryCrossEntropyLoss } from './losses/binary-cross-entropy-loss.js';
export { bprLoss } from './losses/bpr-loss.js';
export type { EmbeddingLoss } from './losses/embedding-loss.js';
export { inBatchSoftmaxLoss } from './losses/in-batch-softmax-loss.js';
export { poissonLoss } from './losses/poisson-loss.js';
export { type SampledSoftmaxOptions, sampledSoftmaxLoss } from './losses/sampled-softmax-loss.js';
export { squaredErrorLoss } from './losses/squared-error-loss.js';
export { buildDotProduct } from './models/build-dot-product.js';
export { buildEmbeddingMlp, type EmbeddingMlpConfig } from './models/build-embedding-mlp.js';
export { buildGmf } from './models/build-gmf.js';
export { buildNeuMf, type NeuMfConfig } from './models/build-neu-mf.js';
export { buildTwoTower, type TwoTowerConfig } from './models/build-two-tower.js';
export type { EmbeddingModelConfig } from './models/builder-features.js';
export type { EmbeddingModel, Head } from './models/embedding-model.js';
export { createEmbeddingTable } from './models/embedding-table.js';
export type { Factors } from './models/factors.js';
export type { KernelInitializer } from './models/initial-weights.js';
export type { EmbeddingTable } from './models/movable-table.js';
export type { Network } from './models/network.js';
export {
  denseAdam,
  type EmbeddingOptimizer,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  type RowAdamConfig,
} from './training/embedding-optimizer.js';
export { createEmbeddingStep } from './training/embedding-step.js';
export type {
  EmbeddingBatch,
  EmbeddingStep,
  EmbeddingStepOptions,
  EmbeddingStepState,
} from './training/embedding-step-types.js';
