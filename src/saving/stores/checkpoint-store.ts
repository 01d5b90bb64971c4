import { refuse } from '../../internal/require.js';

/**
 * Where checkpoints are kept: named pieces of bytes. Write one of your own for any other place, such as a bucket or a server.
 *
 * @example
 * const kept = new Map<string, Uint8Array>();
 * const store: CheckpointStore = {
 *   list: async () => [...kept.keys()],
 *   read: async (name) => kept.get(name)!,
 *   write: async (name, bytes) => void kept.set(name, bytes),
 *   remove: async (name) => void kept.delete(name),
 * };
 */
export interface CheckpointStore {
  /** Names of all that is kept, in any order. */
  list(): Promise<readonly string[]>;
  /** What is kept under a name. */
  read(name: string): Promise<Uint8Array>;
  /** Keeps bytes under a name, whole or not at all; it resolves when they would outlive a crash. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Forgets a name; one that is not there is no fault. */
  remove(name: string): Promise<void>;
  /**
   * Takes the store for one run, and gives back how to leave it. Rejects where another run has it. A store without this is
   * not protected from two runs at once.
   */
  open?(): Promise<() => void | Promise<void>>;
}

/** Refuses what is no store. */
export function requireStore(where: string, name: string, store: unknown): asserts store is CheckpointStore {
  const members = (store ?? {}) as Record<string, unknown>;
  const isWhole = ['list', 'read', 'write', 'remove'].every((each) => typeof members[each] === 'function');
  if (!isWhole)
    refuse(where, name, 'be a store with `list`, `read`, `write` and `remove`, such as memoryStore()', store);
}
