import '../../support/backends.js';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode } from 'fast-png';
import { parseRatings, type RatingKey, ratingSheet } from 'minimart';
import { writeRatingSheet } from 'minimart/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
});
afterAll(() => rm(folder, { recursive: true }));

const images = (value: number) => ({ values: new Float32Array(6 * 4).fill(value), shape: [6, 2, 2, 1] });
const sheetOf = () => ratingSheet({ real: images(0), generated: images(1), count: 5, perPage: 4, seed: 2 });

test('writes a page, a table and pictures, and the key elsewhere', async () => {
  const sheet = await sheetOf();
  const target = join(folder, 'sheet');
  await writeRatingSheet(target, sheet, { keyFile: join(folder, 'key.json'), scale: 3, title: 'Bags & <shoes>' });
  expect((await readdir(target)).sort()).toEqual(['answers.csv', 'index.html', 'pictures']);
  expect((await readdir(join(target, 'pictures'))).length).toBe(10);
  const key: RatingKey = JSON.parse(await readFile(join(folder, 'key.json'), 'utf8'));
  expect(key).toEqual(sheet.key);
  for (const [index, truth] of key.truth.entries()) {
    const picture = decode(await readFile(join(target, 'pictures', `${index + 1}.png`)));
    expect([picture.width, picture.height]).toEqual([6, 6]);
    expect(new Set(picture.data)).toEqual(new Set([truth === 'real' ? 0 : 255]));
  }
});

test('gives nothing away: files differ in their pixels alone', async () => {
  const sheet = await sheetOf();
  await writeRatingSheet(pathToFileURL(join(folder, 'fair')), sheet, { keyFile: join(folder, 'fair.json') });
  const texts = await Promise.all(
    sheet.items.map(async ({ item }) => decode(await readFile(join(folder, 'fair', 'pictures', `${item}.png`))).text),
  );
  for (const text of texts) expect(text).toEqual(texts[0]);
  expect(texts[0]!.Synthetic).toMatch(/^Perhaps/);
  const page = await readFile(join(folder, 'fair', 'index.html'), 'utf8');
  // Without the two choices of every item no word of truth is left.
  const rest = page.replaceAll(
    /<label><input type="radio" name="\d+" value="(real|generated)"> (real|made)<\/label>/g,
    '',
  );
  expect(rest.slice(rest.indexOf('<section>'), rest.indexOf('<script>'))).not.toMatch(/real|generated|made/);
});

test('has pages, escapes its title, and a table that can be filled in and read', async () => {
  const page = await readFile(join(folder, 'sheet', 'index.html'), 'utf8');
  expect(page).toContain('<title>Bags &amp; &lt;shoes&gt;</title>');
  expect(page.match(/<section>/g)!.length).toBe(3);
  expect(page.match(/<fieldset>/g)!.length).toBe(10);
  const table = await readFile(join(folder, 'sheet', 'answers.csv'), 'utf8');
  expect(parseRatings(table)).toEqual([]);
  const filled = table.replace(',1,1,pictures/1.png,', 'ann,1,1,pictures/1.png,real');
  expect(parseRatings(filled)).toEqual([{ rater: 'ann', item: 1, answer: 'real' }]);
});

test('refuses to put the key where raters look', async () => {
  const target = join(folder, 'sheet');
  const written = writeRatingSheet(target, await sheetOf(), { keyFile: join(target, 'key.json') });
  await expect(written).rejects.toThrow('`keyFile` must lie outside `folder`');
});
