import { decodeBase64 } from '../kernels/wasm/decode-base64.js';
import { moduleBytes } from '../kernels/wasm/double-bytes.js';
import { plainDoubles } from './plain-doubles.js';

/** A product of matrices of doubles. Places and strides count numbers in the one memory of {@link DoubleRoutines}. */
export interface DoubleProduct {
  readonly left: number;
  readonly leftRow: number;
  readonly leftStep: number;
  readonly right: number;
  readonly rightStep: number;
  readonly rightColumn: number;
  readonly output: number;
  readonly outputRow: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** Default 1. */
  readonly factor?: number;
}

/** A symmetric matrix on its way to tridiagonal form; places count numbers. */
export interface Tridiagonal {
  /** `[size, size]`, of which the lower triangle counts. It is overwritten. */
  readonly matrix: number;
  readonly size: number;
  /** `[size]`: the diagonal of the form. */
  readonly diagonal: number;
  /** `[size]`: what stands beside it, from 1 on. */
  readonly beside: number;
  /** `[2 * size]`, zeros at first. */
  readonly work: number;
}

/** Linear algebra in double precision, in one memory of fixed length. */
export interface DoubleRoutines {
  readonly memory: Float64Array;
  /** Adds `factor * left [rows, depth] * right [depth, columns]` to `output [rows, columns]`; 128 rows at most. */
  multiply(product: DoubleProduct): void;
  /** Householder's reduction by rows `from - 1` down to `to`; a matrix starts with `from` its size and ends with `to` 0. */
  tridiagonalise(form: Tridiagonal, from: number, to: number): void;
}

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
  const compiled = await WebAssembly.compile(decodeBase64(moduleBytes));
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
