import { useBackend, wasmKernels } from 'minimart';
import { enableFusedProducts } from 'minimart/node';

/** Starts a backend as a fast program does, with fused products. Returns what runs, for the facts above the tables. */
export async function startOurs(backend: string): Promise<Readonly<Record<string, string>>> {
  enableFusedProducts();
  await useBackend(backend);
  return { 'wasm kernels:': `${wasmKernels()?.products ?? 'no'} products` };
}
