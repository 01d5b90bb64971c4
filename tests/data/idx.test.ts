import fc from 'fast-check';
import { decodeIdx, scalePixels } from 'minimart';
import { describe, expect, test } from 'vitest';

function idxFile(type: number, shape: number[], body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(body, 4 + 4 * shape.length);
  return bytes;
}

const bigEndian = (count: number, bytes: number, write: (view: DataView, offset: number, index: number) => void) => {
  const view = new DataView(new ArrayBuffer(count * bytes));
  for (let index = 0; index < count; index += 1) write(view, index * bytes, index);
  return new Uint8Array(view.buffer);
};

describe('decodeIdx', () => {
  test.each([
    [0x08, 1, [1, 200, 255], (view: DataView, at: number, value: number) => view.setUint8(at, value)],
    [0x09, 1, [1, -100, 127], (view: DataView, at: number, value: number) => view.setInt8(at, value)],
    [0x0b, 2, [1, -30000, 258], (view: DataView, at: number, value: number) => view.setInt16(at, value)],
    [0x0c, 4, [1, -70000, 16909060], (view: DataView, at: number, value: number) => view.setInt32(at, value)],
    [0x0d, 4, [1.5, -0.25, 1e10], (view: DataView, at: number, value: number) => view.setFloat32(at, value)],
    [0x0e, 8, [1.5, -0.1, 1e300], (view: DataView, at: number, value: number) => view.setFloat64(at, value)],
  ])('reads values of type %d, big-endian', (type, bytes, values, write) => {
    const body = bigEndian(values.length, bytes, (view, at, index) => write(view, at, values[index]!));
    const parsed = decodeIdx(idxFile(type, [3], body));
    expect(Array.from(parsed.values)).toEqual(values);
    expect(parsed.shape).toEqual([3]);
  });

  test('reads any shape, at any place in a buffer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const size = shape.reduce((product, each) => product * each, 1);
        const file = idxFile(
          8,
          shape,
          Uint8Array.from({ length: size }, (_, index) => index % 256),
        );
        const shifted = new Uint8Array(file.length + 3);
        shifted.set(file, 3);
        expect(decodeIdx(shifted.subarray(3))).toEqual(decodeIdx(file));
        expect(decodeIdx(file).shape).toEqual(shape);
      }),
    );
  });

  test.each([
    ['nothing', new Uint8Array(0), 'start with an IDX header, decompressed'],
    ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), "received 'a file that starts with [31, 139, 8, 0]' (string)."],
    ['an unknown type', idxFile(0x0a, [1], Uint8Array.of(1)), 'start with an IDX header'],
    ['a cut header', Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1), 'start with an IDX header'],
    ['a cut body', idxFile(8, [4], Uint8Array.of(1, 2)), 'hold 12 bytes for shape [4], received 10 (number).'],
    ['a size that no memory holds', idxFile(8, [2 ** 32 - 1, 2 ** 32 - 1], new Uint8Array(1)), 'for shape [4294967295'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeIdx(bytes)).toThrow(message);
  });
});

describe('scalePixels', () => {
  test('maps 0 and 255 to the ends of the range and adds an axis for grey', () => {
    const grey = scalePixels({ values: Uint8Array.of(0, 51, 255, 0), shape: [1, 2, 2] }, [-1, 1]);
    expect(grey.shape).toEqual([1, 2, 2, 1]);
    // -1 + 2 * 51 / 255 = -0.6
    expect(Array.from(grey.values, (value) => Number(value.toFixed(6)))).toEqual([-1, -0.6, 1, -1]);
    expect(scalePixels({ values: new Uint8Array(12), shape: [1, 2, 2, 3] }, [0, 1]).shape).toEqual([1, 2, 2, 3]);
  });

  test('refuses what is no image and a range that does not rise', () => {
    expect(() => scalePixels({ values: new Uint8Array(4), shape: [4] }, [0, 1])).toThrow(
      'scalePixels: `images.shape` must be [N, H, W] or [N, H, W, C], received [4] (array).',
    );
    expect(() => scalePixels({ values: new Uint8Array(4), shape: [1, 2, 2] }, [1, 0])).toThrow(
      'scalePixels: `range` must be two rising numbers, received [1, 0] (array).',
    );
    const image = { values: Float32Array.of(0, 0.5), shape: [1, 1, 2] };
    expect(() => scalePixels(image, [0, 1])).toThrow(
      'scalePixels: `images.values` must hold integers from 0 to 255 (first offender at position 1); are they scaled',
    );
    // @ts-expect-error No range.
    expect(() => scalePixels(image)).toThrow('scalePixels: `range` must be two rising numbers, received undefined');
    expect(() => scalePixels(image, [0, Number.POSITIVE_INFINITY])).toThrow('`range` must be two rising numbers');
  });
});
