import { type Tensor, tensor, util } from '@tensorflow/tfjs-core';
import type { Rng } from '../random/rng.js';

/**
 * A fresh mask for inverted dropout: 0 for what is dropped, 1 / (share kept) for what stays.
 *
 * Each 32-bit draw decides two elements, so the share kept is `1 - rate` rounded to a multiple of 1/65536 and at least that; the
 * scale is the inverse of the rounded share, so that the expected mask is exactly 1.
 *
 * @param rng - Moves on by half a draw for each element, rounded up.
 * @param rate - Share to drop, in [0, 1).
 * @returns Float32 tensor of `shape`. The caller disposes it.
 */
export function dropoutMask(rng: Rng, shape: number[], rate: number): Tensor {
  const threshold = Math.max(1, Math.round((1 - rate) * 65536));
  const kept = 65536 / threshold;
  const mask = new Float32Array(util.sizeFromShape(shape));
  const even = mask.length - (mask.length % 2);
  for (let index = 0; index < even; index += 2) {
    const drawn = rng.uint32();
    if ((drawn & 0xffff) < threshold) mask[index] = kept;
    if (drawn >>> 16 < threshold) mask[index + 1] = kept;
  }
  if (even < mask.length && rng.uint32() >>> 16 < threshold) mask[even] = kept;
  return tensor(mask, shape, 'float32');
}
