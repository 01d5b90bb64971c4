import type { TypedArray } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../conv-geometry.js';
import { forEachTap } from './conv-taps.js';

/**
 * Adds the gradient of a depthwise convolution's filter to `filterGradient`, which must start as zeros.
 *
 *     dW[tap, c, m] = sum over images and places of x[place * stride + tap, c] * dy[place, c * multiplier + m]
 */
export function addDepthwiseFilterGradient(
  input: TypedArray,
  outputGradient: TypedArray,
  filterGradient: TypedArray,
  geometry: ConvGeometry,
): void {
  const { inChannels, outChannels } = geometry;
  const multiplier = outChannels / inChannels;
  forEachTap(geometry, (tap, inputPixel, outputPixel) => {
    for (let channel = 0; channel < outChannels; channel += 1) {
      const inputChannel = multiplier === 1 ? channel : Math.floor(channel / multiplier);
      filterGradient[tap * outChannels + channel] +=
        input[inputPixel * inChannels + inputChannel] * outputGradient[outputPixel * outChannels + channel];
    }
  });
}

/**
 * Adds the gradient of a depthwise convolution's input to `inputGradient`, which must start as zeros.
 *
 *     dx[place * stride + tap, c] = sum over places, taps and m of dy[place, c * multiplier + m] * w[tap, c, m]
 */
export function addDepthwiseInputGradient(
  outputGradient: TypedArray,
  filter: TypedArray,
  inputGradient: TypedArray,
  geometry: ConvGeometry,
): void {
  const { inChannels, outChannels } = geometry;
  const multiplier = outChannels / inChannels;
  forEachTap(geometry, (tap, inputPixel, outputPixel) => {
    for (let channel = 0; channel < outChannels; channel += 1) {
      const inputChannel = multiplier === 1 ? channel : Math.floor(channel / multiplier);
      inputGradient[inputPixel * inChannels + inputChannel] +=
        outputGradient[outputPixel * outChannels + channel] * filter[tap * outChannels + channel];
    }
  });
}
