import { Conv2D, type KernelFunc, PadV2, Reverse, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core';
import { composeKernels, type RunKernel, viewAs } from '../compose-kernels.js';
import { type ConvAttributes, type ConvGeometry, convGeometry } from '../conv-geometry.js';
import { kernelFunction, onlyOutput, type WasmBackend } from '../kernel-call.js';

type Operands = { dy: TensorInfo; filter: TensorInfo };
type Attributes = ConvAttributes & { inputShape: number[] };

/**
 * The gradient of a convolution's input, as a convolution.
 *
 * The output's gradient, spread out by the stride with zeros between, is convolved with the filter turned round and its
 * channels exchanged. tfjs's own loop runs at a tenth of its convolution's speed. Paddings so large that the spread
 * gradient would have to be cropped are left to the stock kernel.
 */
export function composedConv2DBackpropInput(stock: KernelFunc): KernelFunc {
  return kernelFunction<Operands, Attributes, WasmBackend>(({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs;
    const { inputShape, dataFormat = 'NHWC' } = attrs;
    const isEmpty = util.sizeFromShape(dy.shape) * util.sizeFromShape(inputShape) === 0;
    if (isEmpty || dataFormat !== 'NHWC') return onlyOutput(stock({ inputs, attrs, backend }));
    const geometry = convGeometry('Conv2DBackpropInput', inputShape, filter.shape, { ...attrs, dilations: 1 });
    const pad = fullPadding(geometry);
    if (pad.flat().some((each) => each < 0)) return onlyOutput(stock({ inputs, attrs, backend }));
    return composeKernels('wasm', backend, (run) => {
      const spread = spreadByStride(run, dy, geometry);
      const exchanged = run(Transpose, { x: filter }, { perm: [0, 1, 3, 2] });
      const turned = run(Reverse, { x: exchanged }, { dims: [0, 1] });
      const shape = { strides: [1, 1], dilations: [1, 1], pad, dataFormat: 'NHWC' };
      return run(Conv2D, { x: spread, filter: turned }, shape);
    });
  });
}

function fullPadding(geometry: ConvGeometry): [number, number][] {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const { top, left } = geometry.padInfo;
  return [
    [0, 0],
    [filterHeight - 1 - top, inHeight + top - outHeight * strideHeight],
    [filterWidth - 1 - left, inWidth + left - outWidth * strideWidth],
    [0, 0],
  ];
}

/** `[batch, rows, columns, channels]` to `[batch, rows * stride, columns * stride, channels]`, zeros in between. */
function spreadByStride(run: RunKernel, dy: TensorInfo, geometry: ConvGeometry): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = geometry;
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const columns = viewAs(dy, [batchSize * outHeight * outWidth, outChannels]);
  const columnsSpread = run(PadV2, { x: columns }, zerosAfter((strideWidth - 1) * outChannels));
  const rows = viewAs(columnsSpread, [batchSize * outHeight, outWidth * strideWidth * outChannels]);
  const width = outWidth * strideWidth * outChannels;
  const rowsSpread = run(PadV2, { x: rows }, zerosAfter((strideHeight - 1) * width));
  return viewAs(rowsSpread, [batchSize, outHeight * strideHeight, outWidth * strideWidth, outChannels]);
}

function zerosAfter(count: number) {
  return {
    paddings: [
      [0, 0],
      [0, count],
    ],
    constantValue: 0,
  };
}
