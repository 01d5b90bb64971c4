import { createHash } from 'node:crypto';
import { expect } from 'vitest';

type Numbers = Float32Array | Float64Array | Int32Array;

/** Holds lists of numbers to the bits of others, by digests: where they differ, to print all of them takes minutes. */
export function expectSameBits(found: readonly Numbers[], wanted: readonly Numbers[], which: string): void {
  expect(found.map(digest), which).toEqual(wanted.map(digest));
}

function digest(numbers: Numbers): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength).slice();
  return `${numbers.length} numbers, ${createHash('sha256').update(bytes).digest('hex')}`;
}
