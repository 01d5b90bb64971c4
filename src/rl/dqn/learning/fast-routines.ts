import { openArena } from '../../../nn/host/arena.js';
import type { AgentParts } from '../agent/agent-parts.js';

/** Moves an agent's networks to the WebAssembly kernels, which are loaded on demand, where the host has SIMD. */
export async function useFastRoutines({ brain, progress }: AgentParts): Promise<void> {
  const arena = await openArena(brain.room.length, { widest: brain.room.widest });
  if (arena && !progress.isFast) brain.moveTo(arena);
  progress.isFast = true;
}
