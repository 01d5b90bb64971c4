import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Recommender, trainImplicitAls } from 'minimart';
import { readRecommender, writeRecommender } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tableRecommender } from '../../recsys/support/hand-made.js';
import { smallShop } from '../../recsys/support/shop-models.js';

let folder: string;
let als: Recommender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recommender-'));
  als = (await trainImplicitAls({ interactions: smallShop(), factors: 3, epochs: 2 })).recommender;
});
afterEach(() => rm(folder, { recursive: true }));

test('a recommender comes back from its file, and nothing else is left in the folder', async () => {
  const path = join(folder, 'shop.safetensors');
  await writeRecommender(path, als);
  const loaded = await readRecommender(pathToFileURL(path));
  expect(await loaded.scoreAll(Int32Array.of(0, 4))).toEqual(await als.scoreAll(Int32Array.of(0, 4)));
  expect(await readdir(folder)).toEqual(['shop.safetensors']);
});

test('a file that is there is replaced as a whole', async () => {
  const path = join(folder, 'shop.safetensors');
  await writeFile(path, 'something that is longer than nothing');
  await writeRecommender(pathToFileURL(path), als);
  expect((await readRecommender(path)).items.size).toBe(14);
});

test('a recommender that cannot be saved leaves the file as it was', async () => {
  const path = join(folder, 'shop.safetensors');
  await writeRecommender(path, als);
  const before = await readFile(path);
  await expect(writeRecommender(path, tableRecommender([[1]]))).rejects.toThrow('must declare `state`');
  expect(await readFile(path)).toEqual(before);
});

test('a place that cannot be written leaves no temporary file', async () => {
  // A folder stands where the file should be: the last step, renaming, fails.
  await expect(writeRecommender(folder, als)).rejects.toThrow();
  expect(await readdir(join(folder, '..')).then((names) => names.filter((name) => name.includes('.tmp')))).toEqual([]);
  await expect(readRecommender(join(folder, 'nothing'))).rejects.toThrow('ENOENT');
});
