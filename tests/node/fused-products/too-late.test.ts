import '../../support/backends.js';
import { matMul, tensor2d } from '@tensorflow/tfjs-core';
import { useBackend, wasmKernels } from 'minimart/gan';
import { enableFusedProducts } from 'minimart/node';
import { expect, test } from 'vitest';
import { hasFusedProducts } from '../../../src/kernels/wasm/module/fuse-products.js';

// Node from 22 on, and a run that was started with the flag, fuse products anyway.
test.skipIf(hasFusedProducts())('says that the kernels are compiled already, with plain products', async () => {
  await useBackend('wasm');
  expect(wasmKernels()?.products).toBe('plain');
  expect(() => enableFusedProducts()).toThrow(
    "enableFusedProducts: it must be called before the wasm kernels are compiled, received kernels with 'plain' products.",
  );
  expect(wasmKernels()?.products).toBe('plain');
  const x = 1 + 2 ** -12;
  const [product] = await matMul(tensor2d([[1, x]]), tensor2d([[-1], [x]])).data();
  expect(product).toBe(2 ** -11);
});
