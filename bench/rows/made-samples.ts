import { type GanWork, sampleShape } from './gan-work.js';

const batches = 8;

/** Samples to train on: numbers in [0, 1) from a fixed formula. Their values do not change how long a step takes. */
export function madeSamples(work: GanWork): { values: Float32Array; shape: number[] } {
  const shape = [batches * work.batchSize, ...sampleShape(work)];
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, (_, index) => ((index * 7919) % 1009) / 1009);
  return { values, shape };
}
