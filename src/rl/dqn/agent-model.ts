import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildDenseModel, readDenseModel } from '../../nn/host/dense-model.js';
import type { Brain } from './brain.js';
import { withoutScaling, withScaling } from './scaled-weights.js';
import type { Scaling } from './scaling.js';

/** The online network as a LayersModel for observations as they come. */
export function makeModel(brain: Brain): LayersModel {
  return buildDenseModel(brain.plan, rawWeights(brain), 'dqn');
}

/** Gives both networks the weights of such a model. */
export async function loadModel(brain: Brain, model: LayersModel): Promise<void> {
  const { plan, counters, lasting } = brain;
  const weights = withoutScaling(await readDenseModel('fromModel', plan, model), plan, counters.scaling);
  lasting().set(weights);
  lasting().set(weights, plan.parameters);
}

/** Changes the scaling, and the weights of both networks with it, so that values stay the same. */
export function rescale({ plan, counters, lasting }: Brain, scaling: Scaling): void {
  for (const start of [0, plan.parameters]) {
    const weights = lasting().subarray(start, start + plan.parameters);
    weights.set(withoutScaling(withScaling(weights, plan, counters.scaling), plan, scaling));
  }
  counters.scaling = scaling;
}

function rawWeights({ plan, counters, lasting }: Brain): Float32Array {
  return withScaling(lasting().subarray(0, plan.parameters), plan, counters.scaling);
}
