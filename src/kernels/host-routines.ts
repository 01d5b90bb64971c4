import { kernelState } from './kernel-state.js';
import { shareWithThreads } from './threads/split-work.js';
import type { KernelRoutines } from './wasm/module/kernel-routines.js';
import { isShared } from './wasm/module/wasm-memory.js';

/** The wasm routines in a memory of their own, for work on numbers of the host that no tensor holds. */
export interface HostRoutines {
  readonly memory: WebAssembly.Memory;
  readonly routines: KernelRoutines;
}

let loading: Promise<HostRoutines | undefined> | undefined;

/**
 * Loads the wasm routines, once for the process, in a memory that belongs to minimart alone, on the threads that run.
 *
 * @returns `undefined` where the host cannot run them.
 */
export function hostRoutines(): Promise<HostRoutines | undefined> {
  loading ??= loadHost();
  return loading;
}

// A pool that starts later gets them as well, if the memory is one that threads can share.
async function loadHost(): Promise<HostRoutines | undefined> {
  const host = await ownRoutines(16, { threads: true });
  if (host && isShared(host.memory)) {
    kernelState().shareHost = async () => {
      const { compileModule } = await import('./wasm/module/kernel-module.js');
      await shareWithThreads(host.routines, await compileModule({ shared: true }), host.memory);
    };
  }
  return host;
}

/**
 * Loads the wasm routines in a new memory of `pages` of 64 kB; with `threads`, for `splitWork` on the threads that run, until
 * `releaseThreads`.
 *
 * @returns `undefined` where the host cannot run them or has no such memory.
 */
export async function ownRoutines(
  pages: number,
  options: { readonly threads?: boolean } = {},
): Promise<HostRoutines | undefined> {
  if (typeof WebAssembly === 'undefined') return undefined;
  try {
    const { createOwnRoutines } = await import('./wasm/module/kernel-module.js');
    return await createOwnRoutines(pages, options);
  } catch (error) {
    // Without SIMD, or where a page forbids compiling, or where memory is short.
    if (error instanceof RangeError) return undefined;
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return undefined;
    throw error;
  }
}
