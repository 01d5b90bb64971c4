import type { TypedArray } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../conv-geometry.js';

/** Numbers in one window of a convolution's input. */
export function windowSize({ filterHeight, filterWidth, inChannels }: ConvGeometry): number {
  return filterHeight * filterWidth * inChannels;
}

/** Pixels of all output images. */
export function outputPixels({ batchSize, outHeight, outWidth }: ConvGeometry): number {
  return batchSize * outHeight * outWidth;
}

/** Copies the windows of one image into rows of `windows`, which must start as zeros: padding is passed over. */
export function copyWindows(images: TypedArray, image: number, windows: TypedArray, geometry: ConvGeometry): void {
  forEachRun(image, geometry, (pixels, window, count) => {
    for (let each = 0; each < count; each += 1) windows[window + each] = images[pixels + each];
  });
}

/** Adds rows of `windows` to the places of one image that they were copied from. */
export function addWindows(windows: TypedArray, image: number, images: TypedArray, geometry: ConvGeometry): void {
  forEachRun(image, geometry, (pixels, window, count) => {
    for (let each = 0; each < count; each += 1) images[pixels + each] += windows[window + each];
  });
}

/** Visits each window's taps inside the image: offsets into images and windows of a pixel's channels. */
function forEachRun(
  image: number,
  geometry: ConvGeometry,
  visit: (pixels: number, window: number, count: number) => void,
): void {
  const { filterHeight, filterWidth, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = geometry;
  const size = windowSize(geometry);
  for (let place = 0; place < outHeight * outWidth; place += 1) {
    const top = Math.floor(place / outWidth) * geometry.strideHeight - padInfo.top;
    const left = (place % outWidth) * geometry.strideWidth - padInfo.left;
    for (let tap = 0; tap < filterHeight * filterWidth; tap += 1) {
      const row = top + Math.floor(tap / filterWidth) * geometry.dilationHeight;
      const column = left + (tap % filterWidth) * geometry.dilationWidth;
      if (row < 0 || row >= inHeight || column < 0 || column >= inWidth) continue;
      const pixels = ((image * inHeight + row) * inWidth + column) * inChannels;
      visit(pixels, place * size + tap * inChannels, inChannels);
    }
  }
}
