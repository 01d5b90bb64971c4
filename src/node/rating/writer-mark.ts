import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/** What has lain so long was left by a writer who is no more, whoever that was. */
const oldAfter = 60 * 60 * 1000;

/** Marks what this process is writing: its machine and its number. */
export function writerMark(): string {
  return `${hostMark()}-${process.pid}`;
}

/** Whether the writer who left a file is gone: a process of this machine that has ended, or any after an hour. */
export async function isAbandoned(path: string, mark: string | undefined): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  if (Date.now() - found.mtimeMs > oldAfter) return true;
  return mark !== undefined && isEnded(mark);
}

/** Whether a mark is that of a process of this machine that has ended. */
export function isEnded(mark: string): boolean {
  const [host, process] = mark.split('-');
  return host === hostMark() && !isRunning(Number(process));
}

function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Of another user, it may not be asked.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
