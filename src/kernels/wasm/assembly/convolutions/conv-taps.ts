import {
  dilationHeight,
  dilationWidth,
  filterWidth,
  firstInside,
  firstPast,
  inChannels,
  inHeight,
  inWidth,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  strideHeight,
  strideWidth,
} from './geometry';

/**
 * Packs windows of images as columns: lanes are (tap, channel) pairs, steps are output pixels.
 *
 * It is the left operand of the filter's gradient, `windows transposed * output gradient`.
 */
export function packTaps(images: usize, lane: usize, lanes: usize, pixel: usize, steps: usize, panel: usize): void {
  const channel = lane % inChannels;
  if (lanes == 4 && channel + 4 <= inChannels) {
    packTap<v128>(images, lane / inChannels, channel, pixel, steps, panel);
    return;
  }
  memory.fill(panel, 0, steps << 4);
  for (let each: usize = 0; each < lanes; ++each) {
    const one = lane + each;
    packTap<f32>(images, one / inChannels, one % inChannels, pixel, steps, panel + (each << 2));
  }
}

/** Packs one tap's channel (or four channels side by side) for a run of output pixels. */
function packTap<T>(images: usize, tap: usize, channel: usize, pixel: usize, steps: usize, panel: usize): void {
  const top = <isize>((tap / filterWidth) * dilationHeight) - <isize>padTop;
  const left = <isize>((tap % filterWidth) * dilationWidth) - <isize>padLeft;
  const begin = firstInside(left, strideWidth);
  const end = firstPast(left, strideWidth, inWidth, outWidth);
  const stepBytes = (strideWidth * inChannels) << 2;
  let line = pixel / outWidth;
  let place = pixel % outWidth;
  while (steps != 0) {
    const stop = min(outWidth, place + steps);
    const image = line / outHeight;
    const y = <usize>(top + <isize>((line % outHeight) * strideHeight));
    const inside = y < inHeight;
    steps -= stop - place;
    for (; place < stop && (!inside || place < begin); ++place) panel = storeZero<T>(panel);
    const x = <usize>(left + <isize>(place * strideWidth));
    let source = images + ((((image * inHeight + y) * inWidth + x) * inChannels + channel) << 2);
    const last = min(stop, end);
    for (; place < last; ++place) {
      if (sizeof<T>() == 16) v128.store(panel, v128.load(source));
      else store<f32>(panel, load<f32>(source));
      source += stepBytes;
      panel += 16;
    }
    for (; place < stop; ++place) panel = storeZero<T>(panel);
    place = 0;
    ++line;
  }
}

// @ts-ignore: decorator
@inline
function storeZero<T>(panel: usize): usize {
  if (sizeof<T>() == 16) v128.store(panel, f32x4.splat(0));
  else store<f32>(panel, 0);
  return panel + 16;
}
