import { Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, requireSampleShape } from '../../data/array-data.js';
import type { Conditions } from '../../data/conditions.js';
import { requireValues } from '../../data/value-range.js';
import { requireFeatures } from '../quality/features/read-rows.js';
import { fullShape } from '../training/options/condition-shape.js';
import { outputRange } from '../training/options/output-range.js';
import { conditionRows, readConditions } from './generator-conditions.js';

/** Samples to look for, on the device: one for each, with as many conditions. */
export interface ProjectionTask {
  /** `[K, …]`. */
  readonly samples: Tensor;
  /** `[K, C]`. */
  readonly conditions?: Tensor;
}

/** Checks samples and conditions and takes copies of them, which are put among what is `held`. */
export async function readTask(
  where: string,
  generator: LayersModel,
  samples: Tensor | ArrayData,
  options: { readonly conditions?: Conditions },
  held: { dispose(): void }[],
): Promise<ProjectionTask> {
  const { values, shape } = await readSamples(where, samples);
  requireSampleShape(where, 'samples', shape, fullShape(where, 'generator', 'output', generator.outputs[0]!.shape));
  fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  requireValues(where, 'samples', values, outputRange(generator));
  const count = shape[0]!;
  const conditions = await readConditions(where, generator, count, options.conditions);
  const wanted = tensor(Float32Array.from(values), [...shape]);
  held.push(wanted);
  const beside = conditions && conditionRows(conditions, 0, count);
  if (beside) held.push(beside);
  return { samples: wanted, conditions: beside };
}

async function readSamples(where: string, samples: Tensor | ArrayData): Promise<ArrayData> {
  requireFeatures(where, 'samples', samples);
  if (samples instanceof Tensor) return { values: await samples.data(), shape: samples.shape };
  return samples;
}
