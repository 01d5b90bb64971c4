import type { NumericArray } from '../array-data.js';

/** One tensor of a safetensors file. */
export interface Safetensor {
  /** The type of its numbers, as the format names it, which is also that of `values`. */
  readonly dtype: 'F64' | 'F32' | 'I32' | 'U32' | 'I16' | 'U16' | 'I8' | 'U8';
  /** Sizes of its axes; `[]` for a single number. */
  readonly shape: readonly number[];
  /** Its numbers, row-major, in memory of their own. */
  readonly values: NumericArray;
}

/** How many tensors, and how many entries of metadata, a file may have unless told otherwise. */
export const usualTensors = 65_536;

/** How many axes a tensor may have. */
export const mostAxes = 32;

/** Longest header that the format allows, in bytes. */
export const longestHeader = 100_000_000;

/** The key of a header under which its metadata stand, in the place of a tensor. */
export const metadataKey = '__metadata__';

/** The typed array of each type. A function, because a module must not run anything when loaded. */
export function arrayTypes() {
  return {
    F64: Float64Array,
    F32: Float32Array,
    I32: Int32Array,
    U32: Uint32Array,
    I16: Int16Array,
    U16: Uint16Array,
    I8: Int8Array,
    U8: Uint8Array,
  } as const satisfies Record<Safetensor['dtype'], unknown>;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is a list of whole numbers from 0. */
export function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** How many numbers a tensor of these sizes holds; Infinity when there are too many to count. */
export function product(sizes: readonly number[]): number {
  const count = sizes.includes(0) ? 0 : sizes.reduce((all, size) => all * size, 1);
  return Number.isSafeInteger(count) ? count : Number.POSITIVE_INFINITY;
}

/** Bytes that are copied in one piece of long work. */
export const bytesInPiece = 2 ** 22;
