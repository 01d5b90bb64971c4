import type { NumericArray } from '../../data/array-data.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { createPause } from '../../internal/pause.js';

/** Bytes added from one pause to the next. */
const atOnce = 2 ** 20;

/** CRC-32 of bytes that come one after another. */
export interface Crc {
  add(bytes: Uint8Array): Promise<void>;
  /** As 8 hexadecimal digits. */
  digits(): string;
}

/**
 * Makes one that lets the event loop turn.
 *
 * @see Peterson and Brown, "Cyclic Codes for Error Detection" (1961)
 */
export function createCrc(): Crc {
  const table = remainders();
  const pause = createPause();
  let rest = 0xffffffff;
  return {
    add: async (bytes) => {
      for (let start = 0; start < bytes.length; start += atOnce) {
        const end = Math.min(start + atOnce, bytes.length);
        for (let at = start; at < end; at += 1) rest = table[(rest ^ bytes[at]!) & 0xff]! ^ (rest >>> 8);
        await pause();
      }
    },
    digits: () => (~rest >>> 0).toString(16).padStart(8, '0'),
  };
}

/** CRC-32 of tensors, their names and shapes included: finds damage by accident, not by intent. */
export async function checksum(tensors: Readonly<Record<string, SafetensorInput>>): Promise<string> {
  const crc = createCrc();
  for (const name of Object.keys(tensors).sort()) {
    const { shape, values } = tensors[name]!;
    await crc.add(new TextEncoder().encode(JSON.stringify([name, values.constructor.name, shape])));
    await crc.add(bytesOf(values));
  }
  return crc.digits();
}

/** The memory of an array of numbers. */
export function bytesOf(values: NumericArray): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function remainders(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
}
