/** What this process has of the wasm kernels; the fields are missing until there is something to tell. */
export interface KernelState {
  /** How the compiled module adds products to sums. */
  products?: 'fused' | 'plain' | undefined;
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
