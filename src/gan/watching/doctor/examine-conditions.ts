import { addN, div, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { conditionNumbers } from './condition-numbers.js';
import { drawSamples } from './draw-samples.js';
import type { ConditionNumbers, SampleProbe } from './examination.js';

// The mean of four draws scatters half as much as one about what the condition makes of a sample.
const draws = 4;

/** Draws samples in the conditions of all real samples kept, with fresh noise, and sees whether they follow. */
export async function examineConditions({ generator, reals, noise, rng }: SampleProbe): Promise<ConditionNumbers> {
  const { count } = reals;
  const conditions = reals.conditions();
  const shape = [count, ...noise.shape.slice(1)];
  const size = shape.reduce((product, length) => product * length, 1);
  const means = tidy(() => {
    const fresh = () => ({ values: rng.fillNormal(new Float32Array(size)), shape });
    const each = Array.from({ length: draws }, () => drawSamples(generator, fresh(), conditions));
    return div<Tensor2D>(addN(each), draws);
  });
  try {
    const values = Float32Array.from(await means.data<'float32'>());
    return conditionNumbers({ values: reals.values(), count }, { values, count }, { values: conditions, count });
  } finally {
    means.dispose();
  }
}
