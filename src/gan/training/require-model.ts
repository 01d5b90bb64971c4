import type { LayersModel } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';
import { requireLiveModel } from '../../nn/require-live.js';

/** Refuses what is no model of a game: one or two inputs, one output, weights that are there and can be trained. */
export function requireModel(where: string, name: string, model: LayersModel): void {
  // Not instanceof: the model may come from another copy of tfjs-layers.
  if (!Array.isArray(model?.inputs) || typeof model.apply !== 'function') {
    refuse(where, name, 'be a LayersModel', model);
  }
  if (![1, 2].includes(model.inputs.length)) {
    refuse(where, name, 'have one input, or two with a condition', `${model.inputs.length} inputs`);
  }
  if (model.outputs.length !== 1) refuse(where, name, 'have one output', `${model.outputs.length} outputs`);
  requireLiveModel(where, name, model);
  if (model.trainableWeights.length === 0) refuse(where, name, 'have weights that can be trained', 'a model without');
}
