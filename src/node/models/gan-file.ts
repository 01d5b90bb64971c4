import { readFile } from 'node:fs/promises';
import { type DecodeGanOptions, readGanBytes, requireClasses, type SavedGan } from '../../gan/saving/decode-gan.js';
import { encodeGan, type GanParts } from '../../gan/saving/encode-gan.js';
import { atFileDoor } from '../../internal/file-fault.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes a GAN to a file, whole or not at all, as {@link writeRecommender} does.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param gan - As {@link encodeGan}.
 * @throws RangeError as {@link encodeGan}; Error when the file cannot be written.
 * @example
 * await writeGan('garments.safetensors', { generator, notes: { licence: 'CC0-1.0' } });
 */
export async function writeGan(path: string | URL, gan: GanParts): Promise<void> {
  const target = requirePath('writeGan', 'path', path);
  await writeWhole(target, await encodeGan(gan));
}

/**
 * Reads a GAN from a file of {@link writeGan}.
 *
 * @param path - The file, which may come from anybody.
 * @param options - As `decodeGan` of the main entry.
 * @returns As `decodeGan` of the main entry.
 * @throws RangeError as `decodeGan` of the main entry; Error when the file cannot be read.
 * @example
 * await writeGan('shirts.safetensors', { generator });
 * const { sampleShape } = await readGan('shirts.safetensors');
 * sampleShape; // [4, 4, 1]
 */
export async function readGan(path: string | URL, options: DecodeGanOptions = {}): Promise<SavedGan> {
  const where = 'readGan';
  const classes = requireClasses(where, options);
  const bytes = await readFile(requirePath(where, 'path', path));
  return atFileDoor(where, 'path', () => readGanBytes(bytes, classes));
}
