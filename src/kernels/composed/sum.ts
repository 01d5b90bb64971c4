import { BatchMatMul, Fill, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { composeKernels, viewAs } from '../compose-kernels.js';
import { kernelFunction, onlyOutput, type WasmBackend } from '../kernel-call.js';

type Attributes = { axis: number | number[]; keepDims?: boolean };

/**
 * A sum that adds up leading axes (a bias's gradient) as one product with a row of ones.
 *
 * tfjs's wasm sum transposes first, which costs twenty times more. Any other sum is the stock kernel's.
 */
export function composedSum(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, Attributes, WasmBackend>(({ inputs, attrs, backend }) => {
    const { x } = inputs;
    const summed = leadingAxes(x, attrs.axis);
    if (summed === 0) return onlyOutput(stock({ inputs, attrs, backend }));
    const kept = x.shape.slice(summed);
    const rows = util.sizeFromShape(x.shape.slice(0, summed));
    return composeKernels('wasm', backend, (run) => {
      const ones = run(Fill, {}, { shape: [1, 1, rows], value: 1, dtype: 'float32' });
      const values = viewAs(x, [1, rows, util.sizeFromShape(kept)]);
      const total = run(BatchMatMul, { a: ones, b: values }, { transposeA: false, transposeB: false });
      return viewAs(total, attrs.keepDims ? [...new Array<number>(summed).fill(1), ...kept] : kept);
    });
  });
}

/** How many axes are summed when they are the first ones and something is left over; 0 otherwise. */
function leadingAxes(x: TensorInfo, axis: number | number[]): number {
  const axes = new Set(util.parseAxisParam(axis, x.shape));
  const isLeading = [...axes].every((each) => each < axes.size) && axes.size < x.shape.length;
  return isLeading && x.dtype === 'float32' && util.sizeFromShape(x.shape) > 0 ? axes.size : 0;
}
