import type { AdamFactors } from '../../kernels/adam-factors.js';
import type { KernelRoutines } from '../../kernels/wasm/module/kernel-routines.js';
import { type AdamState, adamByKernel } from './adam.js';

/** `output [rows, columns] = left [rows, depth] * right [depth, columns]`, at addresses in one memory. */
export interface Product {
  readonly left: number;
  readonly right: number;
  readonly output: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** Whether the operand lies transposed. */
  readonly transposeLeft?: boolean;
  readonly transposeRight?: boolean;
  /** Whether the product is added to what is there. */
  readonly accumulate?: boolean;
}

/**
 * What dense layers need to learn on the host: small products there cost less than the calls of a tensor library. All work
 * in one memory; addresses count bytes from its start.
 */
export interface DenseRoutines {
  multiply(product: Product): void;
  /** Adds `bias [columns]` to each row, and with `isRelu` holds the sums above 0. */
  addBias(values: number, rows: number, columns: number, bias: number, isRelu: boolean): void;
  /** `sums [columns]` of `values [rows, columns]`. */
  sumRows(values: number, rows: number, columns: number, sums: number): void;
  /** Holds those of `count` values at 0 whose gates are not above 0. */
  keepPositive(values: number, gates: number, count: number): void;
  /** Moves `count` numbers and their moments on. */
  adam(state: AdamState<number>, gradients: number, count: number, factors: AdamFactors): void;
}

/** The routines by the wasm kernels, with scratch for their products at an address. */
export function wasmRoutines(kernels: KernelRoutines, scratch: number): DenseRoutines {
  return {
    multiply: (product) => multiply(kernels, product, scratch),
    addBias: (values, count, columns, bias, isRelu) =>
      kernels.activate(values, count, columns, bias, isRelu ? 1 : 0, 0, values),
    sumRows: (values, count, columns, sums) => kernels.sumRows(values, 1, count, columns, columns, sums, 1),
    keepPositive: (values, gates, count) => kernels.keepPositive(values, gates, count),
    adam: (state, gradients, count, factors) => adamByKernel(kernels, state, gradients, count, factors),
  };
}

function multiply(kernels: KernelRoutines, product: Product, scratch: number): void {
  const { left, right, output, rows, depth, columns, transposeLeft, transposeRight, accumulate } = product;
  kernels.multiply(
    0,
    left,
    transposeLeft ? 4 : 4 * depth,
    transposeLeft ? 4 * rows : 4,
    right,
    transposeRight ? 4 : 4 * columns,
    transposeRight ? 4 * depth : 4,
    output,
    4 * columns,
    0,
    rows,
    depth,
    columns,
    scratch,
    accumulate ? 1 : 0,
  );
}
