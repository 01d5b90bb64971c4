import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Compares shape, then every number, with a tolerance relative to the largest of them. */
export async function expectClose(actual: Tensor, expected: ArrayLike<number>, shape: number[], tolerance = 1e-5) {
  expect(actual.shape).toEqual(shape);
  const values = await actual.data();
  expect(values.length).toBe(expected.length);
  const scale = Math.max(1e-12, ...Array.from(expected, Math.abs));
  Array.from(expected).forEach((value, index) => {
    expect(Math.abs(values[index]! - value) / scale, `element ${index}: ${values[index]} for ${value}`).toBeLessThan(
      tolerance,
    );
  });
}

/** The number in a scalar, which is disposed. */
export async function numberIn(scalar: Tensor): Promise<number> {
  const [value] = await scalar.data();
  scalar.dispose();
  return value!;
}
