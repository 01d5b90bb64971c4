import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../internal/require.js';
import { isEnded, writerMark } from './rating/writer-mark.js';

/**
 * Takes a folder for one run, by a file in it that says which process has it. That of a process of this machine that is no more
 * is taken over; of two that try at once one is refused.
 *
 * @returns Gives the folder back.
 */
export async function takeFolder(where: string, folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'run.lock');
  const own = `${writerMark()}.${randomUUID()}`;
  const temporary = `${path}.${own}.tmp`;
  // Whole from the start: a lock that is made and written in two steps is empty for a moment.
  await writeFile(temporary, own);
  try {
    while (!(await linkTo(temporary, path))) await moveAway(where, path);
  } finally {
    await rm(temporary, { force: true });
  }
  heldLocks().add(own);
  return async () => {
    heldLocks().delete(own);
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true });
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
  const holder = await readFile(path, 'utf8').catch(() => undefined);
  if (holder === undefined) return;
  const mark = holder.split('.')[0]!;
  // Machines that start anew give their processes the same numbers: a lock with ours that we do not hold is an old one.
  const isOld = isEnded(mark) || (mark === writerMark() && !heldLocks().has(holder));
  if (!isOld) refuse(where, 'folder', 'be that of one run at a time; if none has it, remove the lock', path);
  // Of two who find it abandoned, one moves it; the other then finds nothing, or the new one.
  const aside = `${path}.${randomUUID()}.tmp`;
  await rename(path, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => holder);
  // It was taken over between the look and the move: it goes back to who took it.
  if (moved !== holder) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

// Under a well-known symbol, so that copies of this package in one process know each other's.
function heldLocks(): Set<string> {
  const key = Symbol.for('minimart.locks');
  const shared = globalThis as { [key]?: Set<string> };
  shared[key] ??= new Set();
  return shared[key];
}
