import { refuse } from '../../internal/require.js';

/** Checks what a user's own program, or a mistaken argument, may pass for interactions. */
export function requireInteractions(where: string, interactions: unknown, argument = 'interactions'): void {
  const { itemIndices, offsets } = (interactions ?? {}) as { itemIndices?: unknown; offsets?: unknown };
  if (!(itemIndices instanceof Int32Array && offsets instanceof Uint32Array)) {
    refuse(where, argument, 'be Interactions, such as createInteractions() makes', interactions);
  }
}
