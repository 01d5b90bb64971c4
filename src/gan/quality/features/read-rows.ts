import { Tensor } from '@tensorflow/tfjs-core';
import { type ArrayData, isArrayData, type NumericArray, requireArrayData } from '../../../data/array-data.js';
import { requireValues } from '../../../data/value-range.js';
import { refuse, refuseEmpty } from '../../../internal/require.js';
import { requireTensor } from '../../../internal/require-tensor.js';

/** What quality is measured on: `[N, D]`, one row for each sample; of other shapes each sample is laid out as one row. */
export type Features = Tensor | ArrayData;

/** Features in the memory of the host. */
export interface Rows {
  /** One row after the other. */
  readonly values: Float32Array;
  readonly count: number;
  readonly size: number;
}

/** Lets the event loop turn, and stops for a signal: made by `pauseFor`, one for the whole of a call. */
export type Pause = () => Promise<void>;

/** Whether samples are a tensor rather than `{ values, shape }`. */
export function isTensor(samples: Features): samples is Tensor {
  return samples instanceof Tensor;
}

/** Refuses what is neither a living tensor nor `{ values, shape }` that fit. */
export function requireFeatures(where: string, name: string, features: Features): void {
  if (isTensor(features)) {
    requireTensor(where, name, features);
    if (features.dtype === 'string' || features.dtype === 'complex64') {
      refuse(where, name, 'hold real numbers', features.dtype);
    }
    if (features.size === 0) refuseEmpty(where, name, features.shape);
    return;
  }
  if (!isArrayData(features)) refuse(where, name, 'be a Tensor or { values, shape }', features);
  requireArrayData(where, name, features);
}

/** Reads and checks features. */
export async function readRows(where: string, name: string, features: Features, pause: Pause): Promise<Rows> {
  requireFeatures(where, name, features);
  const [count, ...rest] = features.shape;
  if (rest.length === 0) refuse(where, name, 'have a shape [N, D]', [...features.shape]);
  const values = await copyFinite(where, name, await numbersOf(features), pause);
  return { values, count: count!, size: values.length / count! };
}

/** The numbers of samples; those of `{ values, shape }` are not copied. */
export async function numbersOf(samples: Features): Promise<NumericArray> {
  return isTensor(samples) ? await samples.data() : samples.values;
}

/** Reads two sets of features, which must have equally many columns. */
export async function readBoth(
  where: string,
  real: Features,
  generated: Features,
  pause: Pause,
): Promise<{ readonly real: Rows; readonly generated: Rows }> {
  const pair = {
    real: await readRows(where, 'real', real, pause),
    generated: await readRows(where, 'generated', generated, pause),
  };
  if (pair.real.size !== pair.generated.size) {
    refuse(where, 'generated', `have ${pair.real.size} columns, as \`real\` has`, [...generated.shape]);
  }
  return pair;
}

/** Numbers that are looked at before the event loop may turn. */
const atOnce = 2 ** 18;
/** Sums of squares of larger ones leave the range of single precision. */
const range = { low: -1e15, high: 1e15, because: 'squares of larger ones leave the range of float32' };

/** A copy as float32. */
async function copyFinite(where: string, name: string, source: NumericArray, pause: Pause): Promise<Float32Array> {
  const values = new Float32Array(source.length);
  for (let from = 0; from < values.length; from += atOnce) {
    const part = values.subarray(from, from + atOnce);
    part.set(source.subarray(from, from + atOnce));
    let wrong = 0;
    for (let index = 0; index < part.length; index += 1) if (!(Math.abs(part[index]!) <= range.high)) wrong += 1;
    // Looked for among the numbers as they were given, so that the message shows what is there.
    if (wrong > 0) requireValues(where, name, source, range);
    await pause();
  }
  return values;
}

/** Copies some of the rows. */
export function pickRows({ values, size }: Rows, places: Uint32Array): Rows {
  const picked = new Float32Array(places.length * size);
  places.forEach((place, row) => {
    picked.set(values.subarray(place * size, (place + 1) * size), row * size);
  });
  return { values: picked, count: places.length, size };
}

/** The mean of rows, in double precision. */
export async function meanOf({ values, count, size }: Rows, pause: () => Promise<void>): Promise<Float64Array> {
  const mean = new Float64Array(size);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0, at = row * size; column < size; column += 1, at += 1) mean[column]! += values[at]!;
    if (row % 64 === 0) await pause();
  }
  return mean.map((sum) => sum / count);
}
