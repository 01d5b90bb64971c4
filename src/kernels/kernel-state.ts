import type { ThreadPool } from './threads/thread-pool.js';
import type { WasmMemoryBackend } from './wasm/module/wasm-memory.js';

/** How many threads a pool may have, the caller's own included: more than any machine that this was tried on has; every one takes memory. */
export const mostThreads = 32;

/** What this process has of the wasm kernels; the fields are missing until there is something to tell. */
export interface KernelState {
  /** How the compiled module adds products to sums. */
  products?: 'fused' | 'plain' | undefined;
  /** The threads that kernels are split over; missing where they run on one. */
  pool?: ThreadPool | undefined;
  /** Gives the threads of the pool the kernels that are registered for the wasm backend. */
  shareKernels?: (backend: WasmMemoryBackend) => Promise<void>;
  /** Gives them the routines of `hostRoutines`, where their memory is shared. */
  shareHost?: () => Promise<void>;
}

/**
 * The state of the kernels of this process, one for all copies of this package in it (ESM and CommonJS): what one copy has
 * compiled or started, another must not start again.
 */
export function kernelState(): KernelState {
  const holder = globalThis as { [mark: symbol]: KernelState | undefined };
  const mark = Symbol.for('minimart.kernels');
  const state = holder[mark] ?? {};
  holder[mark] = state;
  return state;
}
