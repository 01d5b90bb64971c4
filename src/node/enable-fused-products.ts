import { setFlagsFromString } from 'node:v8';
import { kernelState } from '../kernels/kernel-state.js';
import { hasFusedProducts } from '../kernels/wasm/module/fuse-products.js';

/**
 * Lets the wasm kernels multiply and add in one instruction on Node 20, which has it behind a flag of V8.
 *
 * Call it before anything loads the kernels, `useBackend` and trainers included. It sets `--experimental-wasm-relaxed-simd`
 * for the whole process. Node 22 and later have the instruction by themselves, and there this does nothing. A product and the sum
 * that it is added to are then rounded once, so that results differ from those of plain products in the last bit: `wasmKernels()`
 * says which of both run.
 *
 * @returns `'fused'`, or `'plain'` where the host has no such instruction, whatever it is told.
 * @throws Error when plain kernels have been compiled already, which this can change no more.
 * @example
 * enableFusedProducts(); // 'fused'
 * await useBackend('wasm');
 * wasmKernels()?.products; // 'fused'
 */
export function enableFusedProducts(): 'fused' | 'plain' {
  const { products } = kernelState();
  const can = hasFusedProducts() || setFlag();
  if (can && products === 'plain') {
    throw new Error(
      "enableFusedProducts: it must be called before the wasm kernels are compiled, received kernels with 'plain' products. " +
        'Call it at the start of the program, before useBackend and before any trainer.',
    );
  }
  return can ? 'fused' : 'plain';
}

function setFlag(): boolean {
  try {
    setFlagsFromString('--experimental-wasm-relaxed-simd');
  } catch {
    // Hosts that are like Node and have no V8.
  }
  return hasFusedProducts();
}
