import { type Arena, openArena, plainArena, type WasmArena } from '../../host/arena.js';
import { type OpenPasses, plainPasses } from '../passes/sequence-passes.js';

/** Memory for networks, and what works in it. */
export interface SequenceHost {
  readonly arena: Arena;
  readonly openPasses: OpenPasses;
}

/** Memory of its own for `count` numbers, by the WebAssembly kernels where the host can run them. */
export async function openSequenceHost(count: number): Promise<SequenceHost> {
  const arena = await openArena(count, { threads: true });
  return arena ? wasmHost(arena) : { arena: plainArena(count), openPasses: plainPasses };
}

/** An arena in which kernels work. */
export async function wasmHost(arena: WasmArena): Promise<SequenceHost & { readonly arena: WasmArena }> {
  const { openWasmPasses } = await import('../passes/wasm-sequence-passes.js');
  return { arena, openPasses: await openWasmPasses(arena) };
}
