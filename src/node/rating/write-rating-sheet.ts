import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Pause } from '../../gan/quality/features/read-rows.js';
import type { RatingSheet } from '../../gan/quality/rating/rating-sheet.js';
import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireText } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';
import { encodePng } from '../images/encode-png.js';
import {
  type ImageGridOptions,
  type Images,
  layOutImages,
  readImages,
  requireGridOptions,
} from '../images/image-grid.js';
import { ratingPage } from './rating-page.js';
import { isAbandoned, writerMark } from './writer-mark.js';

/**
 * Writes a rating sheet as files: in `folder` the page `index.html`, the same as a table to fill in, `answers.csv`, and
 * `pictures/1.png` and so on; the key elsewhere.
 *
 * Each file is written whole or not at all, and the key last: a folder without its key was not finished. Only one at a time
 * may write to a folder.
 *
 * Every picture, real or not, carries the same text chunk, which says that it may be synthetic: one that told them apart
 * would give the answer away. The page saves a rater's answers as CSV for `parseRatings`.
 *
 * @param folder - Is made where it is not there; what was there under these names is replaced.
 * @param sheet - Of `ratingSheet`, with images `[N, H, W, C]`.
 * @param options - Where the key goes, and how the page looks.
 * @throws RangeError when the key would lie in `folder`, the samples are no images, an option is out of range or another
 *   writes to `folder`; Error when a file cannot be written; the reason of `signal`.
 * @example
 * const sheet = await ratingSheet({ real: images, generated: await sampleGan(generator, 16), count: 8, seed: 7 });
 * await writeRatingSheet('sheet', sheet, { keyFile: 'key.json', scale: 4 });
 */
export async function writeRatingSheet(
  folder: string | URL,
  sheet: RatingSheet,
  options: Pick<ImageGridOptions, 'range' | 'scale' | 'signal'> & {
    /** The file for the key, JSON; outside `folder`, which goes to those who rate. */
    readonly keyFile: string | URL;
    /** Heading of the page. Default `'Real or made?'`. */
    readonly title?: string;
  },
): Promise<void> {
  const where = 'writeRatingSheet';
  requireGivenOptions(where, options, { keyFile: true, title: true, range: true, scale: true, signal: true });
  const { keyFile, title = 'Real or made?', range, scale, signal } = options;
  requireGridOptions(where, { range, scale });
  requireText(where, 'title', title);
  const pause = pauseFor(where, signal);
  const [target, keyPath] = [requirePath(where, 'folder', folder), requirePath(where, 'keyFile', keyFile)];
  const way = relative(target, keyPath);
  if (way !== '..' && !way.startsWith(`..${sep}`)) refuse(where, 'keyFile', 'lie outside `folder`', keyPath);
  requireSheet(where, sheet);
  const { items, key } = sheet;
  const images = await readImages(where, sheet.images, { range }, pause);
  await mkdir(join(target, 'pictures'), { recursive: true });
  await alone(where, target, async () => {
    // Until the new key is there, no other must fit what lies in the folder.
    for (const path of [keyPath, join(target, 'index.html'), join(target, 'answers.csv')])
      await rm(path, { force: true });
    await writePictures(join(target, 'pictures'), images, scale, pause);
    const rows = items.map(({ item, page }) => `,${item},${page},pictures/${item}.png,`);
    await writeWhole(join(target, 'answers.csv'), `${['rater,item,page,picture,answer', ...rows].join('\n')}\n`);
    await writeWhole(join(target, 'index.html'), ratingPage(title, items));
    await writeWhole(keyPath, `${JSON.stringify(key, undefined, 2)}\n`);
  });
}

function requireSheet(where: string, sheet: RatingSheet): void {
  const { images, items, key } = sheet ?? {};
  const count = images?.shape?.[0];
  const fits = [items, key?.truth, key?.places].every((list) => Array.isArray(list) && list.length === count);
  if (!fits) refuse(where, 'sheet', 'be a sheet of `ratingSheet`, with as many images as items and answers', sheet);
}

async function writePictures(folder: string, images: Images, scale: number | undefined, pause: Pause): Promise<void> {
  const text = { Software: 'minimart', Synthetic: 'Perhaps: one of a sheet of real and generated pictures.' };
  const { rows, count } = images;
  for (let item = 0; item < count; item += 1) {
    const values = rows.values.subarray(item * rows.size, (item + 1) * rows.size);
    const one = { ...images, count: 1, rows: { ...rows, count: 1, values } };
    const picture = await layOutImages('writeRatingSheet', one, { scale, gap: 0 }, pause);
    await writeWhole(join(folder, `${item + 1}.png`), await encodePng({ ...picture, text }));
  }
  // Of a larger sheet that was there before.
  for (const name of await readdir(folder)) {
    const number = /^([1-9]\d*)\.png$/.exec(name)?.[1];
    if (number && Number(number) > count) await rm(join(folder, name));
  }
}

/** Runs while no one else writes to the folder: the files of two sheets would make one that no key fits. */
async function alone(where: string, folder: string, run: () => Promise<void>): Promise<void> {
  const lock = join(folder, '.writing');
  await writeFile(lock, writerMark(), { flag: 'wx' }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    const mark = await readFile(lock, 'utf8').catch(() => '');
    if (!(await isAbandoned(lock, mark)))
      refuse(where, 'folder', 'be written by one at a time: another is at it', folder);
    await rm(lock, { force: true });
    await writeFile(lock, writerMark(), { flag: 'wx' });
  });
  try {
    await run();
  } finally {
    await rm(lock, { force: true });
  }
}
