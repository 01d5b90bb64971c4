import { Tensor } from '@tensorflow/tfjs-core';
import { type ArrayData, requireArrayData } from '../../../data/array-data.js';
import { requireValues } from '../../../data/value-range.js';
import { refuse } from '../../../internal/require.js';

/** What quality is measured on: `[N, D]`, one row for each sample; of other shapes each sample is laid out as one row. */
export type Features = Tensor | ArrayData;

/** Features in the memory of the host. */
export interface Rows {
  /** One row after the other. */
  readonly values: Float32Array;
  readonly count: number;
  readonly size: number;
}

/** Whether samples are a tensor rather than `{ values, shape }`. */
export function isTensor(samples: Features): samples is Tensor {
  return samples instanceof Tensor;
}

/** Reads and checks features. */
export async function readRows(where: string, name: string, features: Features): Promise<Rows> {
  if (!isTensor(features)) requireArrayData(where, name, features);
  const [count, ...rest] = features.shape;
  if (rest.length === 0) refuse(where, name, 'have a shape [N, D]', [...features.shape]);
  const values = Float32Array.from(isTensor(features) ? await features.data() : features.values);
  requireValues(where, name, values);
  return { values, count: count!, size: values.length / count! };
}

/** Reads two sets of features, which must have equally many columns. */
export async function readBoth(
  where: string,
  real: Features,
  generated: Features,
): Promise<{ readonly real: Rows; readonly generated: Rows }> {
  const pair = { real: await readRows(where, 'real', real), generated: await readRows(where, 'generated', generated) };
  if (pair.real.size !== pair.generated.size) {
    refuse(where, 'generated', `have ${pair.real.size} columns, as \`real\` has`, [...generated.shape]);
  }
  return pair;
}
