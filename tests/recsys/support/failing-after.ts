import type { CheckpointStore } from 'minimart';

/** A store that fails at the checkpoint after a step. */
export function failingAfter(store: CheckpointStore, stop: number): CheckpointStore {
  return {
    ...store,
    write: async (name: string, bytes: Uint8Array) => {
      if (Number(name.slice(-12)) > stop) throw new Error('stop');
      await store.write(name, bytes);
    },
  };
}
