import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../internal/require.js';
import { isEnded, writerMark } from './rating/writer-mark.js';

/** The file that says which process has a folder. */
export const lockName = 'run.lock';

/**
 * Takes a folder for one run, by a file in it that says which process has it. That of a process of this machine that is no more
 * is taken over; of two that try at once one is refused.
 *
 * @returns Gives the folder back.
 */
export async function takeFolder(where: string, folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  const own = `${writerMark()}.${randomUUID()}`;
  const temporary = `${path}.${own}.tmp`;
  try {
    // Whole from the start: a lock that is made and written in two steps is empty for a moment.
    await writeFile(temporary, own);
    while (!(await linkTo(temporary, path))) await moveAway(where, path);
  } finally {
    await rm(temporary, { force: true });
  }
  heldLocks().add(own);
  return async () => {
    heldLocks().delete(own);
    // Where it cannot be removed, on a disk that has become read-only, it stays as that of a run that was killed, which the next
    // takes over: to throw would hide what ended the run.
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true }).catch(() => {});
  };
}

// False where there is one already.
async function linkTo(file: string, path: string): Promise<boolean> {
  try {
    await link(file, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function moveAway(where: string, path: string): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(unlessGone);
  if (holder === undefined) return;
  const mark = holder.split('.')[0]!;
  // Machines that start anew give their processes the same numbers: a lock with ours that we do not hold is an old one.
  const isOld = isEnded(mark) || (mark === writerMark() && !heldLocks().has(holder));
  if (!isOld) refuse(where, 'folder', 'be that of one run at a time; if none has it, remove the lock', path);
  // Of two who find it abandoned, one moves it; the other then finds nothing, or the new one.
  const aside = `${path}.${writerMark()}.${randomUUID()}.tmp`;
  await rename(path, aside).catch(unlessGone);
  const moved = await readFile(aside, 'utf8').catch(() => holder);
  // It was taken over between the look and the move: it goes back to who took it.
  if (moved !== holder) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

// A lock that nobody can read or move would be looked at for ever.
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

// Under a well-known symbol, so that copies of this package in one process know each other's.
function heldLocks(): Set<string> {
  const key = Symbol.for('minimart.locks');
  const shared = globalThis as { [key]?: Set<string> };
  shared[key] ??= new Set();
  return shared[key];
}
