import { readFile } from 'node:fs/promises';
import { atFileDoor } from '../../internal/file-fault.js';
import type { Recommender } from '../../recsys/recommender.js';
import {
  type DecodeRecommenderOptions,
  readRecommenderBytes,
  requireKinds,
} from '../../recsys/saving/decode-recommender.js';
import { encodeRecommender } from '../../recsys/saving/encode-recommender.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes a recommender to a file, whole or not at all: the bytes go to a new file beside it, which takes its place once
 * everything is on the disk.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param recommender - As {@link encodeRecommender}.
 * @throws RangeError as {@link encodeRecommender}; Error when the file cannot be written.
 * @example
 * await writeRecommender('shop.safetensors', recommender);
 */
export async function writeRecommender(path: string | URL, recommender: Recommender): Promise<void> {
  const target = requirePath('writeRecommender', 'path', path);
  await writeWhole(target, await encodeRecommender(recommender));
}

/**
 * Reads a recommender from a file of {@link writeRecommender}.
 *
 * @param path - The file, which may come from anybody.
 * @param options - As `decodeRecommender` of the main entry.
 * @returns As `decodeRecommender` of the main entry.
 * @throws RangeError as `decodeRecommender` of the main entry; Error when the file cannot be read.
 * @example
 * await writeRecommender('shop.safetensors', recommender);
 * const again = await readRecommender('shop.safetensors');
 * again.items.size; // 5
 */
export async function readRecommender(
  path: string | URL,
  options: DecodeRecommenderOptions = {},
): Promise<Recommender> {
  const where = 'readRecommender';
  const kinds = requireKinds(where, options);
  const bytes = await readFile(requirePath(where, 'path', path));
  return atFileDoor(where, 'path', () => readRecommenderBytes(where, bytes, kinds));
}
