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
import { addProductTo } from '../vectors';

/**
 * A gradient of a depthwise convolution, by visiting every (window, tap) pair inside the images.
 *
 * @param images - the images; or, when `toFilter` is false, their gradient, added to: zero it first.
 * @param filter - the filter; or, when `toFilter` is true, its gradient, added to: zero it first.
 * @param output - the output's gradient.
 */
export function depthwiseGradient(toFilter: bool, images: usize, filter: usize, output: usize, lines: usize): void {
  for (let line: usize = 0; line < lines; ++line) {
    const image = line / outHeight;
    const top = <isize>((line % outHeight) * strideHeight) - <isize>padTop;
    const outLine = output + ((line * outWidth * outChannels) << 2);
    for (let row: usize = 0; row < filterHeight; ++row) {
      const y = <usize>(top + <isize>(row * dilationHeight));
      if (y >= inHeight) continue;
      const inLine = images + (((image * inHeight + y) * inWidth * inChannels) << 2);
      const taps = filter + ((row * filterWidth * outChannels) << 2);
      for (let column: usize = 0; column < filterWidth; ++column) {
        visitLine(toFilter, inLine, taps + ((column * outChannels) << 2), outLine, column);
      }
    }
  }
}

function visitLine(toFilter: bool, inLine: usize, tap: usize, outLine: usize, column: usize): void {
  const left = <isize>(column * dilationWidth) - <isize>padLeft;
  const end = firstPast(left, strideWidth, inWidth, outWidth);
  for (let place = firstInside(left, strideWidth); place < end; ++place) {
    const x = <usize>(left + <isize>(place * strideWidth));
    const input = inLine + ((x * inChannels) << 2);
    const output = outLine + ((place * outChannels) << 2);
    if (inChannels != outChannels) addSpread(toFilter, input, tap, output);
    else if (toFilter) addProductTo(tap, input, output, outChannels);
    else addProductTo(input, output, tap, outChannels);
  }
}

/** One window's tap where an input channel meets several output channels. */
function addSpread(toFilter: bool, input: usize, tap: usize, output: usize): void {
  const multiplier = outChannels / inChannels;
  for (let channel: usize = 0; channel < inChannels; ++channel) {
    for (let each: usize = 0; each < multiplier; ++each) {
      if (toFilter) addOne(tap, input, output);
      else addOne(input, output, tap);
      tap += 4;
      output += 4;
    }
    input += 4;
  }
}

// @ts-ignore: decorator
@inline
function addOne(target: usize, first: usize, second: usize): void {
  store<f32>(target, load<f32>(target) + load<f32>(first) * load<f32>(second));
}
