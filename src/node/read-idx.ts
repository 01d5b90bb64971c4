import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ArrayData } from '../data/array-data.js';
import { parseIdx } from '../data/idx.js';

/**
 * Reads an IDX file, compressed by gzip or not, such as `t10k-images-idx3-ubyte.gz`.
 *
 * @param path - The file.
 * @returns As {@link parseIdx}.
 * @throws Error when the file cannot be read or decompressed; RangeError when it is not in IDX format.
 * @example
 * const images = scalePixels(await readIdx('t10k-images-idx3-ubyte.gz'), [0, 1]);
 * images.shape.slice(1); // [28, 28, 1]
 */
export async function readIdx(path: string | URL): Promise<ArrayData> {
  const bytes = await readFile(path);
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseIdx(compressed ? await promisify(gunzip)(bytes) : bytes);
}
