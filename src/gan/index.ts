export type { AdversarialLoss, MinimaxLossOptions } from './adversarial-loss.js';
export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorBase,
  type DiscriminatorConfig,
} from './build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorBase,
  type GeneratorConfig,
} from './build-generator.js';
export type { GanOptions, GanReport } from './gan-options.js';
export { ganSteps } from './gan-steps.js';
export { minimaxLoss } from './minimax-loss.js';
export { nonSaturatingLoss } from './non-saturating-loss.js';
export { type SampleGanOptions, sampleGan } from './sample-gan.js';
export { type GanResult, type TrainGanOptions, trainGan } from './train-gan.js';
