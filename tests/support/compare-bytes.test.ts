import { expect, test } from 'vitest';

const numbers = Float64Array.from({ length: 100 }, (_, index) => Math.sin(index));

test('arrays of the same numbers are equal, those of others are not', () => {
  expect({ deep: [numbers.slice()] }).toEqual({ deep: [numbers] });
  const other = numbers.slice();
  other[99] = 2;
  expect(other).not.toEqual(numbers);
  expect(() => expect({ other }).toEqual({ other: numbers })).toThrow('to deeply equal');
  expect(numbers.slice(1)).not.toEqual(numbers);
});

test('a view of some bytes is what those bytes are', () => {
  expect(numbers.subarray(3, 5)).toEqual(numbers.slice(3, 5));
  expect(numbers.subarray(3, 5)).not.toEqual(numbers.slice(4, 6));
});

test('the same bytes of other kinds are not equal', () => {
  const bytes = new Uint8Array(numbers.buffer);
  expect(bytes).not.toEqual(new Int8Array(numbers.buffer));
  expect(Float32Array.of(1)).not.toEqual(new Float64Array([1]));
});

test('what has equal values but other bytes is left to vitest', () => {
  expect(() => expect(Float32Array.of(0)).toEqual(Float32Array.of(-0))).toThrow();
  expect(Float32Array.of(Number.NaN)).toEqual(Float32Array.of(Number.NaN));
});
