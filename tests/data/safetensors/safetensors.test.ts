import fc from 'fast-check';
import { decodeSafetensors, encodeSafetensors } from 'minimart';
import { describe, expect, test } from 'vitest';
import { entry, handMade, hostileFiles, twoFloats } from '../../support/hostile-safetensors.js';

describe('decodeSafetensors', () => {
  test('reads little-endian numbers, shapes and metadata of a file made by hand', () => {
    const file = handMade({ __metadata__: { by: 'hand' }, w: entry({ shape: [1, 2] }) }, twoFloats);
    const { tensors, metadata } = decodeSafetensors(file);
    expect(tensors).toEqual({ w: { dtype: 'F32', shape: [1, 2], values: Float32Array.of(1.5, -2) } });
    expect(metadata).toEqual({ by: 'hand' });
  });

  test("reads a Buffer of Node's, whose slices are no copies", () => {
    const bytes = Buffer.from(handMade({ a: entry() }, twoFloats));
    const { values } = decodeSafetensors(bytes).tensors.a!;
    expect(values).toEqual(Float32Array.of(1.5, -2));
    bytes.fill(0);
    expect(values).toEqual(Float32Array.of(1.5, -2));
  });

  test('reads from any place in a buffer, at odd places in the file, and shares no memory with it', () => {
    const header = { a: entry({ dtype: 'U8', shape: [1], data_offsets: [0, 1] }), b: entry({ data_offsets: [1, 9] }) };
    const file = handMade(header, Uint8Array.of(7, ...twoFloats));
    const moved = new Uint8Array(file.length + 3);
    moved.set(file, 3);
    const { tensors } = decodeSafetensors(moved.subarray(3));
    moved.fill(0);
    expect(tensors.a?.values).toEqual(Uint8Array.of(7));
    expect(tensors.b?.values).toEqual(Float32Array.of(1.5, -2));
  });

  test("reads Node's Buffer, whose slices are views, into memory of its own", () => {
    const { tensors } = decodeSafetensors(Buffer.from(handMade({ a: entry() }, twoFloats)));
    expect(tensors.a?.values).toEqual(Float32Array.of(1.5, -2));
    expect(tensors.a?.values.buffer.byteLength).toBe(8);
  });

  test('a tensor may be called __proto__', () => {
    const header = `{"__proto__":${JSON.stringify(entry())}}`;
    const { tensors } = decodeSafetensors(handMade(header, twoFloats));
    expect(Object.keys(tensors)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
  });

  test.each(hostileFiles())('refuses %s', (_, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(RangeError);
    expect(() => decodeSafetensors(file)).toThrow(`decodeSafetensors: \`bytes\` must`);
    expect(() => decodeSafetensors(file)).toThrow(message);
  });

  test('names that look like others are told apart', () => {
    const header = {
      'a"': entry({ shape: [1], data_offsets: [0, 4] }),
      'a\\"': entry({ shape: [1], data_offsets: [4, 8] }),
    };
    const { tensors } = decodeSafetensors(
      handMade({ ...header, __metadata__: { 'x:': '{"x":1,"x":[[[[' } }, twoFloats),
    );
    expect(Object.keys(tensors)).toEqual(Object.keys(header));
  });

  test('empty tensors, which take no bytes of the file, are bounded in number', () => {
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
    const file = (count: number) =>
      handMade(Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, empty])));
    expect(Object.keys(decodeSafetensors(file(10), { maxTensors: 10 }).tensors)).toHaveLength(10);
    expect(() => decodeSafetensors(file(11), { maxTensors: 10 })).toThrow('have at most 10 tensors, and as many');
    expect(() => decodeSafetensors(file(65_537))).toThrow('`maxTensors` allows more');
    expect(Object.keys(decodeSafetensors(file(65_537), { maxTensors: 1e6 }).tensors)).toHaveLength(65_537);
  });

  test('random bytes are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, length) => {
        const file = handMade('', bytes, length);
        try {
          decodeSafetensors(file);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe('encodeSafetensors', () => {
  test('writes the bytes that the format asks for', () => {
    const header = '{"__metadata__":{"by":"us"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(8 * Math.ceil(header.length / 8));
    const file = encodeSafetensors({ w: { shape: [2], values: Float32Array.of(1.5, -2) } }, { metadata: { by: 'us' } });
    expect(file).toEqual(handMade(padded, twoFloats));
  });

  test('what it writes is read back: every type, any shape and name, arrays that are views', () => {
    const tensor = fc.oneof(
      fc.float64Array({ maxLength: 6 }),
      fc.float32Array({ maxLength: 6 }),
      fc.int32Array({ maxLength: 6 }),
      fc.uint32Array({ maxLength: 6 }),
      fc.int16Array({ maxLength: 6 }),
      fc.uint16Array({ maxLength: 6 }),
      fc.int8Array({ maxLength: 6 }),
      fc.uint8Array({ maxLength: 6 }),
    );
    const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__metadata__' && text !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, tensor), fc.dictionary(name, fc.string()), (arrays, metadata) => {
        const named = Object.entries(arrays).map(([key, values]) => {
          const view = values.subarray(Math.min(1, values.length));
          return [key, { shape: [1, view.length], values: view }] as const;
        });
        const read = decodeSafetensors(encodeSafetensors(Object.fromEntries(named), { metadata }));
        expect(Object.keys(read.tensors).sort()).toEqual(named.map(([key]) => key).sort());
        for (const [key, { shape, values }] of named) {
          expect(read.tensors[key]?.values).toEqual(values.slice());
          expect(read.tensors[key]?.shape).toEqual(shape);
        }
        expect(read.metadata).toEqual({ ...metadata });
      }),
    );
  });

  test('every tensor begins at a multiple of its width', () => {
    const tensors = { a: Uint8Array.of(1), b: Float64Array.of(2), c: Int16Array.of(3), d: Float32Array.of(4) };
    const inputs = Object.entries(tensors).map(([name, values]) => [name, { shape: [1], values }]);
    const file = encodeSafetensors(Object.fromEntries(inputs));
    const length = new DataView(file.buffer).getUint32(0, true);
    const header = JSON.parse(Buffer.from(file.subarray(8, 8 + length)).toString());
    for (const [name, values] of Object.entries(tensors)) {
      expect((8 + length + header[name].data_offsets[0]) % values.BYTES_PER_ELEMENT).toBe(0);
    }
  });

  test.each([
    [
      'a shape of other size',
      { a: { shape: [3], values: new Float32Array(2) } },
      {},
      "tensor 'a' a shape of 2 numbers",
    ],
    [
      'an array without a type',
      { a: { shape: [1], values: new Uint8ClampedArray(1) } },
      {},
      "tensor 'a' values of F64",
    ],
    [
      'a tensor called __metadata__',
      { __metadata__: { shape: [0], values: new Int8Array(0) } },
      {},
      'not name a tensor',
    ],
  ])('refuses %s', (_, tensors, metadata, message) => {
    expect(() => encodeSafetensors(tensors, { metadata })).toThrow(message);
  });
});
