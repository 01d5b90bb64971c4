import '../../support/backends.js';
import { matMul, tensor2d } from '@tensorflow/tfjs-core';
import { useBackend, wasmKernels } from 'minimart/gan';
import { enableFusedProducts } from 'minimart/node';
import { expect, test } from 'vitest';

test('kernels that are compiled after the call round a product and its sum once', async () => {
  expect(wasmKernels()).toBeUndefined();
  expect(enableFusedProducts()).toBe('fused');
  expect(wasmKernels()).toBeUndefined();
  await useBackend('wasm');
  expect(wasmKernels()?.products).toBe('fused');
  // x * x - 1, x = 1 + 2^-12: of the square, 1 + 2^-11 + 2^-24, floats hold all but the last term.
  const x = 1 + 2 ** -12;
  const [product] = await matMul(tensor2d([[1, x]]), tensor2d([[-1], [x]])).data();
  expect(product).toBe(2 ** -11 + 2 ** -24);
  expect(enableFusedProducts()).toBe('fused');
});
