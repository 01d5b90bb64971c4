import { type Optimizer, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';

/** Refuses what is no network with so many inputs and one output, and one that was disposed. */
export function requireNetwork(where: string, name: string, network: LayersModel, inputs: readonly number[]): void {
  // Not instanceof: the model may come from another copy of tfjs-layers.
  if (!Array.isArray(network?.inputs) || !Array.isArray(network.outputs) || typeof network.apply !== 'function') {
    refuse(where, name, 'be a LayersModel', network);
  }
  if (!inputs.includes(network.inputs.length)) {
    refuse(where, name, `have ${inputs.join(' or ')} inputs`, network.inputs.length);
  }
  if (network.outputs.length !== 1) refuse(where, name, 'have one output', network.outputs.length);
  requireLiveModel(where, name, network);
}

/** Refuses a model that was disposed, or whose weights were. */
export function requireLiveModel(where: string, name: string, model: LayersModel): void {
  if (model.weights.some((weight) => isGone(weight))) {
    refuse(where, name, 'not be disposed: it has no weights any more', model);
  }
}

/** Refuses what is no optimizer of tfjs, and one that was disposed. */
export function requireLiveOptimizer(where: string, name: string, optimizer: Optimizer): void {
  if (typeof optimizer?.applyGradients !== 'function') {
    refuse(where, name, 'be an optimizer, such as adam({ learningRate: 1e-3 })', optimizer);
  }
  // Those of tfjs hold their state as tensors, and as lists of variables.
  const held = Object.values(optimizer).flat();
  if (held.some((each) => isDisposed(each) || isDisposed(each?.variable))) {
    refuse(where, name, 'not be disposed: it has lost its state', optimizer);
  }
}

// A weight of tfjs-layers throws when it is read after its end.
function isGone(weight: LayersModel['weights'][number]): boolean {
  try {
    return weight.read().isDisposed;
  } catch {
    return true;
  }
}

function isDisposed(value: unknown): boolean {
  return value instanceof Tensor && value.isDisposed;
}
