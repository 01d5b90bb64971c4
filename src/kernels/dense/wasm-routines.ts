import { bindRoutines, compileModule } from '../wasm/kernel-module.js';
import type { KernelRoutines } from '../wasm/kernel-routines.js';
import type { DenseRoutines, Product } from './dense-routines.js';

const pageBytes = 65_536;

/** Makes routines with a memory of the given length, for products of matrices with sides of up to `widest`. */
export type MakeRoutines = (length: number, widest: number) => DenseRoutines;

/**
 * Compiles the kernels for memories of their own, apart from tfjs's.
 *
 * @returns Nothing where the host does not run SIMD instructions.
 */
export async function compileWasmRoutines(): Promise<MakeRoutines | undefined> {
  const compiled = await compileModule().catch((error: unknown) => {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  });
  return compiled && ((length, widest) => makeRoutines(compiled, length, widest));
}

function makeRoutines(compiled: WebAssembly.Module, length: number, widest: number): DenseRoutines {
  // Scratch memory: a panel for the widest product, as multiplyScratch says, with room to spare.
  const scratch = Math.ceil(length / 16) * 64;
  const bytes = scratch + 4 * (64 + 16 * (widest + 8) + (widest + 8) ** 2);
  const pages = Math.ceil(bytes / pageBytes);
  // It never grows: views of it stay whole.
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernels = bindRoutines(compiled, memory);
  return {
    memory: new Float32Array(memory.buffer, 0, length),
    multiply: (product) => multiply(kernels, product, scratch),
    addBias: (values, count, columns, bias, isRelu) =>
      kernels.activate(4 * values, count, columns, 4 * bias, isRelu ? 1 : 0, 0, 4 * values),
    sumRows: (values, count, columns, sums) => kernels.sumRows(4 * values, 1, count, columns, 4 * sums, 1),
    adam: (value, first, second, gradient, count, factors) => {
      const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = factors;
      const [at, m, v] = [4 * value, 4 * first, 4 * second];
      kernels.adam(
        ...([at, m, v, 4 * gradient, at, m, v, count, learningRate] as const),
        ...([beta1, 1 - beta1, beta2, 1 - beta2, epsilon, correction1, correction2] as const),
      );
    },
  };
}

function multiply(kernels: KernelRoutines, product: Product, scratch: number): void {
  const { left, right, output, rows, depth, columns, transposeLeft, transposeRight } = product;
  const [leftRow, leftStep] = transposeLeft ? [4, 4 * rows] : [4 * depth, 4];
  const [rightStep, rightColumn] = transposeRight ? [4, 4 * depth] : [4 * columns, 4];
  const operands = [4 * left, leftRow, leftStep, 4 * right, rightStep, rightColumn] as const;
  kernels.multiply(0, ...operands, 4 * output, rows, depth, columns, scratch);
}
