import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { engine, memory, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { registerComposedKernels } from '../../../src/kernels/composed/register.js';
import { prepareBackend } from '../../../src/kernels/prepare-backend.js';
import { hasMemory } from '../../../src/kernels/wasm/module/wasm-memory.js';

/** Which kernels a suite looks at; the composed ones stand in where the wasm module cannot run. */
export type Variant = 'cpu' | 'wasm' | 'composed';

/** Makes a backend the active one, with the variant's kernels in it. One test file can start one wasm variant. */
export async function startOn(variant: Variant): Promise<void> {
  expect(await setBackend(variant === 'cpu' ? 'cpu' : 'wasm')).toBe(true);
  if (variant === 'composed') registerComposedKernels();
  else await prepareBackend();
  if (variant !== 'cpu') poisonNewMemory();
}

/** Fills whatever the wasm backend allocates with NaN, so that an element that a kernel leaves out shows. */
function poisonNewMemory(): void {
  const backend = wasmBackend();
  const allocate = backend.wasm._malloc;
  backend.wasm._malloc = (bytes) => {
    const place = allocate(bytes) >>> 0;
    new Uint8Array(backend.wasm.asm.memory.buffer, place, bytes).fill(0xff);
    return place;
  };
}

/** The active backend, which must be wasm with memory that can be reached. */
export function wasmBackend() {
  const { backend } = engine();
  if (!hasMemory(backend)) throw new Error('the active backend is not wasm');
  return backend;
}

/** Numbers in [-1, 1) that depend on the seed alone (a linear congruential generator). */
export function numbers(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** A tensor of such numbers. */
export function numbersOf(shape: number[], seed: number): Tensor {
  return tensor(numbers(sizeOf(shape), seed), shape);
}

export function sizeOf(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Runs `compute` and reads its result, leaving no tensor behind; fails if a kernel did. */
export async function valuesOf(compute: () => Tensor): Promise<{ shape: number[]; values: Float32Array }> {
  const before = countsNow();
  const result = tidy(compute);
  const values = Float32Array.from(await result.data());
  const { shape } = result;
  result.dispose();
  expect(countsNow()).toEqual(before);
  return { shape, values };
}

/** What tfjs and the backend hold: a kernel that forgets an intermediate shows only in the second. */
export function countsNow(): { tensors: number; buffers: number; data: number } {
  const { numTensors, numDataBuffers } = memory();
  return { tensors: numTensors, buffers: numDataBuffers, data: engine().backend.numDataIds() };
}

/** Compares with a tolerance relative to the largest expected value. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1e-6, ...Array.from(expected, Math.abs));
  for (let index = 0; index < expected.length; index += 1) {
    const distance = Math.abs(actual[index]! - expected[index]!) / scale;
    if (!(distance <= tolerance)) {
      expect.fail(`element ${index} is ${actual[index]}, expected ${expected[index]} (largest magnitude ${scale})`);
    }
  }
}
