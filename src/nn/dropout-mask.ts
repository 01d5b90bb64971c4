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
  const mask = new Float32Array(util.sizeFromShape(shape));
  fillDropoutMask(rng, mask, rate);
  return tensor(mask, shape, 'float32');
}

/** Fills `mask` as {@link dropoutMask} does. */
export function fillDropoutMask(rng: Rng, mask: Float32Array, rate: number): void {
  const threshold = Math.max(1, Math.round((1 - rate) * 65536));
  const kept = bitsOf(65536 / threshold);
  const bits = new Int32Array(mask.buffer, mask.byteOffset, mask.length);
  // (x - threshold) >> 31 is all ones for x < threshold and 0 otherwise: no branch, which would be mispredicted half of
  // the time. A write past the end of a typed array is dropped.
  for (let index = 0; index < bits.length; index += 2) {
    const drawn = rng.uint32();
    bits[index] = kept & (((drawn & 0xffff) - threshold) >> 31);
    bits[index + 1] = kept & (((drawn >>> 16) - threshold) >> 31);
  }
}

function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}
