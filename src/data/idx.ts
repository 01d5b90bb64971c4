import { refuse } from '../internal/require.js';
import type { ArrayData, NumericArray } from './array-data.js';

interface IdxType {
  readonly bytes: number;
  make(length: number): NumericArray;
  read(view: DataView, offset: number): number;
}

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
 * const { values, shape } = parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 5, 7));
 * shape; // [2]
 * values; // Uint8Array [5, 7]
 */
export function parseIdx(bytes: Uint8Array): ArrayData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const axes = bytes[3] ?? 0;
  const type = bytes[0] === 0 && bytes[1] === 0 ? idxType(bytes[2]) : undefined;
  const header = 4 + 4 * axes;
  if (!type || axes === 0 || bytes.length < header) {
    const start = `a file that starts with [${bytes.subarray(0, 4).join(', ')}]`;
    refuse('parseIdx', 'bytes', 'start with an IDX header, decompressed', start);
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== header + length * type.bytes) {
    refuse(
      'parseIdx',
      'bytes',
      `hold ${header + length * type.bytes} bytes for shape [${shape.join(', ')}]`,
      bytes.length,
    );
  }
  const values = type.make(length);
  for (let index = 0; index < length; index += 1) values[index] = type.read(view, header + index * type.bytes);
  return { values, shape };
}

function idxType(code: number | undefined): IdxType | undefined {
  switch (code) {
    case 0x08:
      return { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) };
    case 0x09:
      return { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) };
    case 0x0b:
      return { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) };
    case 0x0c:
      return { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) };
    case 0x0d:
      return { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) };
    case 0x0e:
      return { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) };
    default:
      return undefined;
  }
}
