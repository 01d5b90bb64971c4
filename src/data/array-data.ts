import { Tensor } from '@tensorflow/tfjs-core';
import { refuse, refuseEmpty, requireSizes } from '../internal/require.js';

/** Any typed array of numbers. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** Samples in the memory of the host: numbers in row-major order and the shape they have. */
export interface ArrayData {
  /** All samples one after the other. */
  readonly values: NumericArray;
  /** `[N, …]`: number of samples, then the shape of one. */
  readonly shape: readonly number[];
}

export function isArrayData(value: unknown): value is ArrayData {
  return (
    typeof value === 'object' && value !== null && 'values' in value && 'shape' in value && !(value instanceof Tensor)
  );
}

/** Refuses data whose shape is no shape, or does not hold as many numbers as there are. */
export function requireArrayData(where: string, name: string, data: ArrayData): void {
  const { values, shape } = data;
  if (!ArrayBuffer.isView(values) || values instanceof DataView || typeof values[0] === 'bigint') {
    refuse(where, `${name}.values`, 'be a typed array of numbers', values);
  }
  if (values.length === 0) refuseEmpty(where, name, shape);
  requireSizes(where, `${name}.shape`, shape);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length) {
    refuse(where, `${name}.shape`, `hold ${values.length} numbers, as many as \`${name}.values\``, shape);
  }
}

/** Refuses data whose samples have another shape than the networks work on. */
export function requireSampleShape(
  where: string,
  name: string,
  shape: readonly number[],
  sampleShape: readonly number[],
): void {
  const fits = shape.length === sampleShape.length + 1 && sampleShape.every((size, axis) => size === shape[axis + 1]);
  if (!fits) refuse(where, name, `have the shape [N, ${sampleShape.join(', ')}] of the networks`, [...shape]);
}
