import { expect } from 'vitest';

// Numbers are compared one by one in vitest, at a microsecond each. Equal bytes are equal numbers; of others vitest tells.
expect.addEqualityTesters([
  (first: unknown, second: unknown) => (isNumbers(first) && isNumbers(second) && sameBytes(first, second)) || undefined,
]);

function isNumbers(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function sameBytes(first: Uint8Array, second: Uint8Array): boolean {
  if (first.constructor !== second.constructor || first.byteLength !== second.byteLength) return false;
  return Buffer.compare(bytesOf(first), bytesOf(second)) === 0;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
