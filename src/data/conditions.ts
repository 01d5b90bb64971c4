import { Tensor } from '@tensorflow/tfjs-core';
import { refuse } from '../internal/require.js';
import { type ArrayData, isArrayData, type NumericArray, requireArrayData, requireSampleShape } from './array-data.js';
import { requireValues } from './value-range.js';

/**
 * What each sample goes with: class numbers `[N]` (a list, a typed array, a Tensor, or `{ values, shape }`), which
 * become one-hot vectors, or numbers of the networks' own shape, such as `[N, C]`.
 */
export type Conditions = Tensor | ArrayData | NumericArray | readonly number[];

/** Conditions on the host, in the shape that the networks take: `[N, ...conditionShape]`, float32. */
export interface EncodedConditions extends ArrayData {
  readonly values: Float32Array;
}

/**
 * Reads and checks conditions, and turns class numbers into one-hot vectors.
 *
 * @param count - Samples that they belong to.
 * @param shape - Shape of one condition in the networks.
 */
export async function encodeConditions(
  where: string,
  conditions: Conditions,
  count: number,
  shape: readonly number[],
): Promise<EncodedConditions> {
  const given = await readConditions(where, conditions);
  if (given.shape[0] !== count) {
    refuse(where, 'conditions', `have one row for each of the ${count} samples`, [...given.shape]);
  }
  requireValues(where, 'conditions', given.values);
  if (given.shape.length === 1 && shape.length === 1) {
    const values = shape[0] === 1 ? Float32Array.from(given.values) : oneHot(where, given.values, shape[0]!);
    return { values, shape: [count, shape[0]!] };
  }
  requireSampleShape(where, 'conditions', given.shape, shape);
  return { values: Float32Array.from(given.values), shape: given.shape };
}

async function readConditions(where: string, conditions: Conditions): Promise<ArrayData> {
  if (conditions instanceof Tensor) return { values: await conditions.data(), shape: conditions.shape };
  if (isArrayData(conditions)) {
    requireArrayData(where, 'conditions', conditions);
    return conditions;
  }
  if (Array.isArray(conditions)) return { values: Float64Array.from(conditions), shape: [conditions.length] };
  if (ArrayBuffer.isView(conditions) && !(conditions instanceof DataView)) {
    const values = conditions as NumericArray;
    return { values, shape: [values.length] };
  }
  refuse(where, 'conditions', 'be class numbers [N], or a Tensor or { values, shape } of [N, C]', conditions);
}

function oneHot(where: string, classes: NumericArray, count: number): Float32Array {
  const values = new Float32Array(classes.length * count);
  classes.forEach((label: number, row: number) => {
    if (!(Number.isInteger(label) && label >= 0 && label < count)) {
      refuse(
        where,
        'conditions',
        `hold class numbers from 0 to ${count - 1} (first offender at position ${row})`,
        label,
      );
    }
    values[row * count + label] = 1;
  });
  return values;
}
