import type { ConvGeometry } from '../conv-geometry.js';

/** Visits every place where a filter position lies on an input pixel. */
export type TapVisitor = (filterOffset: number, inputPixel: number, outputPixel: number) => void;

/**
 * Visits, for every filter position, each output pixel and the input pixel it reads there; padding is passed over.
 *
 * All three are counted in pixels: multiply by the channels of the array at hand. Filter positions are the outer loop.
 */
export function forEachTap(geometry: ConvGeometry, visit: TapVisitor): void {
  const { batchSize, filterHeight, filterWidth, inHeight, inWidth, outHeight, outWidth } = geometry;
  for (let filterRow = 0; filterRow < filterHeight; filterRow += 1) {
    for (let filterColumn = 0; filterColumn < filterWidth; filterColumn += 1) {
      const tap = filterRow * filterWidth + filterColumn;
      const rowStart = filterRow * geometry.dilationHeight - geometry.padInfo.top;
      const columnStart = filterColumn * geometry.dilationWidth - geometry.padInfo.left;
      for (let outRow = 0; outRow < batchSize * outHeight; outRow += 1) {
        const image = Math.floor(outRow / outHeight);
        const inRow = rowStart + (outRow - image * outHeight) * geometry.strideHeight;
        if (inRow < 0 || inRow >= inHeight) continue;
        for (let outColumn = 0; outColumn < outWidth; outColumn += 1) {
          const inColumn = columnStart + outColumn * geometry.strideWidth;
          if (inColumn < 0 || inColumn >= inWidth) continue;
          visit(tap, (image * inHeight + inRow) * inWidth + inColumn, outRow * outWidth + outColumn);
        }
      }
    }
  }
}
