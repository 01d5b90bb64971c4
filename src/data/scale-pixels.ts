import { refuse } from '../internal/require.js';
import { type ArrayData, requireArrayData } from './array-data.js';

/**
 * Turns bytes of grey or colour, 0 to 255, into the numbers that a generator's last activation gives.
 *
 *     low + (high - low) * pixel / 255
 *
 * @param images - `[N, H, W]` or `[N, H, W, C]`, integers from 0 to 255.
 * @param range - `[0, 1]` for sigmoid, `[-1, 1]` for tanh.
 * @returns `[N, H, W, C]`, float32; an axis for the one channel of grey images is added.
 * @throws RangeError when the shape is no image shape or `range` is not two rising numbers.
 * @example
 * scalePixels({ values: Uint8Array.of(0, 255), shape: [1, 1, 2] }, [-1, 1]).values; // Float32Array [-1, 1]
 */
export function scalePixels(images: ArrayData, range: readonly [low: number, high: number]): ArrayData {
  requireArrayData('scalePixels', 'images', images);
  const { values, shape } = images;
  if (shape.length !== 3 && shape.length !== 4) {
    refuse('scalePixels', 'images.shape', 'be [N, H, W] or [N, H, W, C]', shape);
  }
  const [low, high] = range;
  if (!(low < high)) refuse('scalePixels', 'range', 'be two rising numbers', range);
  const unit = (high - low) / 255;
  const scaled = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) scaled[index] = low + unit * values[index]!;
  return { values: scaled, shape: shape.length === 3 ? [...shape, 1] : shape };
}
