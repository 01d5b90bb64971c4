import { Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, isArrayData, requireArrayData } from '../../data/array-data.js';
import type { Conditions } from '../../data/conditions.js';
import { requireSampleShape } from '../../data/sample-shape.js';
import { requireValues } from '../../data/value-range.js';
import { refuse } from '../../internal/require.js';
import { fullShape } from '../training/full-shape.js';
import { outputRange } from '../training/output-range.js';
import { conditionRows, readConditions } from './generator-conditions.js';

/** Samples to look for, on the device: one for each, with as many conditions. */
export interface ProjectionTask {
  /** `[K, …]`. */
  readonly samples: Tensor;
  /** `[K, C]`. */
  readonly conditions?: Tensor;
}

/** Checks samples and conditions and takes copies of them, which the caller disposes. */
export async function readTask(
  where: string,
  generator: LayersModel,
  samples: Tensor | ArrayData,
  options: { readonly conditions?: Conditions },
): Promise<ProjectionTask> {
  const { values, shape } = await readSamples(where, samples);
  requireSampleShape(where, 'samples', shape, fullShape(where, 'generator', 'output', generator.outputs[0]!.shape));
  fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  requireValues(where, 'samples', values, outputRange(generator));
  const count = shape[0]!;
  const conditions = await readConditions(where, generator, count, options.conditions);
  return {
    samples: tensor(Float32Array.from(values), [...shape]),
    conditions: conditions && conditionRows(conditions, 0, count),
  };
}

async function readSamples(where: string, samples: Tensor | ArrayData): Promise<ArrayData> {
  if (samples instanceof Tensor) return { values: await samples.data(), shape: samples.shape };
  if (!isArrayData(samples)) refuse(where, 'samples', 'be a Tensor or { values, shape }', samples);
  requireArrayData(where, 'samples', samples);
  return samples;
}
