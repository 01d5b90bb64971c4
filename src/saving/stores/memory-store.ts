import { refuse } from '../../internal/require.js';
import type { CheckpointStore } from './checkpoint-store.js';

/**
 * Keeps checkpoints in memory: for tests, and to go back within one process. They are gone with it.
 *
 * @returns An empty store.
 * @throws RangeError where it is opened, as trainers do, while another run has it open.
 * @example
 * const store = memoryStore();
 * await store.write('a', Uint8Array.of(1, 2));
 * await store.list(); // ['a']
 */
export function memoryStore(): CheckpointStore {
  const kept = new Map<string, Uint8Array>();
  let isOpen = false;
  return {
    list: async () => [...kept.keys()],
    read: async (name) => {
      const bytes = kept.get(name);
      if (!bytes) throw new Error(`nothing is kept under '${name}'`);
      return bytes.slice();
    },
    write: async (name, bytes) => {
      kept.set(name, bytes.slice());
    },
    remove: async (name) => {
      kept.delete(name);
    },
    open: async () => {
      if (isOpen) refuse('memoryStore', 'store', 'serve one run at a time', 'another run that has it open');
      isOpen = true;
      return () => {
        isOpen = false;
      };
    },
  };
}
