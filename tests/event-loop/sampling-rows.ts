import type { Tensor } from '@tensorflow/tfjs-core';
import { buildGenerator, projectSample, sampleGan } from 'minimart';
import type { EventLoopRows } from './event-loop-rows.js';

/** Every asynchronous function of gan/sampling. */
export function samplingRows(): EventLoopRows {
  const wide = buildGenerator({ latentSize: 100, hidden: [512, 1024], outputShape: [784] });
  const small = buildGenerator({ latentSize: 8, hidden: [32], outputShape: [16] });
  const samples = { values: new Float32Array(4 * 16).fill(0.5), shape: [4, 16] };
  return {
    projectSample: async (signal) => {
      const { latents, reconstructions } = await projectSample(small, samples, { steps: 100, signal });
      for (const each of [latents, reconstructions]) each.dispose();
    },
    sampleGan: async (signal) => ((await sampleGan(wide, 4000, { signal })) as Tensor).dispose(),
  };
}
