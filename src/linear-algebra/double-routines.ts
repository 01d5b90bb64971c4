import { mostThreads } from '../kernels/kernel-state.js';
import { type Part, runsOf, splitWork, threadsFor } from '../kernels/threads/split-work.js';
import { moduleBytes } from '../kernels/wasm/module/double-bytes.js';
import { type OpenModule, openModule } from '../kernels/wasm/module/open-module.js';
import { type DoubleProduct, type DoubleRoutines, plainDoubles, type Tridiagonal } from './plain-doubles.js';

/** Most rows of one product. */
export const mostRows = 128;
/** Bytes that a product may need beside its operands: twice what 128 rows of 256 doubles and their panels take. */
const SCRATCH = 2 ** 19;

interface DoubleKernels {
  // Left, its strides, right, its strides, output, its stride, rows, depth, columns, factor, scratch.
  multiply(...numbers: number[]): void;
  tridiagonalise(...numbers: number[]): void;
}

/**
 * Opens the routines with a memory of `length` numbers: in WebAssembly, on the threads of the pool where one runs, or in plain loops
 * where the host has no SIMD.
 */
export async function openDoubles(length: number): Promise<DoubleRoutines> {
  const scratch = 64 * Math.ceil((8 * length) / 64);
  const opened = await openModule<DoubleKernels>(moduleBytes, scratch + mostThreads * SCRATCH);
  return opened ? wasmDoubles(opened, length, scratch) : plainDoubles(length);
}

function wasmDoubles({ memory, routines }: OpenModule<DoubleKernels>, length: number, scratch: number): DoubleRoutines {
  return {
    memory: new Float64Array(memory.buffer, 0, length),
    multiply: (product) => multiply(routines, product, scratch),
    tridiagonalise: ({ matrix, size, diagonal, beside, work }: Tridiagonal, from, to) =>
      routines.tridiagonalise(8 * matrix, size, from, to, 8 * diagonal, 8 * beside, 8 * work),
  };
}

// By columns: a number is added up in one thread.
function multiply(routines: DoubleKernels, product: DoubleProduct, scratch: number): void {
  const { left, leftRow, leftStep, right, rightStep, rightColumn, output, outputRow, rows, depth, columns } = product;
  const runs = runsOf(columns, threadsFor(routines, rows * depth * columns), 4);
  splitWork(
    routines,
    runs.map(({ start, count }, part): Part<DoubleKernels> => {
      const ofRight = [right + start * rightColumn, rightStep, rightColumn];
      const places = [left, leftRow, leftStep, ...ofRight, output + start, outputRow].map((place) => 8 * place);
      return [['multiply', ...places, rows, depth, count, product.factor ?? 1, scratch + part * SCRATCH]];
    }),
  );
}
