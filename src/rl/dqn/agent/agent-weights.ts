import { withoutScaling, withScaling } from '../learning/scaled-weights.js';
import type { Scaling } from '../learning/scaling.js';
import type { Brain } from './brain.js';

/** The online network's weights, for observations as they come and values in the units of rewards. */
export function rawWeights({ plan, counters, lasting }: Brain): Float32Array {
  return withScaling(lasting().subarray(0, plan.parameters), plan, counters.scaling);
}

/** Gives both networks such weights. */
export function takeWeights({ plan, counters, lasting }: Brain, raw: Float32Array): void {
  const weights = withoutScaling(raw, plan, counters.scaling);
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
