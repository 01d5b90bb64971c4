import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratingSheet } from 'minimart';
import { writeImageGrid, writeRatingSheet } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from '../../../src/node/files/write-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
});
afterEach(() => rm(folder, { recursive: true }));

const random = '01234567-89ab-cdef-0123-456789abcdef';
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = fork('-e', [], { execArgv: ['-e', '0'], stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid!;
}

test('many writers at once: the file is one of theirs as a whole, and nothing else is left', async () => {
  const path = join(folder, 'file');
  const contents = Array.from({ length: 20 }, (_, writer) => String.fromCharCode(97 + writer).repeat(200_000 + writer));
  await Promise.all(contents.map((content) => writeWhole(path, content)));
  expect(contents).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['file']);
});

test('what killed writers of the same file left is removed, and nothing of others', async () => {
  const ended = await endedProcess();
  const left = [`file.${host}-${ended}.${random}.tmp`, `file.${random}.tmp`, `file.0badc0de-1.${random}.tmp`];
  const kept = [
    // A writer who lives, one on another machine, another file, and files that only look alike.
    `file.${host}-${process.pid}.${random}.tmp`,
    `file.0badc0de-${ended}.${random}.tmp`,
    `file.png.${host}-${ended}.${random}.tmp`,
    `other.${host}-${ended}.${random}.tmp`,
    'file.tmp',
    `file.${host}-${ended}.mine.tmp`,
  ];
  for (const name of [...left, ...kept]) await writeFile(join(folder, name), 'half');
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const name of left.slice(1)) await utimes(join(folder, name), longAgo, longAgo);
  await writeWhole(join(folder, 'file'), 'whole');
  expect(await readdir(folder)).toEqual(['file', ...kept].sort());
});

test('a write that fails leaves the old file and no temporary one', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'old');
  await expect(writeWhole(path, { toString: () => 'no bytes' } as never)).rejects.toThrow();
  expect(await readFile(path, 'utf8')).toBe('old');
  await mkdir(join(folder, 'taken'));
  await expect(writeWhole(join(folder, 'taken'), 'new')).rejects.toThrow();
  await expect(writeWhole(join(folder, 'nowhere', 'file'), 'new')).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual(['file', 'taken']);
});

test.skipIf(process.platform === 'win32')('links are followed, and permissions stay', async () => {
  await mkdir(join(folder, 'real'));
  await writeFile(join(folder, 'real', 'file'), 'old');
  await chmod(join(folder, 'real', 'file'), 0o600);
  await symlink(join(folder, 'real', 'file'), join(folder, 'link'));
  await writeWhole(join(folder, 'link'), 'new');
  expect(await readFile(join(folder, 'real', 'file'), 'utf8')).toBe('new');
  expect((await stat(join(folder, 'real', 'file'))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'real'))).toEqual(['file']);
});

const images = (value: number, count = 6) => ({
  values: new Float32Array(count * 4).fill(value),
  shape: [count, 2, 2, 1],
});

test('writeImageGrid refuses before it touches the file, and replaces it as a whole', async () => {
  const path = join(folder, 'grid.png');
  await writeFile(path, 'old');
  await expect(writeImageGrid(path, images(Number.NaN))).rejects.toThrow('writeImageGrid: `images` must hold finite');
  await expect(writeImageGrid(7 as never, images(0))).rejects.toThrow(
    'writeImageGrid: `path` must be a path or a file URL',
  );
  await expect(writeImageGrid(new URL('https://example.org/a.png'), images(0))).rejects.toThrow('`path` must be');
  expect(await readFile(path, 'utf8')).toBe('old');
  await Promise.all([writeImageGrid(path, images(0)), writeImageGrid(path, images(1))]);
  expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG');
  expect(await readdir(folder)).toEqual(['grid.png']);
});

test('two rating sheets at once do not mix, and a writer who died holds nobody up', async () => {
  const target = join(folder, 'sheet');
  const keyFile = join(folder, 'key.json');
  const sheet = (seed: number, count: number) =>
    ratingSheet({ real: images(0), generated: images(1), count, seed, perPage: 4 });
  const [large, small] = [await sheet(1, 6), await sheet(2, 3)];
  await writeRatingSheet(target, large, { keyFile });
  const runs = await Promise.allSettled([
    writeRatingSheet(target, small, { keyFile }),
    writeRatingSheet(target, large, { keyFile }),
  ]);
  expect(runs.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  const refused = runs.find((run) => run.status === 'rejected')!;
  expect(String(refused.reason)).toContain('`folder` must be written by one at a time');
  await writeFile(join(target, '.writing'), `${host}-${await endedProcess()}`);
  await writeRatingSheet(target, small, { keyFile });
  expect(JSON.parse(await readFile(keyFile, 'utf8'))).toEqual(small.key);
  expect((await readdir(join(target, 'pictures'))).length).toBe(6);
  expect((await readdir(target)).sort()).toEqual(['answers.csv', 'index.html', 'pictures']);
});

test('a rating sheet that is not finished has no key', async () => {
  const target = join(folder, 'sheet');
  const keyFile = join(folder, 'key.json');
  const sheet = await ratingSheet({ real: images(0), generated: images(1), count: 3 });
  await writeRatingSheet(target, sheet, { keyFile });
  await rm(join(target, 'pictures', '1.png'));
  await mkdir(join(target, 'pictures', '1.png'));
  await expect(writeRatingSheet(target, sheet, { keyFile })).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['sheet']);
  expect(await readdir(target)).toEqual(['pictures']);
});
