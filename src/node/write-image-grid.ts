import { writeFile } from 'node:fs/promises';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../data/array-data.js';
import { type ImageGridOptions, layOutImages } from './image-grid.js';

/**
 * Encodes images side by side as one PNG, on the host.
 *
 * @param images - `[N, H, W, C]`; C = 1 grey, 3 colour, 4 colour with opacity. Borrowed.
 * @returns The bytes of the PNG file, 8 bits a channel.
 * @throws RangeError when the shape is another or an option is out of range.
 * @example
 * const png = await encodeImageGrid(images, { range: [-1, 1], columns: 8 });
 * String.fromCharCode(...png.subarray(1, 4)); // 'PNG'
 */
export async function encodeImageGrid(images: Tensor | ArrayData, options: ImageGridOptions = {}): Promise<Uint8Array> {
  const picture = await layOutImages('encodeImageGrid', images, options);
  // Loaded here, because the encoder is an ES module and this package serves CommonJS too.
  const { encode } = await import('fast-png');
  return encode(picture);
}

/**
 * Writes images side by side as one PNG file.
 *
 * @param path - The file to write; its folder must be there.
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
  await writeFile(path, await encodeImageGrid(images, options));
}
