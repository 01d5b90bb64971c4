import { kernelState } from '../../kernel-state.js';
import { decodeBase64 } from './decode-base64.js';
import { fuseProducts } from './fuse-products.js';
import type { KernelRoutines } from './kernel-routines.js';
import { moduleBytes } from './module-bytes.js';
import type { WasmMemoryBackend } from './wasm-memory.js';

/** Finds the routines that run in a backend's memory. */
export type RoutinesOf = (backend: WasmMemoryBackend) => KernelRoutines;

/**
 * Compiles the kernels and gives a function that finds those bound to a backend's memory.
 *
 * The look-up instantiates where it must: tfjs may drop its backend and make another under the same name.
 */
export async function compileRoutines(): Promise<RoutinesOf> {
  const compiled = await compileModule();
  const bound = new WeakMap<WebAssembly.Memory, KernelRoutines>();
  return (backend) => {
    const { memory } = backend.wasm.asm;
    const present = bound.get(memory);
    if (present !== undefined) return present;
    const routines = bindRoutines(compiled, memory);
    bound.set(memory, routines);
    return routines;
  };
}

/** The routines in a memory of their own, of `pages` of 64 kB at first, which the caller may grow. */
export async function createOwnRoutines(
  pages: number,
): Promise<{ memory: WebAssembly.Memory; routines: KernelRoutines }> {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536 });
  return { memory, routines: bindRoutines(await compileModule(), memory) };
}

let compiledModule: Promise<WebAssembly.Module> | undefined;

/** Compiles the kernels, once for the process, with fused products where the host has them. */
export function compileModule(): Promise<WebAssembly.Module> {
  compiledModule ??= compile();
  return compiledModule;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = decodeBase64(moduleBytes);
  const fused = fuseProducts(bytes);
  const isFused = WebAssembly.validate(fused);
  // Noted before it is compiled: from here on it is too late to enable fused products.
  kernelState().products = isFused ? 'fused' : 'plain';
  try {
    return await WebAssembly.compile(isFused ? fused : bytes);
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
