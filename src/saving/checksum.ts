import type { SafetensorInput } from '../data/safetensors/encode-safetensors.js';
import { createPause } from '../internal/pause.js';

/** Bytes added from one pause to the next. */
const atOnce = 2 ** 20;

/**
 * CRC-32 of tensors, their names and shapes included, as 8 hexadecimal digits: finds damage by accident, not by intent.
 *
 * @see Peterson and Brown, "Cyclic Codes for Error Detection" (1961)
 */
export async function checksum(tensors: Readonly<Record<string, SafetensorInput>>): Promise<string> {
  const table = remainders();
  const pause = createPause();
  let rest = 0xffffffff;
  const add = async (bytes: Uint8Array): Promise<void> => {
    for (let start = 0; start < bytes.length; start += atOnce) {
      const end = Math.min(start + atOnce, bytes.length);
      for (let at = start; at < end; at += 1) rest = table[(rest ^ bytes[at]!) & 0xff]! ^ (rest >>> 8);
      await pause();
    }
  };
  for (const name of Object.keys(tensors).sort()) {
    const { shape, values } = tensors[name]!;
    await add(new TextEncoder().encode(JSON.stringify([name, values.constructor.name, shape])));
    await add(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return (~rest >>> 0).toString(16).padStart(8, '0');
}

function remainders(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
}
