import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, sampleGan } from 'minimart';
import { garments } from './load-images.js';

/**
 * Draws from the same noise every time: one seed for all pictures, so that they can be compared. A generator that is told what to
 * draw takes the garments in turn, so that each column of ten images is one.
 */
export async function drawSamples(generator: LayersModel, count: number): Promise<ArrayData> {
  const conditions = Array.from({ length: count }, (_, place) => place % garments.length);
  const samples = await sampleGan(generator, count, { seed: 1, ...(isAsked(generator) && { conditions }) });
  const values = Float32Array.from(await samples.data());
  samples.dispose();
  return { values, shape: samples.shape };
}

/** Whether a generator takes, beside noise, what it is to draw. */
export function isAsked(generator: LayersModel): boolean {
  return generator.inputs.length > 1;
}
