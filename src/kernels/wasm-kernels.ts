import { kernelState } from './kernel-state.js';

/** What runs of the wasm kernels in this process. */
export interface WasmKernels {
  /**
   * `'fused'` where a product and the sum that it is added to are rounded once, in one instruction, `'plain'` where twice: fused
   * products are faster, and their last bit differs.
   */
  readonly products: 'fused' | 'plain';
  /** On how many threads large kernels work, the caller's own included: 1 where no others could be had. */
  readonly threads: number;
}

/**
 * Tells which variant of the wasm kernels runs in this process, and on how many threads. Results that are compared to the last bit
 * need the same variant; the number of threads changes no bit.
 *
 * Kernels are loaded by `useBackend('wasm')`, and by the first trainer that works with them on the host. Browsers and Node from 22
 * on have fused products by themselves, Node 20 after `enableFusedProducts` of `minimart/node`.
 *
 * @returns `undefined` before the kernels are loaded, and where the host cannot run them.
 * @example
 * await useBackend('wasm', { threads: 1 });
 * ['fused', 'plain'].includes(wasmKernels()?.products ?? 'none'); // true
 * wasmKernels()?.threads; // 1
 */
export function wasmKernels(): WasmKernels | undefined {
  const { products, pool } = kernelState();
  return products && { products, threads: pool?.threads ?? 1 };
}
