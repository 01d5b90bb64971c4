import { gzipSync } from 'node:zlib';
import { decodeIdx, decodeSafetensors, encodeSafetensors } from 'minimart';
import { readIdx } from 'minimart/node';
import { bytesKind, type FuzzKind } from './kind.js';
import { mutateBytes, mutateJson } from './mutate.js';
import type { Scratch } from './scratch.js';

/** Numbers in bytes. */
export function byteKinds(scratch: Scratch): FuzzKind[] {
  const idx = Uint8Array.of(0, 0, 11, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
  const tensors = encodeSafetensors(
    { a: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) } },
    { metadata: { made: 'here' } },
  );
  const header = new TextDecoder().decode(tensors.subarray(8, tensors.length - 16));
  const withHeader = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const file = new Uint8Array(8 + bytes.length + 16);
    new DataView(file.buffer).setUint32(0, bytes.length, true);
    file.set(bytes, 8);
    return file;
  };
  const zipped = new Uint8Array(gzipSync(idx));
  return [
    bytesKind('IDX', ['decodeIdx'], (rng) => mutateBytes(idx, rng), decodeIdx),
    bytesKind(
      'IDX file',
      ['readIdx'],
      (rng) => (rng.integer(2) === 0 ? mutateBytes(zipped, rng) : gzipSync(mutateBytes(idx, rng))),
      async (bytes) => readIdx(await scratch.write(bytes)),
    ),
    bytesKind(
      'safetensors',
      ['decodeSafetensors'],
      (rng) => (rng.integer(2) === 0 ? mutateBytes(tensors, rng) : withHeader(mutateJson(header, rng))),
      decodeSafetensors,
    ),
  ];
}
