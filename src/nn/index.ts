export { clipActivation } from './activations/clip.js';
export { eluActivation } from './activations/elu.js';
export { exponentialActivation } from './activations/exponential.js';
export { geluActivation } from './activations/gelu.js';
export { leakyReluActivation } from './activations/leaky-relu.js';
export { preluActivation } from './activations/prelu.js';
export { seluActivation } from './activations/selu.js';
export { sigmoidActivation } from './activations/sigmoid.js';
export { softmaxActivation } from './activations/softmax.js';
export { swishActivation } from './activations/swish.js';
export { tanhActivation } from './activations/tanh.js';
export {
  type LayerBase,
  type LayerConfig,
  layerBase,
} from './layer-base.js';
export { type ActivationConfig, type ActivationKind, activationLayer } from './layers/activation-layer.js';
export { averagePooling } from './layers/average-pooling.js';
export { maxPooling } from './layers/max-pooling.js';
export { minibatchSpread } from './layers/minibatch-spread.js';
export { preluLayer } from './layers/prelu.js';
export { reflectionPadding } from './layers/reflection-padding.js';
export { seededDropout } from './layers/seeded-dropout.js';
export { spectralNorm } from './layers/spectral-norm.js';
export { upSampling } from './layers/up-sampling.js';
export { cloneModel } from './models/clone-model.js';
export { type Reseedable, reseedLayers } from './models/reseed-layers.js';
export { type AdamConfig, adam } from './optimizers/adam.js';
export { registerLayers } from './register-layers.js';
export { checkSecondOrder, type SecondOrderProblem } from './second-order/check-second-order.js';
