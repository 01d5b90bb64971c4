import { refuse, requireRange } from '../../internal/require.js';
import { type ArrayData, isArrayData, type NumericArray, requireArrayData } from '../array-data.js';

/**
 * Turns bytes of grey or colour, 0 to 255, into the numbers that a generator's last activation gives.
 *
 *     low + (high - low) * pixel / 255
 *
 * @param images - `[N, H, W]` or `[N, H, W, C]`, integers from 0 to 255.
 * @param range - `[0, 1]` for sigmoid, `[-1, 1]` for tanh.
 * @returns `[N, H, W, C]`, float32; an axis for the one channel of grey images is added.
 * @throws RangeError when the shape is no image shape, a value is no integer from 0 to 255 (as in images that are scaled
 *   already), or `range` is not two rising finite numbers.
 * @example
 * scalePixels({ values: Uint8Array.of(0, 255), shape: [1, 1, 2] }, [-1, 1]).values; // Float32Array [-1, 1]
 */
export function scalePixels(images: ArrayData, range: readonly [low: number, high: number]): ArrayData {
  if (!isArrayData(images)) refuse('scalePixels', 'images', 'be { values, shape }', images);
  requireArrayData('scalePixels', 'images', images);
  const { values, shape } = images;
  if (shape.length !== 3 && shape.length !== 4) {
    refuse('scalePixels', 'images.shape', 'be [N, H, W] or [N, H, W, C]', shape);
  }
  requireRange('scalePixels', 'range', range);
  const [low, high] = range;
  requirePixels('scalePixels', 'images.values', values);
  const unit = (high - low) / 255;
  const scaled = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) scaled[index] = low + unit * values[index]!;
  return { values: scaled, shape: shape.length === 3 ? [...shape, 1] : shape };
}

/** Refuses what is no byte, as images that are scaled already; `start` is the position of the first value. */
export function requirePixels(where: string, name: string, values: NumericArray, start = 0): void {
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return;
  // Written so that NaN, which compares false with everything, is caught too.
  const place = values.findIndex((value: number) => !(value >= 0 && value <= 255 && Number.isInteger(value)));
  if (place < 0) return;
  const rule = `hold integers from 0 to 255 (first offender at position ${start + place}); are they scaled already?`;
  refuse(where, name, rule, values[place]);
}
