import { decodeModule } from '../kernels/wasm/module/decode-module.js';
import { moduleBytes } from '../kernels/wasm/module/double-bytes.js';
import { type DoubleRoutines, plainDoubles } from './plain-doubles.js';

/** Most rows of one product. */
export const mostRows = 128;

interface DoubleKernels {
  multiplyScratch(rows: number): number;
  // Left, its strides, right, its strides, output, its stride, rows, depth, columns, factor, scratch.
  multiply(...numbers: number[]): void;
  tridiagonalise(...numbers: number[]): void;
}

/** Opens the routines with a memory of `length` numbers: in WebAssembly, or in plain loops where the host has no SIMD. */
export async function openDoubles(length: number): Promise<DoubleRoutines> {
  try {
    return await wasmDoubles(length);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return plainDoubles(length);
    throw error;
  }
}

async function wasmDoubles(length: number): Promise<DoubleRoutines> {
  const compiled = await WebAssembly.compile(await decodeModule(moduleBytes));
  // Twice what the scratch of one product takes: 128 rows of 256 doubles, and its panels.
  const pages = Math.ceil((8 * length + 2 ** 19) / 2 ** 16);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = exports as WebAssembly.Exports & DoubleKernels;
  const scratch = 8 * (length + (length % 2));
  return {
    memory: new Float64Array(memory.buffer, 0, length),
    multiply: ({ left, leftRow, leftStep, right, rightStep, rightColumn, output, outputRow, ...sizes }) =>
      kernels.multiply(
        ...[left, leftRow, leftStep, right, rightStep, rightColumn, output, outputRow].map((place) => 8 * place),
        ...[sizes.rows, sizes.depth, sizes.columns, sizes.factor ?? 1, scratch],
      ),
    tridiagonalise: ({ matrix, size, diagonal, beside, work }, from, to) =>
      kernels.tridiagonalise(8 * matrix, size, from, to, 8 * diagonal, 8 * beside, 8 * work),
  };
}
