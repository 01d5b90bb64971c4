import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
});
afterEach(() => rm(folder, { recursive: true }));

const random = '01234567-89ab-cdef-0123-456789abcdef';
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const name = (step: number) => `checkpoint-${String(step).padStart(12, '0')}`;

async function endedProcess(): Promise<number> {
  const child = fork('-e', [], { execArgv: ['-e', '0'], stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid!;
}

test('what is written is listed and read, under its name and .safetensors; other files stay', async () => {
  const store = fileStore(join(folder, 'new', 'run'));
  expect(await store.list()).toEqual([]);
  const leave = await store.open!();
  await writeFile(join(folder, 'new', 'run', 'notes.txt'), 'mine');
  await store.write(name(3), Uint8Array.of(1, 2, 3));
  await store.write(name(3), Uint8Array.of(4));
  expect(await store.list()).toEqual([name(3)]);
  expect([...(await store.read(name(3)))]).toEqual([4]);
  await store.remove(name(3));
  await store.remove(name(3));
  expect(await store.list()).toEqual([]);
  await leave();
  expect(await readdir(join(folder, 'new', 'run'))).toEqual(['notes.txt']);
});

test('a second run in the folder is refused while the first has it, in this process and by another live one', async () => {
  const leave = await fileStore(folder).open!();
  await expect(fileStore(folder).open!()).rejects.toThrow(/^fileStore: `folder` must be that of one run at a time/);
  await leave();
  await (await fileStore(folder).open!())();
  await writeFile(join(folder, 'run.lock'), `${host}-${process.ppid}.${random}`);
  await expect(fileStore(folder).open!()).rejects.toThrow('one run at a time');
  await writeFile(join(folder, 'run.lock'), `0badc0de-1.${random}`);
  await expect(fileStore(folder).open!()).rejects.toThrow('one run at a time');
  expect(await readdir(folder)).toEqual(['run.lock']);
});

test('the lock of a run that was killed is taken over, and what it had half written is removed', async () => {
  const ended = await endedProcess();
  await writeFile(join(folder, `${name(7)}.safetensors.${host}-${ended}.${random}.tmp`), 'half');
  await writeFile(join(folder, `other.txt.${host}-${ended}.${random}.tmp`), 'half');
  await writeFile(join(folder, `run.lock.${host}-${ended}.${random}.tmp`), 'half');
  for (const holder of [ended, process.pid]) {
    await writeFile(join(folder, 'run.lock'), `${host}-${holder}.${random}`);
    const leave = await fileStore(folder).open!();
    await expect(fileStore(folder).open!()).rejects.toThrow('one run at a time');
    await leave();
  }
  expect(await readdir(folder)).toEqual([`other.txt.${host}-${ended}.${random}.tmp`]);
});

test('a lock that cannot be read ends in an error that names the folder, and leaves nothing', async () => {
  await mkdir(join(folder, 'run.lock'));
  await expect(fileStore(folder).open!()).rejects.toThrow(
    /^fileStore: `folder` must be a folder that can be read and written, received '.*' \(string\)\. EISDIR/,
  );
  expect(await readdir(folder)).toEqual(['run.lock']);
});

test('of many who find an abandoned lock at once, one has the folder', async () => {
  await writeFile(join(folder, 'run.lock'), `${host}-${await endedProcess()}.${random}`);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => fileStore(folder).open!()));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a name is never a path, and a folder that is a file or is gone says so', async () => {
  const store = fileStore(folder);
  for (const bad of ['../a', 'a/b', '', 'a\0', '..']) {
    expect(() => store.read(bad)).toThrow('fileStore: `name` must hold letters');
    expect(() => store.remove(bad)).toThrow('fileStore: `name` must hold letters');
  }
  expect(() => fileStore('')).toThrow('fileStore: `folder` must be a path');
  await writeFile(join(folder, 'file'), '');
  await expect(fileStore(join(folder, 'file')).open!()).rejects.toThrow(/^fileStore: `folder` must .* EEXIST/);
  await expect(fileStore(join(folder, 'file')).list()).rejects.toThrow(/^fileStore: `folder` must .* ENOTDIR/);
  await expect(store.read(name(1))).rejects.toThrow(/^fileStore: `folder` must .* ENOENT/);
  await mkdir(join(folder, 'gone'));
  const gone = fileStore(join(folder, 'gone'));
  await rm(join(folder, 'gone'), { recursive: true });
  await expect(gone.write(name(1), Uint8Array.of(1))).rejects.toThrow('ENOENT');
});
