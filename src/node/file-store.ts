import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../internal/require.js';
import type { CheckpointStore } from '../saving/stores/checkpoint-store.js';
import { atFolder } from './files/at-folder.js';
import { requirePath } from './files/require-path.js';
import { removeLeftovers, writeWhole } from './files/write-file.js';
import { lockName, takeFolder } from './folder-lock.js';

const ending = '.safetensors';

/**
 * Keeps checkpoints as files of a folder, `checkpoint-000000001200.safetensors` and so on, which other languages read too.
 *
 * Each is written whole or not at all: to a file beside it, which takes its place once it is on the disk, and then the folder
 * is brought to the disk. A run that is killed at any moment leaves the one before. One run at a time may have the folder; the
 * lock of one that was killed is taken over.
 *
 * @param folder - Is made where there is none. Other files in it stay.
 * @returns The store.
 * @throws RangeError when `folder` is no path; where it is used, RangeError when another run has it, and Error when it cannot be
 *   read or written, whose `cause` is what the system said.
 * @example
 * const store = fileStore('runs/garments');
 * await trainGan({ generator, discriminator, data: images, steps: 4, checkpoint: { store, everySteps: 2 } });
 * await store.list(); // ['checkpoint-000000000002', 'checkpoint-000000000004']
 */
export function fileStore(folder: string | URL): CheckpointStore {
  const path = requirePath('fileStore', 'folder', folder);
  const pathOf = (name: string) => {
    // A name is never a path, whoever made it up.
    if (!/^[\w-]+$/.test(name)) refuse('fileStore', 'name', "hold letters, digits, '_' and '-' only", name);
    return join(path, `${name}${ending}`);
  };
  return {
    list: async () => {
      const names = await atFolder('fileStore', path, () => readdir(path).catch(emptyWhereGone));
      return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    },
    read: (name) => {
      const file = pathOf(name);
      return atFolder('fileStore', path, () => readFile(file));
    },
    write: (name, bytes) => writeWhole(pathOf(name), bytes),
    remove: (name) => rm(pathOf(name), { force: true }),
    open: () =>
      atFolder('fileStore', path, async () => {
        await mkdir(path, { recursive: true });
        const leave = await takeFolder('fileStore', path);
        await removeLeftovers(path, (name) => name.startsWith('checkpoint-') || name === lockName);
        return leave;
      }),
  };
}

function emptyWhereGone(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
