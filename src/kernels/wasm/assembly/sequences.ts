// A module of its own, so that only sequence models carry it: it runs in the memory in which the main module multiplies for
// them. src/nn/sequences has the formulas in plain loops.

export { layerNorm, layerNormGradient } from './sequences/layer-norm';
export { dropOut } from './sequences/drop-out';
export { softmaxGradient, softmaxRows } from './sequences/softmax';
export { add, multiplyBy } from './sequences/vectors';
export { gbceSlopes } from './sequences/gbce';
