import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildRequest } from './child.js';
import { type Mishap, runChild } from './run-child.js';

/** What a run said when something went wrong, and what came of it. */
export interface FaultRow {
  readonly fault: string;
  /** What the run ended with. */
  readonly said: string;
  /** The last checkpoint that was whole before. */
  readonly written: number | undefined;
  /** Where a run went on once it was mended. */
  readonly from: number | undefined;
  /** Whether it ended with the numbers of a run that nothing had happened to. */
  readonly isWhole: boolean;
}

/** A small disk: a few checkpoints fit, and then, as they grow, no more. */
const diskSize = '64k';

/** All that can happen to a folder, one after the other; what needs a disk of its own only where one can be mounted. */
export async function faultRows(program: string, request: ChildRequest): Promise<FaultRow[]> {
  const { digest } = await runChild(program, request);
  const folder = await mkdtemp(join(tmpdir(), 'minimart-faults-'));
  const rows: FaultRow[] = [];
  const row = async (fault: string, at: string, mishap: Mishap, mend: () => void = () => {}) => {
    const first = await runChild(program, { ...request, folder: at }, mishap);
    mend();
    const last = await runChild(program, { ...request, folder: at });
    const isWhole = last.digest === digest;
    rows.push({ fault, said: first.failed ?? 'nothing', written: first.written, from: last.read[0], isWhole });
  };
  try {
    await row('files of at most 16 kB', join(folder, 'a'), { shell: 'ulimit -f 32' });
    const gone = join(folder, 'b');
    await row('folder moved away', gone, { moment: fifth, act: () => renameSync(gone, `${gone}-elsewhere`) });
    rows.push(await twoAtOnce(program, { ...request, folder: join(folder, 'c') }, digest));
    await onDisk(join(folder, 'disk'), async (disk) => {
      await row('disk full', join(disk, 'a'), {}, () => mount(disk, 'remount,size=4m'));
      const act = () => mountSoon(disk, 'remount,ro');
      await row('read-only from step 5 on', join(disk, 'b'), { moment: fifth, act }, () => mount(disk, 'remount,rw'));
      const shell = `mkdir ${join(disk, 'c')}; mount -o remount,ro ${disk}`;
      await row('read-only from the start', join(disk, 'c'), { shell }, () => mount(disk, 'remount,rw'));
    });
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const fifth = { line: 'written', times: 5, delay: 0 } as const;

async function twoAtOnce(program: string, request: ChildRequest, digest: string | undefined): Promise<FaultRow> {
  let second: ReturnType<typeof runChild> | undefined;
  const act = () => {
    second = runChild(program, request);
  };
  const first = await runChild(program, request, { moment: { ...fifth, times: 1 }, act });
  const { failed = 'nothing' } = (await second) ?? {};
  const isWhole = first.digest === digest;
  return { fault: 'a second run', said: failed, written: first.written, from: undefined, isWhole };
}

async function onDisk(folder: string, use: (disk: string) => Promise<void>): Promise<void> {
  await mkdir(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    console.error('No disk can be mounted here: what a full or a read-only one does is left out.');
    return;
  }
  try {
    await use(folder);
  } finally {
    execFileSync('umount', [folder]);
  }
}

function mount(folder: string, options: string): void {
  execFileSync('mount', ['-o', options, folder]);
}

// While a file is being written a disk cannot be made read-only.
function mountSoon(folder: string, options: string): void {
  try {
    execFileSync('mount', ['-o', options, folder], { stdio: 'ignore' });
  } catch {
    setTimeout(() => mountSoon(folder, options), 1);
  }
}
