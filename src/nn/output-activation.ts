import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** Layers that move numbers about without changing them: the activation stands before them. */
const rearranging = ['Reshape', 'Flatten', 'Permute', 'Cropping2D', 'RepeatVector'];

/** Layers that are an activation by themselves. */
const activationLayers: Readonly<Record<string, string>> = {
  ReLU: 'relu',
  LeakyReLU: 'leakyRelu',
  ELU: 'elu',
  Softmax: 'softmax',
};

/**
 * Name of the activation that a model's output went through last, in tfjs's spelling ('sigmoid', 'tanh', …);
 * 'linear' when there is none, undefined when the last layer is of a kind that is not known here.
 */
export function outputActivation(model: LayersModel): string | undefined {
  return activationBehind(model.outputs[0]!);
}

function activationBehind(output: SymbolicTensor): string | undefined {
  const layer: Layer = output.sourceLayer;
  if (isModel(layer)) return outputActivation(layer);
  const className = layer.getClassName();
  // A wrapper, such as SpectralNorm, ends as the layer in it does.
  if ('layer' in layer && isLayer(layer.layer)) return ownActivation(layer.layer);
  if (rearranging.includes(className)) return activationBehind(layer.input as SymbolicTensor);
  if (className in activationLayers) return activationLayers[className];
  return ownActivation(layer);
}

// Layers of tfjs call it activation, our ActivationLayer kind.
function ownActivation(layer: Layer): string | undefined {
  const { kind, activation = kind } = layer.getConfig();
  return typeof activation === 'string' ? activation : undefined;
}

function isModel(layer: Layer): layer is LayersModel {
  return 'outputLayers' in layer;
}

function isLayer(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null && 'getConfig' in value;
}
