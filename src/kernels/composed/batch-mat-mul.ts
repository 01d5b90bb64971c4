import { type KernelFunc, type TensorInfo, Transpose, util } from '@tensorflow/tfjs-core';
import { composeKernels, type RunKernel, viewAs } from '../compose-kernels.js';
import { kernelFunction, onlyOutput, type WasmBackend } from '../kernel-call.js';

type Operands = { a: TensorInfo; b: TensorInfo };
type Flags = { transposeA: boolean; transposeB: boolean };

/**
 * A matrix product that transposes first and multiplies plainly then.
 *
 * tfjs's wasm product leaves its fast path when a flag is set, and runs up to fifty times slower; every dense layer's
 * gradient sets one. Without flags the stock kernel answers, unchanged.
 */
export function composedBatchMatMul(stock: KernelFunc): KernelFunc {
  return kernelFunction<Operands, Flags, WasmBackend>(({ inputs, attrs, backend }) => {
    const { a, b } = inputs;
    const { transposeA, transposeB } = attrs;
    const isPlain = !transposeA && !transposeB;
    const isEmpty = util.sizeFromShape(a.shape) * util.sizeFromShape(b.shape) === 0;
    const isForStock = isPlain || isEmpty || a.dtype !== 'float32' || b.dtype !== 'float32';
    if (isForStock) return onlyOutput(stock({ inputs, attrs, backend }));
    return composeKernels('wasm', backend, (run) => {
      const left = transposeA ? transposeLastAxes(run, a) : a;
      const right = transposeB ? transposeLastAxes(run, b) : b;
      const plain = { transposeA: false, transposeB: false };
      return onlyOutput(stock({ inputs: { a: left, b: right }, attrs: plain, backend }));
    });
  });
}

function transposeLastAxes(run: RunKernel, tensor: TensorInfo): TensorInfo {
  const outer = tensor.shape.slice(0, -2);
  const [rows, columns] = tensor.shape.slice(-2);
  // Rank three is transposed by a dedicated loop; higher ranks are not.
  const matrices = viewAs(tensor, [util.sizeFromShape(outer), rows, columns]);
  const transposed = run(Transpose, { x: matrices }, { perm: [0, 2, 1] });
  return viewAs(transposed, [...outer, columns, rows]);
}
