import {
  dilationHeight,
  dilationWidth,
  filterWidth,
  inChannels,
  inHeight,
  inWidth,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  positions,
  strideHeight,
  strideWidth,
  zeros,
} from './geometry';
import { packRuns } from '../products/pack';

/**
 * Packs windows of images as rows of a left operand: lanes are output pixels, steps are (tap, channel) pairs.
 *
 * The windows are read where they lie; taps in the padding, and lanes past the last pixel, are read from zeros.
 */
export function packWindows(images: usize, pixel: usize, lanes: usize, step: usize, steps: usize, panel: usize): void {
  for (let lane: usize = 0; lane < 4; ++lane) locate(pixel + lane, lane < lanes, positions + (lane << 4));
  let tap = step / inChannels;
  let channel = step % inChannels;
  while (steps != 0) {
    const count = min(steps, inChannels - channel);
    const row = (tap / filterWidth) * dilationHeight;
    const column = (tap % filterWidth) * dilationWidth;
    packRuns(
      runAt(images, positions, row, column, channel),
      runAt(images, positions + 16, row, column, channel),
      runAt(images, positions + 32, row, column, channel),
      runAt(images, positions + 48, row, column, channel),
      count,
      16,
      panel,
    );
    panel += count << 4;
    steps -= count;
    channel = 0;
    ++tap;
  }
}

/** Notes where an output pixel's window starts: row, column, and the number of its image's first pixel. */
function locate(pixel: usize, present: bool, position: usize): void {
  const image = pixel / (outHeight * outWidth);
  const place = pixel % (outHeight * outWidth);
  // A row so far down that every tap lies outside stands for a lane that is not there.
  store<i32>(position, present ? <i32>((place / outWidth) * strideHeight) - <i32>padTop : i32.MAX_VALUE >> 1);
  store<i32>(position, <i32>((place % outWidth) * strideWidth) - <i32>padLeft, 4);
  store<usize>(position, image * inHeight * inWidth, 8);
}

// @ts-ignore: decorator
@inline
function runAt(images: usize, position: usize, row: usize, column: usize, channel: usize): usize {
  const y = <usize>load<i32>(position) + row;
  const x = <usize>load<i32>(position, 4) + column;
  // Negative positions are huge when read as unsigned.
  if (y >= inHeight || x >= inWidth) return zeros;
  return images + (((load<usize>(position, 8) + y * inWidth + x) * inChannels + channel) << 2);
}
