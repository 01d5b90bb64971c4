import { kernelState } from '../../kernel-state.js';
import { shareWithThreads } from '../../threads/split-work.js';
import { decodeModule } from './decode-module.js';
import { fuseProducts, hasFusedProducts } from './fuse-products.js';
import type { KernelRoutines } from './kernel-routines.js';
import { moduleBytes } from './module-bytes.js';
import { shareMemory } from './share-memory.js';
import { isShared, type WasmMemoryBackend } from './wasm-memory.js';

/** Finds the routines that run in a backend's memory. */
export type RoutinesOf = (backend: WasmMemoryBackend) => KernelRoutines;

/**
 * Compiles the kernels and gives a function that finds those bound to a backend's memory.
 *
 * The look-up instantiates where it must: tfjs may drop its backend and make another under the same name.
 */
export async function compileRoutines(): Promise<RoutinesOf> {
  const [unshared, shared] = await Promise.all([compileModule(), compileModule({ shared: true })]);
  const bound = new WeakMap<WebAssembly.Memory, KernelRoutines>();
  const routinesOf = (backend: WasmMemoryBackend) => {
    const { memory } = backend.wasm.asm;
    const present = bound.get(memory);
    if (present !== undefined) return present;
    const routines = bindRoutines(isShared(memory) ? shared : unshared, memory);
    bound.set(memory, routines);
    return routines;
  };
  kernelState().shareKernels = async (backend) => {
    const { memory } = backend.wasm.asm;
    if (isShared(memory)) await shareWithThreads(routinesOf(backend), shared, memory);
  };
  return routinesOf;
}

/**
 * The routines in a memory of their own, of `pages` of 64 kB at first, which the caller may grow.
 *
 * With `threads`, `splitWork` has the threads of the pool for them, where one runs; who is done calls `releaseThreads`, or the threads
 * keep the memory.
 */
export async function createOwnRoutines(
  pages: number,
  { threads = false }: { readonly threads?: boolean } = {},
): Promise<{ memory: WebAssembly.Memory; routines: KernelRoutines }> {
  const shared = threads && kernelState().pool !== undefined;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared });
  const compiled = await compileModule({ shared });
  const routines = bindRoutines(compiled, memory);
  if (shared) await shareWithThreads(routines, compiled, memory);
  return { memory, routines };
}

let compiledUnshared: Promise<WebAssembly.Module> | undefined;
let compiledShared: Promise<WebAssembly.Module> | undefined;

/** Compiles the kernels, once for the process, with fused products where the host has them; for a shared memory or another. */
export function compileModule({ shared = false } = {}): Promise<WebAssembly.Module> {
  if (shared) compiledShared ??= compile((bytes) => shareMemory(bytes) ?? bytes);
  else compiledUnshared ??= compile((bytes) => bytes);
  return (shared ? compiledShared : compiledUnshared) as Promise<WebAssembly.Module>;
}

async function compile(
  adapt: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<WebAssembly.Module> {
  // Noted before it is compiled: from here on it is too late to enable fused products.
  const products = hasFusedProducts() ? 'fused' : 'plain';
  kernelState().products = products;
  try {
    const bytes = await decodeModule(moduleBytes);
    return await WebAssembly.compile(adapt(products === 'fused' ? fuseProducts(bytes) : bytes));
  } catch (error) {
    kernelState().products = undefined;
    throw error;
  }
}

/** The routines in a memory: tfjs's, or one of our own. */
export function bindRoutines(compiled: WebAssembly.Module, memory: WebAssembly.Memory): KernelRoutines {
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as WebAssembly.Exports & KernelRoutines;
}
