export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorBase,
  type DiscriminatorConfig,
} from './builders/build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorBase,
  type GeneratorConfig,
} from './builders/build-generator.js';
export type { AdversarialLoss, MinimaxLossOptions } from './losses/adversarial-loss.js';
export { minimaxLoss } from './losses/minimax-loss.js';
export { nonSaturatingLoss } from './losses/non-saturating-loss.js';
export { type SampleGanOptions, sampleGan } from './sampling/sample-gan.js';
export type { GanOptions, GanReport } from './training/gan-options.js';
export { ganSteps } from './training/gan-steps.js';
export { type GanResult, type TrainGanOptions, trainGan } from './training/train-gan.js';
export type { Finding, GanMoment, GanObserver, Observation } from './watching/gan-observer.js';
export {
  type BestGenerator,
  type BestKeeper,
  type GeneratorScore,
  type GeneratorScorer,
  type KeepBestOptions,
  keepBest,
} from './watching/keep-best.js';
