import { engine, getKernel, type KernelBackend, matMul, setBackend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { prepareBackend } from '../../src/kernels/prepare-backend.js';
import { matMulReference } from './suites/references.js';
import { expectNear, numbers, numbersOf, valuesOf } from './suites/support.js';

test('the composed kernels stand in where the memory of the wasm backend cannot be reached', async () => {
  await setBackend('wasm');
  const { wasm } = engine().backend as KernelBackend & { wasm: { asm: Record<string, unknown> } };
  wasm.asm = Object.fromEntries(Object.entries(wasm.asm).filter(([name]) => name !== 'memory'));
  await prepareBackend();
  expect(getKernel('MinimartAdam', 'wasm')).toBeUndefined();
  expect(getKernel('UnsortedSegmentSum', 'wasm')).toBeDefined();
  const { values } = await valuesOf(() => matMul(numbersOf([4, 3], 1), numbersOf([4, 5], 2), true));
  expectNear(values, matMulReference(numbers(12, 1), numbers(20, 2), [3, 4, 5], { transposeA: true }));
});
