export { binaryCrossEntropyLoss } from './binary-cross-entropy-loss.js';
export { bprLoss } from './bpr-loss.js';
export { buildDotProduct, type DotProductConfig } from './build-dot-product.js';
export { buildEmbeddingMlp, type EmbeddingMlpConfig } from './build-embedding-mlp.js';
export { buildGmf, type GmfConfig } from './build-gmf.js';
export { buildNeuMf, type NeuMfConfig } from './build-neu-mf.js';
export { buildTwoTower, type TwoTowerConfig } from './build-two-tower.js';
export type { EmbeddingModelConfig } from './builder-features.js';
export type { EmbeddingLoss, HostLossBatch, LossTargets } from './embedding-loss.js';
export type { EmbeddingModel, Head } from './embedding-model.js';
export {
  denseAdam,
  type EmbeddingOptimizer,
  type LazyAdagrad,
  type LazySgd,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  type RowAdam,
  type RowAdamConfig,
} from './embedding-optimizer.js';
export { createEmbeddingStep } from './embedding-step.js';
export type {
  EmbeddingBatch,
  EmbeddingStep,
  EmbeddingStepOptions,
  EmbeddingStepState,
} from './embedding-step-types.js';
export {
  createEmbeddingTable,
  type EmbeddingTable,
  type EmbeddingTableConfig,
} from './embedding-table.js';
export type { EmbeddingFactors } from './factors.js';
export type {
  BagFeature,
  Bags,
  CategoricalFeature,
  Feature,
  FeatureColumn,
  FeatureColumns,
  FeatureConfig,
  FeatureRows,
  NumericFeature,
} from './features.js';
export { inBatchSoftmaxLoss } from './in-batch-softmax-loss.js';
export type { KernelInitializer } from './initial-weights.js';
export type {
  DenseNode,
  DotNode,
  LeafNode,
  Network,
  NetworkNode,
  ProductNode,
  SumNode,
} from './network.js';
export { poissonLoss } from './poisson-loss.js';
export { type SampledSoftmaxOptions, sampledSoftmaxLoss } from './sampled-softmax-loss.js';
export { squaredErrorLoss } from './squared-error-loss.js';
