import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fitPicture, type Pause, type PictureShape } from '../../data/pictures/fit-picture.js';
import {
  type ImageSet,
  type ImageSetOptions,
  imageSetNames,
  labelsOf,
  picturesAmong,
  requireShape,
  roomFor,
  writeImage,
} from '../../data/pictures/image-set.js';
import { requireGivenOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor, untilAborted } from '../../internal/signal.js';
import { requirePath } from '../files/require-path.js';
import { exifOrientation, isSideways, turnUpright } from './exif-orientation.js';
import { createPictureDecoder, type PictureDecoder } from './picture-decoder.js';

const where = 'readImageFolder';

/**
 * Reads a folder of PNG and JPEG pictures, brings them to one size, and takes the names of the folders they lie in for labels:
 * what it gives is what `trainGan` takes.
 *
 * Pictures are found in the folder and below it, in the order of their names; links and what begins with a dot are left out. The first folder below is
 * the label. Each pixel is the mean of the area that it covers of the original. Pictures are turned as their camera was held
 * (Exif), what is transparent lies on white, and 16 bits become 8. Decoding is done by fast-png and jpeg-js on threads beside the main one.
 *
 * @param folder - The folder.
 * @param options - See {@link ImageSetOptions}.
 * @returns Pictures, labels and the names of both: see {@link ImageSet}.
 * @throws RangeError where there are no pictures, more other files than `mostLost` says, one cannot be decoded (the message names its file), is of more than 200 million
 *   pixels, or lies in no folder while others do; Error when a file cannot be read; the reason of `signal`.
 * @example
 * const { images, labels, labelNames } = await readImageFolder('pictures', { size: [16, 16], channels: 1 });
 * images.shape; // [4, 16, 16, 1]
 * labelNames; // ['boot', 'shirt']
 * labels; // Int32Array [0, 0, 1, 1]
 */
export async function readImageFolder(folder: string | URL, options: ImageSetOptions): Promise<ImageSet> {
  requireGivenOptions(where, options, imageSetNames);
  const root = requirePath(where, 'folder', folder);
  const shape = requireShape(where, options);
  const pause = pauseFor(where, options.signal);
  const names = await namesIn(root);
  const { pictures: files, skipped } = picturesAmong(where, 'folder', names, options.mostLost);
  if (files.length === 0) refuse(where, 'folder', 'hold pictures, files that end in .png, .jpg or .jpeg', root);
  const labels = labelsOf(where, 'folder', files, options.labels);
  const images = roomFor(where, files.length, shape);
  await readAll(
    root,
    files,
    options,
    async (place, pixels) => {
      writeImage(images.values, place * pixels.length, pixels, options.range ?? [0, 1]);
    },
    shape,
    pause,
  );
  return { images, ...labels, files, skipped };
}

/** Names of all files, the same in the same order on every system. */
async function namesIn(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Reads all files on as many threads as there are cores, each of which takes the next file that nobody has. */
async function readAll(
  root: string,
  files: readonly string[],
  { signal, onProgress }: ImageSetOptions,
  take: (place: number, pixels: Float64Array) => Promise<void>,
  shape: PictureShape,
  pause: Pause,
): Promise<void> {
  const decoders = Array.from({ length: Math.min(availableParallelism(), files.length, 8) }, createPictureDecoder);
  let next = 0;
  let step = 0;
  const lane = async (decoder: PictureDecoder): Promise<void> => {
    while (next < files.length) {
      const place = next;
      next += 1;
      const file = files[place]!;
      await take(place, await readPicture(join(root, file), file, decoder, shape, pause));
      step += 1;
      await onProgress?.({ step, totalSteps: files.length, file });
      signal?.throwIfAborted();
    }
  };
  try {
    await untilAborted(Promise.all(decoders.map(lane)), signal);
  } finally {
    next = files.length;
    await Promise.all(decoders.map((decoder) => decoder.close()));
  }
}

async function readPicture(
  path: string,
  file: string,
  decoder: PictureDecoder,
  shape: PictureShape,
  pause: Pause,
): Promise<Float64Array> {
  const bytes = await readFile(path);
  const rows = await decoder.decode(bytes).catch(({ message }: Error) => {
    refuse(where, 'folder', `hold whole PNG and JPEG pictures (${message})`, file);
  });
  const orientation = bytes[0] === 0xff ? exifOrientation(bytes) : 1;
  const { height, width } = shape;
  const stored = isSideways(orientation) ? { ...shape, height: width, width: height } : shape;
  return turnUpright(await fitPicture(rows, stored, pause), orientation, shape);
}
