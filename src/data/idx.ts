import { refuse } from '../internal/require.js';
import type { ArrayData, NumericArray } from './array-data.js';

interface IdxType {
  readonly bytes: 1 | 2 | 4 | 8;
  /** The numbers that bytes stand for, in their memory. */
  view(buffer: ArrayBuffer, length: number): NumericArray;
}

/** What the header of an IDX file says. */
export interface IdxHeader {
  readonly type: IdxType;
  readonly shape: readonly number[];
  /** Bytes of the header. */
  readonly start: number;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** No header is longer: four bytes, and four for each of at most 255 axes. */
export const longestIdxHeader = 4 + 4 * 255;

/**
 * Reads the IDX format, in which MNIST, Fashion-MNIST and their kin come: two zero bytes, a type, the number of axes,
 * the sizes as big-endian 32-bit integers, then the values, big-endian.
 *
 * @param bytes - A whole file, already decompressed.
 * @returns Values and shape, such as `[10000, 28, 28]` for images or `[10000]` for labels. Pixels are 0 to 255: see
 *   {@link scalePixels}.
 * @throws RangeError when the header is not one, or the length is not what the header says; nothing is allocated before.
 * @see LeCun et al., "THE MNIST DATABASE of handwritten digits" (1998), section "file formats"
 * @example
 * const { values, shape } = decodeIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 5, 7));
 * shape; // [2]
 * values; // Uint8Array [5, 7]
 */
export function decodeIdx(bytes: Uint8Array): ArrayData {
  if (!(bytes instanceof Uint8Array)) refuse('decodeIdx', 'bytes', 'be a Uint8Array', bytes);
  const header = readIdxHeader('decodeIdx', 'bytes', bytes);
  requireIdxSize('decodeIdx', 'bytes', header, bytes.length);
  // A copy, which `slice` would not be of Node's Buffer.
  const body = new Uint8Array(bytes.subarray(header.start));
  swapBytes(body, header.type.bytes);
  return idxData(header, body);
}

/** Reads a header; `bytes` are the beginning of the file, {@link longestIdxHeader} if it has as many. */
export function readIdxHeader(where: string, name: string, bytes: Uint8Array): IdxHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const axes = bytes[3] ?? 0;
  const type = bytes[0] === 0 && bytes[1] === 0 ? idxType(bytes[2]) : undefined;
  const start = 4 + 4 * axes;
  if (!type || axes === 0 || bytes.length < start) {
    const found = `a file that starts with [${bytes.subarray(0, 4).join(', ')}]`;
    refuse(where, name, 'start with an IDX header, decompressed', found);
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  // Zero times more than a double holds would be no number.
  const length = shape.includes(0) ? 0 : shape.reduce((product, each) => product * each, 1);
  return { type, shape, start, size: start + length * type.bytes };
}

/** Checks that a file is as long as its header says. */
export function requireIdxSize(where: string, name: string, { shape, size }: IdxHeader, bytes: number): void {
  if (bytes !== size) refuse(where, name, `hold ${size} bytes for shape ${describeShape(shape)}`, bytes);
}

/** A shape in a message: up to 255 sizes may be given. */
export function describeShape(shape: readonly number[]): string {
  const more = shape.length > 8 ? `, … ${shape.length} in all` : '';
  return `[${shape.slice(0, 8).join(', ')}${more}]`;
}

/** Turns big-endian numbers of `width` bytes into little-endian ones, in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) {
    for (let low = start, high = start + width - 1; low < high; low += 1, high -= 1) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}

/** The numbers of a body that is in memory of its own, from its beginning, little-endian. */
export function idxData({ type, shape }: IdxHeader, body: Uint8Array<ArrayBuffer>): ArrayData {
  return { values: type.view(body.buffer, body.length / type.bytes), shape };
}

function idxType(code: number | undefined): IdxType | undefined {
  switch (code) {
    case 0x08:
      return { bytes: 1, view: (buffer, length) => new Uint8Array(buffer, 0, length) };
    case 0x09:
      return { bytes: 1, view: (buffer, length) => new Int8Array(buffer, 0, length) };
    case 0x0b:
      return { bytes: 2, view: (buffer, length) => new Int16Array(buffer, 0, length) };
    case 0x0c:
      return { bytes: 4, view: (buffer, length) => new Int32Array(buffer, 0, length) };
    case 0x0d:
      return { bytes: 4, view: (buffer, length) => new Float32Array(buffer, 0, length) };
    case 0x0e:
      return { bytes: 8, view: (buffer, length) => new Float64Array(buffer, 0, length) };
    default:
      return undefined;
  }
}
