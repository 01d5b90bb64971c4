import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';

/**
 * CRC-32 of tensors, their names and shapes included, as 8 hexadecimal digits: finds damage by accident, not by intent.
 *
 * @see Peterson and Brown, "Cyclic Codes for Error Detection" (1961)
 */
export function checksum(tensors: Readonly<Record<string, SafetensorInput>>): string {
  const table = remainders();
  let rest = 0xffffffff;
  const add = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; at += 1) rest = table[(rest ^ bytes[at]!) & 0xff]! ^ (rest >>> 8);
  };
  for (const name of Object.keys(tensors).sort()) {
    const { shape, values } = tensors[name]!;
    add(new TextEncoder().encode(JSON.stringify([name, values.constructor.name, shape])));
    add(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
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
