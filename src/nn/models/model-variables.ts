import { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

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

function variablesOf(weights: LayerVariables): Variable[] {
  // read() hands out the tfjs variable itself, typed as a Tensor.
  return weights.map((weight) => weight.read()).filter((value) => value instanceof Variable);
}
