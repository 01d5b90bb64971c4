import { requireGivenOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { fitPicture, type PictureRows } from './fit-picture.js';
import {
  type ImageSet,
  type ImageSetOptions,
  imageSetNames,
  isPictureName,
  labelsOf,
  picturesAmong,
  requireShape,
  roomFor,
  writeImage,
} from './image-set.js';

const where = 'readImageFiles';

/**
 * Reads pictures that a visitor dropped or chose in a browser, in a page or a worker, and brings them to one size; nothing is
 * sent anywhere. `readImageFolder` of `minimart/node` does the same for a folder.
 *
 * The browser decodes (`createImageBitmap`), so every format goes that it shows and whose file ends in .png, .jpg or .jpeg. Of a whole folder, chosen by `<input
 * type="file" webkitdirectory>`, the folders below are the labels.
 *
 * @param files - Such as `event.dataTransfer.files` or `input.files`.
 * @param options - See {@link ImageSetOptions}.
 * @returns Pictures, labels and the names of both, in the order of names: see {@link ImageSet}.
 * @throws RangeError where there are no pictures, more other files than `mostLost` says, one cannot be decoded (the message names its file), or one lies in no folder
 *   while others do; the reason of `signal`.
 * @example
 * const input = { files: [] as File[] }; // of a page: document.querySelector('input')
 * const load = () => readImageFiles(input.files, { size: [32, 32], range: [-1, 1] });
 * await load().catch(({ message }) => message.slice(0, 36)); // 'readImageFiles: `files` must hold pi'
 */
export async function readImageFiles(files: Iterable<File>, options: ImageSetOptions): Promise<ImageSet> {
  requireGivenOptions(where, options, imageSetNames);
  const shape = requireShape(where, options);
  const { range = [0, 1], labels, onProgress, signal } = options;
  const pause = pauseFor(where, signal);
  const named = namesOf(files);
  const allNames = named.map(({ name }) => name);
  const { pictures: names, skipped } = picturesAmong(where, 'files', allNames, options.mostLost);
  const pictures = named.filter(({ name }) => isPictureName(name));
  if (pictures.length === 0)
    refuse(where, 'files', 'hold pictures, files that end in .png, .jpg or .jpeg', named.length);
  const labelled = labelsOf(where, 'files', names, labels);
  const images = roomFor(where, pictures.length, shape);
  for (const [place, { file, name }] of pictures.entries()) {
    const pixels = await fitPicture(await decode(file, name), shape, pause);
    writeImage(images.values, place * pixels.length, pixels, range);
    await onProgress?.({ step: place + 1, totalSteps: pictures.length, file: name });
    signal?.throwIfAborted();
  }
  return { images, ...labelled, files: names, skipped };
}

interface NamedFile {
  readonly file: File;
  /** Below the folder that was chosen, if one was. */
  readonly name: string;
}

function namesOf(files: Iterable<File>): NamedFile[] {
  const isIterable = typeof files === 'object' && files !== null && Symbol.iterator in files;
  if (!isIterable) refuse(where, 'files', 'be a list of files', files);
  const named = Array.from(files, (file, place) => {
    if (!(file instanceof File)) refuse(where, `files[${place}]`, 'be a File', file);
    const path = file.webkitRelativePath;
    return { file, name: path ? path.slice(path.indexOf('/') + 1) : file.name };
  });
  return named.sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
}

async function decode(file: File, name: string): Promise<PictureRows> {
  const bitmap = await createImageBitmap(file).catch(({ message }: Error) =>
    refuse(where, 'files', `hold whole pictures that the browser shows (${message})`, name),
  );
  try {
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!canvas) return refuse(where, 'files', 'be small enough for a canvas', name);
    // What is transparent lies on white, as in Node.
    canvas.fillStyle = '#fff';
    canvas.fillRect(0, 0, width, height);
    canvas.drawImage(bitmap, 0, 0);
    return {
      width,
      height,
      read(y, into) {
        const { data } = canvas.getImageData(0, y, width, 1);
        for (let x = 0; x < width; x += 1) into.set(data.subarray(4 * x, 4 * x + 3), 3 * x);
      },
    };
  } finally {
    bitmap.close();
  }
}
