import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RatingSheet } from '../gan/quality/rating/rating-sheet.js';
import { refuse } from '../internal/require.js';
import { type ImageGridOptions, layOutImages } from './image-grid.js';
import { ratingPage } from './rating-page.js';

/** Options of {@link writeRatingSheet}. */
export interface RatingSheetFiles extends Pick<ImageGridOptions, 'range' | 'scale'> {
  /** The file for the key, JSON; outside `folder`, which goes to those who rate. */
  readonly keyFile: string | URL;
  /** Heading of the page. Default `'Real or made?'`. */
  readonly title?: string;
}

/**
 * Writes a rating sheet as files: in `folder` the page `index.html`, the same as a table to fill in, `answers.csv`, and
 * `pictures/1.png` and so on; the key elsewhere.
 *
 * Every picture, real or not, carries the same text chunk, which says that it may be synthetic: one that told them apart
 * would give the answer away. The page saves a rater's answers as CSV for `parseRatings`.
 *
 * @param folder - Is made where it is not there; what was there under these names is replaced.
 * @param sheet - Of `ratingSheet`, with images `[N, H, W, C]`.
 * @param options - See {@link RatingSheetFiles}.
 * @throws RangeError when the key would lie in `folder`, the samples are no images or an option is out of range; Error when
 *   a file cannot be written.
 * @example
 * const sheet = await ratingSheet({ real: images, generated: await sampleGan(generator, 16), count: 8, seed: 7 });
 * await writeRatingSheet('sheet', sheet, { keyFile: 'key.json', scale: 4 });
 */
export async function writeRatingSheet(
  folder: string | URL,
  sheet: RatingSheet,
  options: RatingSheetFiles,
): Promise<void> {
  const { images, items, key } = sheet;
  const { keyFile, title = 'Real or made?', range, scale } = options;
  const [target, keyPath] = [pathOf(folder), pathOf(keyFile)];
  const way = relative(target, keyPath);
  if (way !== '..' && !way.startsWith(`..${sep}`))
    refuse('writeRatingSheet', 'keyFile', 'lie outside `folder`', keyPath);
  const pictures = await encodeEach(images, { range, scale });
  await mkdir(join(target, 'pictures'), { recursive: true });
  for (const [index, png] of pictures.entries()) await writeFile(join(target, 'pictures', `${index + 1}.png`), png);
  const rows = items.map(({ item, page }) => `,${item},${page},pictures/${item}.png,`);
  await writeFile(join(target, 'answers.csv'), `${['rater,item,page,picture,answer', ...rows].join('\n')}\n`);
  await writeFile(join(target, 'index.html'), ratingPage(title, items));
  await writeFile(keyPath, `${JSON.stringify(key, undefined, 2)}\n`);
}

async function encodeEach({ values, shape }: RatingSheet['images'], options: ImageGridOptions): Promise<Uint8Array[]> {
  const { encode } = await import('fast-png');
  const size = values.length / shape[0]!;
  const text = { Software: 'minimart', Synthetic: 'Perhaps: one of a sheet of real and generated pictures.' };
  const pictures: Uint8Array[] = [];
  for (let item = 0; item < shape[0]!; item += 1) {
    const image = { values: values.subarray(item * size, (item + 1) * size), shape: [1, ...shape.slice(1)] };
    pictures.push(encode({ ...(await layOutImages('writeRatingSheet', image, options)), text }));
  }
  return pictures;
}

function pathOf(path: string | URL): string {
  return resolve(path instanceof URL ? fileURLToPath(path) : path);
}
