import type { LayersModel } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';

/** Refuses what is no network of one output, and one that was disposed. */
export function requireNetwork(where: string, name: string, network: LayersModel, inputs: readonly number[]): void {
  // Not instanceof: the model may come from another copy of tfjs-layers.
  if (!Array.isArray(network?.inputs) || !Array.isArray(network.outputs) || typeof network.apply !== 'function') {
    refuse(where, name, 'be a LayersModel', network);
  }
  if (!inputs.includes(network.inputs.length)) {
    refuse(where, name, `have ${inputs.join(' or ')} inputs`, network.inputs.length);
  }
  if (network.outputs.length !== 1) refuse(where, name, 'have one output', network.outputs.length);
  if (network.weights.some(isGone)) refuse(where, name, 'not be disposed: it has no weights any more', network);
}

// A weight of tfjs-layers throws when it is read after its end.
function isGone(weight: LayersModel['weights'][number]): boolean {
  try {
    return weight.read().isDisposed;
  } catch {
    return true;
  }
}
