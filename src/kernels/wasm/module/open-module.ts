import { kernelState } from '../../kernel-state.js';
import { shareWithThreads } from '../../threads/split-work.js';
import { decodeModule } from './decode-module.js';
import { shareMemory } from './share-memory.js';

const PAGE = 65_536;
/** Beyond this a wasm memory, which ends at 4 GB, is not tried. */
const MOST_BYTES = 3 * 2 ** 30;

/** The routines of a module, and the memory in which they alone work. */
export interface OpenModule<Routines> {
  readonly memory: WebAssembly.Memory;
  readonly routines: Routines;
}

/**
 * Opens one of our modules in a memory of `bytes`, which does not grow. Where a pool of threads runs, the memory is shared and
 * `splitWork` has the threads, until `releaseThreads`.
 *
 * @param text - The module, as the files hold it that `npm run build:kernels` makes.
 * @returns `undefined` where the host cannot run it or has no such memory.
 */
export async function openModule<Routines extends object>(
  text: string,
  bytes: number,
): Promise<OpenModule<Routines> | undefined> {
  if (typeof WebAssembly === 'undefined' || bytes > MOST_BYTES) return undefined;
  const shared = kernelState().pool !== undefined;
  try {
    const binary = await decodeModule(text);
    const compiled = await WebAssembly.compile((shared ? shareMemory(binary) : undefined) ?? binary);
    const pages = Math.ceil(bytes / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    const routines = exports as WebAssembly.Exports & Routines;
    if (shared) await shareWithThreads(routines, compiled, memory);
    return { memory, routines };
  } catch (error) {
    // Without SIMD, or where a page forbids compiling, or where memory is short.
    if (error instanceof RangeError || error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
