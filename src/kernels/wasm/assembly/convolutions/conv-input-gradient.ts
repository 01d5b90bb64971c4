import {
  dilationHeight,
  dilationWidth,
  filterHeight,
  filterWidth,
  firstInside,
  firstPast,
  inChannels,
  inHeight,
  inWidth,
  outChannels,
  outHeight,
  outWidth,
  padLeft,
  padTop,
  strideHeight,
  strideWidth,
} from './geometry';
import { MATRIX, multiply } from '../products/mat-mul';
import { addTo } from '../vectors';

/**
 * The gradient of a convolution's input: each output pixel's gradient times the filter, added where its window lies.
 *
 * Works on `chunk` lines of output pixels at a time: `columns` has room for their windows.
 *
 * @param gradient - added to: zero it first.
 */
export function convolutionInputGradient(
  outputGradient: usize,
  filter: usize,
  gradient: usize,
  lines: usize,
  chunk: usize,
  columns: usize,
  scratch: usize,
): void {
  const size = filterHeight * filterWidth * inChannels;
  const filterBytes = outChannels << 2;
  for (let line: usize = 0; line < lines; line += chunk) {
    const count = min(chunk, lines - line);
    const pixels = count * outWidth;
    const from = outputGradient + ((line * outWidth * outChannels) << 2);
    const windowBytes = size << 2;
    multiply(
      MATRIX,
      from,
      filterBytes,
      4,
      filter,
      4,
      filterBytes,
      columns,
      windowBytes,
      0,
      pixels,
      outChannels,
      size,
      scratch,
      false,
    );
    for (let each: usize = 0; each < count; ++each) {
      addLine(columns + each * outWidth * windowBytes, windowBytes, line + each, gradient);
    }
  }
}

/** Adds the windows of one line of output pixels to the image they were seen in. */
function addLine(columns: usize, windowBytes: usize, line: usize, gradient: usize): void {
  const image = line / outHeight;
  const top = <isize>((line % outHeight) * strideHeight) - <isize>padTop;
  const pixelBytes = inChannels << 2;
  for (let row: usize = 0; row < filterHeight; ++row) {
    const y = <usize>(top + <isize>(row * dilationHeight));
    if (y < inHeight) {
      const lineStart = gradient + (image * inHeight + y) * inWidth * pixelBytes;
      for (let column: usize = 0; column < filterWidth; ++column) {
        const left = <isize>(column * dilationWidth) - <isize>padLeft;
        const end = firstPast(left, strideWidth, inWidth, outWidth);
        for (let place = firstInside(left, strideWidth); place < end; ++place) {
          const x = <usize>(left + <isize>(place * strideWidth));
          addTo(lineStart + x * pixelBytes, columns + place * windowBytes, inChannels);
        }
        columns += pixelBytes;
      }
    } else columns += filterWidth * pixelBytes;
  }
}
