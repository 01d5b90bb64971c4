export { type ClipOptions, clipActivation } from './nn/activations/clip.js';
export { type EluOptions, eluActivation } from './nn/activations/elu.js';
export { exponentialActivation } from './nn/activations/exponential.js';
export { geluActivation } from './nn/activations/gelu.js';
export { type LeakyReluOptions, leakyReluActivation } from './nn/activations/leaky-relu.js';
export { preluActivation } from './nn/activations/prelu.js';
export { seluActivation } from './nn/activations/selu.js';
export { sigmoidActivation } from './nn/activations/sigmoid.js';
export { softmaxActivation } from './nn/activations/softmax.js';
export { swishActivation } from './nn/activations/swish.js';
export { tanhActivation } from './nn/activations/tanh.js';
export {
  type LayerBase,
  type LayerCallArguments,
  type LayerConfig,
  type LayerStatics,
  layerBase,
} from './nn/layer-base.js';
export {
  type ActivationConfig,
  type ActivationKind,
  ActivationLayer,
  type ActivationSettings,
  activationLayer,
} from './nn/layers/activation-layer.js';
export { SeededDropout, type SeededDropoutConfig, seededDropout } from './nn/layers/seeded-dropout.js';
export { registerLayers } from './nn/register-layers.js';
export { type Reseedable, reseedLayers } from './nn/reseed-layers.js';
export type { Rng, RngState } from './random/rng.js';
export { createRng, restoreRng } from './random/rng.js';
