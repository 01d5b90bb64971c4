import type { AgentParts } from './agent-parts.js';

/** Moves an agent's networks to the WebAssembly kernels, which are loaded on demand, where the host has SIMD. */
export async function useFastRoutines({ brain, progress }: AgentParts): Promise<void> {
  const { compileWasmRoutines } = await import('../../kernels/dense/wasm-routines.js');
  const makeRoutines = await compileWasmRoutines();
  if (makeRoutines && !progress.isFast) brain.moveTo(makeRoutines);
  progress.isFast = true;
}
