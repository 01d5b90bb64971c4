export { type ClipOptions, clipActivation } from './activations/clip.js';
export { type EluOptions, eluActivation } from './activations/elu.js';
export { exponentialActivation } from './activations/exponential.js';
export { geluActivation } from './activations/gelu.js';
export { type LeakyReluOptions, leakyReluActivation } from './activations/leaky-relu.js';
export { preluActivation } from './activations/prelu.js';
export { seluActivation } from './activations/selu.js';
export { sigmoidActivation } from './activations/sigmoid.js';
export { softmaxActivation } from './activations/softmax.js';
export { swishActivation } from './activations/swish.js';
export { tanhActivation } from './activations/tanh.js';
export { cloneModel } from './clone-model.js';
export type { PoolWindow } from './images/average-pool.js';
export {
  type LayerBase,
  type LayerCallArguments,
  type LayerConfig,
  type LayerStatics,
  layerBase,
} from './layer-base.js';
export {
  type ActivationConfig,
  type ActivationKind,
  ActivationLayer,
  type ActivationSettings,
  activationLayer,
} from './layers/activation-layer.js';
export { AveragePooling, type AveragePoolingConfig, averagePooling } from './layers/average-pooling.js';
export type { Pair } from './layers/image-shape.js';
export { MaxPooling, type MaxPoolingConfig, maxPooling } from './layers/max-pooling.js';
export { MinibatchSpread, type MinibatchSpreadConfig, minibatchSpread } from './layers/minibatch-spread.js';
export { PRelu, type PReluConfig, preluLayer } from './layers/prelu.js';
export { ReflectionPadding, type ReflectionPaddingConfig, reflectionPadding } from './layers/reflection-padding.js';
export { SeededDropout, type SeededDropoutConfig, seededDropout } from './layers/seeded-dropout.js';
export {
  SpectralNorm,
  type SpectralNormConfig,
  type SpectralNormOptions,
  spectralNorm,
} from './layers/spectral-norm.js';
export { UpSampling, type UpSamplingConfig, upSampling } from './layers/up-sampling.js';
export { Adam, type AdamConfig, adam, type OptimizerTensor } from './optimizers/adam.js';
export type { Gradients } from './optimizers/updates.js';
export { registerLayers } from './register-layers.js';
export { type Reseedable, reseedLayers } from './reseed-layers.js';
export { checkSecondOrder, type SecondOrderProblem } from './second-order/check-second-order.js';
