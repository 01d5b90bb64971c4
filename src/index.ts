export type { ArrayData, NumericArray } from './data/array-data.js';
export type { Batch, TrainingData } from './data/batch-source.js';
export { parseIdx } from './data/idx.js';
export { scalePixels } from './data/scale-pixels.js';
export type { AdversarialLoss, MinimaxLossOptions } from './gan/adversarial-loss.js';
export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorBase,
  type DiscriminatorConfig,
} from './gan/build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorBase,
  type GeneratorConfig,
} from './gan/build-generator.js';
export type { GanOptions, GanReport } from './gan/gan-options.js';
export { ganSteps } from './gan/gan-steps.js';
export { minimaxLoss } from './gan/minimax-loss.js';
export { nonSaturatingLoss } from './gan/non-saturating-loss.js';
export { type SampleGanOptions, sampleGan } from './gan/sample-gan.js';
export { type GanResult, type TrainGanOptions, trainGan } from './gan/train-gan.js';
export { prepareBackend } from './kernels/prepare-backend.js';
export { useBackend } from './kernels/use-backend.js';
export { latentNoise } from './random/latent-noise.js';
export { createRng, type Rng, type RngState, restoreRng } from './random/rng.js';
export { NonFiniteLossError } from './training/non-finite-loss-error.js';
export type { LoopOptions, Progress } from './training/run-steps.js';
