import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One file, written anew for each case, for readers of files. */
export interface Scratch {
  /** Its path, with these bytes in it. */
  write(bytes: Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a folder for it. */
export async function createScratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'minimart-fuzz-'));
  const path = join(folder, 'file');
  return {
    write: async (bytes) => {
      await writeFile(path, bytes);
      return path;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
