import { Conv2D, type KernelFunc, Slice, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core';
import { composeKernels } from '../compose-kernels.js';
import { type ConvAttributes, type ConvGeometry, convGeometry, paddingAfter } from '../conv-geometry.js';
import { kernelFunction, makeZeros, type WasmBackend } from '../kernel-call.js';

type Operands = { x: TensorInfo; dy: TensorInfo };
type Attributes = ConvAttributes & { filterShape: number[] };

/**
 * The gradient of a convolution's filter, as a convolution.
 *
 * Exchanging batch and channels makes the images the input, the output's gradient the filter, and the filter's gradient
 * the output; the stride between outputs becomes the dilation of that filter.
 */
export function composedConv2DBackpropFilter(): KernelFunc {
  return kernelFunction<Operands, Attributes, WasmBackend>(({ inputs, attrs, backend }) => {
    const { x, dy } = inputs;
    const { filterShape } = attrs;
    const geometry = convGeometry('Conv2DBackpropFilter', x.shape, filterShape, { ...attrs, dilations: 1 });
    if (util.sizeFromShape(x.shape) * util.sizeFromShape(dy.shape) === 0) return makeZeros(backend, filterShape);
    const [height, width, inChannels, outChannels] = filterShape;
    return composeKernels('wasm', backend, (run) => {
      const images = run(Transpose, { x }, { perm: [3, 1, 2, 0] });
      const filter = run(Transpose, { x: dy }, { perm: [1, 2, 0, 3] });
      const swept = run(Conv2D, { x: images, filter }, sweep(geometry));
      const size = [inChannels, height, width, outChannels];
      const gradient = run(Slice, { x: swept }, { begin: [0, 0, 0, 0], size });
      return run(Transpose, { x: gradient }, { perm: [1, 2, 0, 3] });
    });
  });
}

function sweep(geometry: ConvGeometry) {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const { top, left } = geometry.padInfo;
  const bottom = paddingAfter(inHeight, outHeight, top, strideHeight, filterHeight);
  const right = paddingAfter(inWidth, outWidth, left, strideWidth, filterWidth);
  return {
    strides: [1, 1],
    dilations: [strideHeight, strideWidth],
    pad: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    dataFormat: 'NHWC',
  };
}
