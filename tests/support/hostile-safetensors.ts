/** A file by the letter of the format, written without the encoder. */
export function handMade(header: unknown, body: Uint8Array = new Uint8Array(0), length?: number): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const encoded = Buffer.from(text, 'utf8');
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(length ?? encoded.length));
  return Uint8Array.from(Buffer.concat([start, encoded, body]));
}

/** Two numbers of float32. */
export const twoFloats = Uint8Array.of(0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0); // 1.5 and -2, little-endian
/** The header of these two, with changes. */
export const entry = (changes: object = {}) => ({ dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes });

/** Files that do not keep to the safetensors format: what is wrong, the bytes, and what a refusal says of it. */
export function hostileFiles(): [name: string, file: Uint8Array, message: string][] {
  const one = JSON.stringify(entry());
  return [
    ['an empty file', new Uint8Array(0), 'hold a header length'],
    ['a header longer than the file', handMade({}, twoFloats, 11), 'header of at most 10 bytes, received 11'],
    ['a header of 2^60 bytes', handMade({}, twoFloats, 2 ** 60), 'header of at most'],
    ['a header that is no JSON', handMade('{"a":'), 'header in JSON'],
    ['a header that is no UTF-8', handMade({}, Uint8Array.of(0xff, 0xfe), 4), 'header in JSON'],
    ['a list for a header', handMade('[]'), 'JSON object for a header'],
    ['an unknown type', handMade({ a: entry({ dtype: 'Q4' }) }, twoFloats), "tensor 'a' a type of F64"],
    ['a type named like a method', handMade({ a: entry({ dtype: 'toString' }) }, twoFloats), "tensor 'a' a type of"],
    ['no shape', handMade({ a: entry({ shape: undefined }) }, twoFloats), "tensor 'a' a shape"],
    ['a negative size', handMade({ a: entry({ shape: [-2, -1] }) }, twoFloats), "tensor 'a' a shape"],
    ['a broken size', handMade({ a: entry({ shape: [0.5, 4] }) }, twoFloats), "tensor 'a' a shape"],
    ['three offsets', handMade({ a: entry({ data_offsets: [0, 8, 8] }) }, twoFloats), 'data_offsets'],
    ['a shape that does not fit', handMade({ a: entry({ shape: [3] }) }, twoFloats), '12 bytes, received 8'],
    ['sizes beyond all memory', handMade({ a: entry({ shape: [2 ** 50, 2 ** 50] }) }, twoFloats), 'bytes, received 8'],
    ['a tensor beyond the end', handMade({ a: entry() }, twoFloats.subarray(4)), 'hold 8 bytes of tensors'],
    ['bytes that no tensor uses', handMade({ a: entry() }, Uint8Array.of(...twoFloats, 1)), 'hold 8 bytes of tensors'],
    ['a gap', handMade({ a: entry({ data_offsets: [1, 9] }) }, Uint8Array.of(0, ...twoFloats)), 'begin where'],
    ['an overlap', handMade({ a: entry(), b: entry() }, twoFloats), "tensor 'b' begin where the one before ends, 8"],
    ['an entry that is null', handMade({ a: null }), "tensor 'a' a type"],
    ['a tensor named twice', handMade(`{"a":${one},"a":${one}}`, twoFloats), "once, received 'a' (string)"],
    ['the same in another spelling', handMade(`{"a":${one},"\\u0061" :${one}}`, twoFloats), "once, received 'a'"],
    ['an entry with two types', handMade('{"a":{"dtype":"F64","dtype":"F32"}}'), "once, received 'dtype'"],
    ['metadata named twice', handMade('{"__metadata__":{"x":"1","x":"2"}}'), "once, received 'x'"],
    ['nested lists', handMade(`{"a":{"shape":${'['.repeat(1e5)}`), 'one that is nested deeper'],
    ['too many axes', handMade({ a: entry({ shape: Array(33).fill(1) }) }), 'shapes of at most 32 axes'],
    [
      'sizes that are no number',
      handMade({ a: entry({ shape: [2 ** 53 - 1, 2 ** 53 - 1, 0] }) }),
      '0 bytes, received 8',
    ],
    ['metadata that are no texts', handMade({ __metadata__: { a: 1 } }), 'metadata that are texts'],
    [
      'a product of sizes that 32 and 64 bits lose',
      handMade({ a: entry({ shape: [2 ** 32, 2 ** 32, 4] }) }, twoFloats),
      'bytes, received 8',
    ],
    ['sizes in texts', handMade({ a: entry({ shape: ['2'] }) }, twoFloats), "tensor 'a' a shape"],
    ['offsets that fall', handMade({ a: entry({ data_offsets: [8, 0] }) }, twoFloats), 'bytes, received -8'],
    ['offsets in fractions', handMade({ a: entry({ data_offsets: [0.5, 8.5] }) }, twoFloats), 'data_offsets'],
    ['an entry called constructor that is none', handMade('{"constructor":[]}'), "tensor 'constructor' a type"],
    ['an entry called __proto__ that is none', handMade('{"__proto__":{"dtype":"F32"}}'), "tensor '__proto__' a shape"],
    ['metadata that are a list', handMade({ __metadata__: ['a'] }), 'metadata that are texts'],
    ['a type of other width', handMade({ a: entry({ dtype: 'F64' }) }, twoFloats), '16 bytes, received 8'],
    ['a tensor of half a number', handMade({ a: entry({ data_offsets: [0, 7] }) }, twoFloats), '8 bytes, received 7'],
  ];
}
