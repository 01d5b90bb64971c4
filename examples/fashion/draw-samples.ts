import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, sampleGan } from 'minimart';

/** Draws from the same noise every time: one seed for all pictures, so that they can be compared. */
export async function drawSamples(generator: LayersModel, count: number): Promise<ArrayData> {
  const samples = await sampleGan(generator, count, { seed: 1 });
  const values = Float32Array.from(await samples.data());
  samples.dispose();
  return { values, shape: samples.shape };
}
