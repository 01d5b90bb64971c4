import { tidy } from '@tensorflow/tfjs-core';
import { input, type LayersModel, type layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';

/**
 * Makes a second model of the same layers with the same weights, which then goes its own way.
 *
 * Each layer is made anew by its own class from its config, so that custom layers need not be registered. A layer that
 * stands in several places of the model still has one set of weights, and nested models are cloned too.
 *
 * @param original - A functional or sequential model whose layers have `getConfig`; it is not changed.
 * @returns A LayersModel. The caller disposes it.
 * @throws RangeError for a subclassed model, which has no layers to walk.
 * @example
 * const copy = cloneModel(generator);
 * copy.countParams() === generator.countParams(); // true
 */
export function cloneModel(original: LayersModel): LayersModel {
  if (!Array.isArray(original?.inputs) || !Array.isArray(original.layers)) {
    refuse('cloneModel', 'original', 'be a functional or sequential LayersModel', original);
  }
  const made = new Map<layers.Layer, layers.Layer>();
  const tensors = new Map<SymbolicTensor, SymbolicTensor>();
  const inputs = original.inputs.map((each) => {
    const twin = input({ batchShape: each.shape, dtype: each.dtype, name: each.sourceLayer.name });
    tensors.set(each, twin);
    return twin;
  });
  const outputs = original.outputs.map((each) => follow(each, tensors, made));
  const copy = model({ inputs, outputs, name: original.name });
  tidy(() => {
    for (const [layer, twin] of made) twin.setWeights(layer.getWeights());
  });
  return copy;
}

function follow(
  tensor: SymbolicTensor,
  tensors: Map<SymbolicTensor, SymbolicTensor>,
  made: Map<layers.Layer, layers.Layer>,
): SymbolicTensor {
  const known = tensors.get(tensor);
  if (known) return known;
  const { sourceLayer, nodeIndex } = tensor;
  const node = sourceLayer.inboundNodes[nodeIndex!]!;
  const given = node.inputTensors.map((each) => follow(each, tensors, made));
  const twin = made.get(sourceLayer) ?? twinOf(sourceLayer);
  made.set(sourceLayer, twin);
  const results = twin.apply(given.length === 1 ? given[0]! : given, node.callArgs);
  [results as SymbolicTensor | SymbolicTensor[]].flat().forEach((result, index) => {
    tensors.set(node.outputTensors[index]!, result);
  });
  return tensors.get(tensor)!;
}

interface LayerClass {
  fromConfig(layerClass: unknown, config: unknown): layers.Layer;
}

function twinOf(layer: layers.Layer): layers.Layer {
  const inner = layer as layers.Layer & Partial<LayersModel>;
  if (Array.isArray(inner.layers) && Array.isArray(inner.inputs)) return cloneModel(inner as LayersModel);
  const layerClass = layer.constructor as object as LayerClass;
  return layerClass.fromConfig(layerClass, layer.getConfig());
}
