import type { AdamFactors } from '../../kernels/adam-factors.js';
import { PASS, type Part, splitRows, splitWork, threadsFor } from '../../kernels/threads/split-work.js';
import type { KernelRoutines } from '../../kernels/wasm/module/kernel-routines.js';
import { type Block, blocksOf } from '../../kernels/wasm/product-parts.js';
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

/** Room for what a product keeps while it is computed: one behind the other, one for each thread. */
export interface ProductScratch {
  readonly address: number;
  readonly bytes: number;
  readonly count: number;
}

/** The routines by the wasm kernels; large products are split over as many threads as there is scratch for. */
export function wasmRoutines(kernels: KernelRoutines, scratch: ProductScratch): DenseRoutines {
  return {
    multiply: (product) => multiply(kernels, product, scratch),
    addBias: (values, rows, columns, bias, isRelu) =>
      splitRows(kernels, rows, PASS * rows * columns, ({ start, count }) => {
        const place = values + 4 * start * columns;
        return ['activate', place, count, columns, bias, isRelu ? 1 : 0, 0, place];
      }),
    sumRows: (values, count, columns, sums) => kernels.sumRows(values, 1, count, columns, columns, sums, 1),
    keepPositive: (values, gates, count) => kernels.keepPositive(values, gates, count),
    adam: (state, gradients, count, factors) => adamByKernel(kernels, state, gradients, count, factors),
  };
}

function multiply(kernels: KernelRoutines, product: Product, scratch: ProductScratch): void {
  const { rows, depth, columns } = product;
  const threads = Math.min(scratch.count, threadsFor(kernels, rows * depth * columns));
  if (threads === 1) {
    kernels.multiply(...argumentsOf(product, wholeOf(product), scratch.address));
    return;
  }
  splitWork(
    kernels,
    blocksOf(rows, columns, threads).map(
      (block, part): Part<KernelRoutines> => [
        ['multiply', ...argumentsOf(product, block, scratch.address + part * scratch.bytes)],
      ],
    ),
  );
}

function wholeOf({ rows, columns }: Product): Block {
  return { rows: { start: 0, count: rows }, columns: { start: 0, count: columns } };
}

function argumentsOf(product: Product, block: Block, scratch: number): Parameters<KernelRoutines['multiply']> {
  const { left, right, output, rows, depth, columns, transposeLeft, transposeRight, accumulate } = product;
  const columnBytes = transposeRight ? 4 * depth : 4;
  return [
    0,
    left,
    transposeLeft ? 4 : 4 * depth,
    transposeLeft ? 4 * rows : 4,
    right + block.columns.start * columnBytes,
    transposeRight ? 4 : 4 * columns,
    columnBytes,
    output + 4 * (block.rows.start * columns + block.columns.start),
    4 * columns,
    block.rows.start,
    block.rows.count,
    depth,
    block.columns.count,
    scratch,
    accumulate ? 1 : 0,
  ];
}
