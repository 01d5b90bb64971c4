import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../data/array-data.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { pauseFor } from '../../internal/signal.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';
import { encodePng } from './encode-png.js';
import { type ImageGridOptions, layOutImages, readImages, requireGridOptions } from './image-grid.js';

/**
 * Encodes images side by side as one PNG, on the host.
 *
 * @param images - `[N, H, W, C]`; C = 1 grey, 3 colour, 4 colour with opacity. Borrowed.
 * @returns The bytes of the PNG file, 8 bits a channel.
 * @throws RangeError when the shape is another, values are not finite or on another scale than `range`, or an option is out
 *   of range; the reason of `signal`.
 * @example
 * const png = await encodeImageGrid(images, { range: [-1, 1], columns: 8 });
 * String.fromCharCode(...png.subarray(1, 4)); // 'PNG'
 */
export async function encodeImageGrid(images: Tensor | ArrayData, options: ImageGridOptions = {}): Promise<Uint8Array> {
  return encode('encodeImageGrid', images, options);
}

/**
 * Writes images side by side as one PNG file, whole or not at all: the bytes go to a new file beside it, which takes its
 * place once everything is on the disk.
 *
 * @param path - The file to write; its folder must be there. What was there before is replaced.
 * @param images - As {@link encodeImageGrid}.
 * @throws RangeError as {@link encodeImageGrid}; Error when the file cannot be written.
 * @example
 * const samples = await sampleGan(generator, 64, { seed: 1 });
 * await writeImageGrid('samples.png', samples, { scale: 2, synthetic: { generator: 'my generator' } });
 */
export async function writeImageGrid(
  path: string | URL,
  images: Tensor | ArrayData,
  options: ImageGridOptions = {},
): Promise<void> {
  requireOptions('writeImageGrid', options, optionNames);
  const target = requirePath('writeImageGrid', 'path', path);
  await writeWhole(target, await encode('writeImageGrid', images, options));
}

const optionNames: OptionNames<ImageGridOptions> = {
  range: true,
  columns: true,
  scale: true,
  gap: true,
  synthetic: true,
  signal: true,
};

async function encode(where: string, images: Tensor | ArrayData, options: ImageGridOptions): Promise<Uint8Array> {
  requireOptions(where, options, optionNames);
  requireGridOptions(where, options);
  const pause = pauseFor(where, options.signal);
  return encodePng(await layOutImages(where, await readImages(where, images, options, pause), options, pause));
}
