import { randomUUID } from 'node:crypto';
import { open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAbandoned, writerMark } from '../rating/writer-mark.js';

/** A temporary file's name: that of the file, the writer's mark, which was not always there, and a UUID. */
const temporaryName = /^(.*?)\.(?:([0-9a-f]+-[0-9]+)\.)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/s;

/**
 * Writes a file, whole or not at all, whoever else writes it at the same time: the bytes go to a new file beside it, which
 * takes its place once they are on the disk; then the folder is brought to the disk too. What earlier writers of the same
 * file left when they were killed is removed. Links are followed, and a file that is replaced keeps its permissions.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const present = await stat(target).catch(() => undefined);
  // A pipe or a device has no place that another file could take.
  if (present && !present.isFile() && !present.isDirectory()) return writeFile(target, content);
  const temporary = `${target}.${writerMark()}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      if (present?.isFile()) await file.chmod(present.mode & 0o777);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
  await removeLeftovers(dirname(target), (name) => name === basename(target));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and some file systems bring none to the disk: then the file's own has to do.
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync().catch(() => {});
  } finally {
    await handle?.close();
  }
}

/** Removes temporary files of writers who are no more, of the files that `isOwn` names. */
export async function removeLeftovers(folder: string, isOwn: (name: string) => boolean): Promise<void> {
  // The file is written: that a folder cannot be listed is no reason to say otherwise.
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, target, mark] = temporaryName.exec(name) ?? [];
    if (target === undefined || !isOwn(target)) continue;
    const path = join(folder, name);
    if (await isAbandoned(path, mark)) await rm(path, { force: true }).catch(() => {});
  }
}
