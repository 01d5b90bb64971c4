import { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { walkLayers } from './walk-layers.js';

type LayerVariables = LayersModel['weights'];

/** The variables that training changes: those of layers that the user has not frozen. */
export function trainableVariables(model: LayersModel): Variable[] {
  return variablesOf(model.trainableWeights);
}

/** All other variables, such as the moving averages of batch normalization. */
export function stateVariables(model: LayersModel): Variable[] {
  const trained = new Set(trainableVariables(model));
  return variablesOf(model.weights).filter((variable) => !trained.has(variable));
}

/** The variables of a layer that training does not change. */
export function ownState(layer: layers.Layer): Variable[] {
  return variablesOf(layer.nonTrainableWeights);
}

/** Both kinds: all that a model knows. */
export function allVariables(model: LayersModel): Variable[] {
  return [...trainableVariables(model), ...stateVariables(model)];
}

/** The name of the layer that each variable of a model belongs to. */
export function layerNames(model: LayersModel): ReadonlyMap<Variable, string> {
  // A layer that holds others has their weights too, and comes before them.
  return new Map(
    walkLayers(model).flatMap(({ layer }) => variablesOf(layer.weights).map((each) => [each, layer.name])),
  );
}

function variablesOf(weights: LayerVariables): Variable[] {
  // read() hands out the tfjs variable itself, typed as a Tensor.
  return weights.map((weight) => weight.read()).filter((value) => value instanceof Variable);
}
