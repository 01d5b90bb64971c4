import { type BackendOptions, useBackend, wasmKernels } from 'minimart';
import { enableFusedProducts } from 'minimart/node';

/** How a program of ours is started: as it comes, with fused products and all cores, or with less. */
export interface StartRequest extends BackendOptions {
  readonly backend: string;
  /** Products that multiply and add in two instructions, as Node 20 has them by itself. */
  readonly plain?: boolean;
}

/** Starts a backend as a fast program does. Returns what runs, for the facts above the tables. */
export async function startOurs({ backend, plain, threads }: StartRequest): Promise<Readonly<Record<string, string>>> {
  if (!plain) enableFusedProducts();
  await useBackend(backend, threads === undefined ? {} : { threads });
  const kernels = wasmKernels();
  return backend === 'wasm' && threads === undefined && kernels
    ? { 'wasm kernels:': `${kernels.products} products, ${kernels.threads} threads` }
    : {};
}
