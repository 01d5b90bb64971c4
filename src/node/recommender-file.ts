import { readFile } from 'node:fs/promises';
import type { Recommender } from '../recsys/recommender.js';
import { loadRecommender } from '../recsys/saving/load-recommender.js';
import { saveRecommender } from '../recsys/saving/save-recommender.js';
import { requirePath, writeWhole } from './write-file.js';

/**
 * Writes a recommender to a file, whole or not at all: the bytes go to a new file beside it, which takes its place once
 * everything is on the disk.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param recommender - As {@link saveRecommender}.
 * @throws RangeError as {@link saveRecommender}; Error when the file cannot be written.
 * @example
 * await writeRecommender('shop.safetensors', recommender);
 */
export async function writeRecommender(path: string | URL, recommender: Recommender): Promise<void> {
  const target = requirePath('writeRecommender', 'path', path);
  await writeWhole(target, await saveRecommender(recommender));
}

/**
 * Reads a recommender from a file of {@link writeRecommender}.
 *
 * @param path - The file, which may come from anybody.
 * @returns As {@link loadRecommender}.
 * @throws RangeError as {@link loadRecommender}; Error when the file cannot be read.
 * @example
 * await writeRecommender('shop.safetensors', recommender);
 * const again = await readRecommender('shop.safetensors');
 * again.items.size; // 5
 */
export async function readRecommender(path: string | URL): Promise<Recommender> {
  return loadRecommender(await readFile(requirePath('readRecommender', 'path', path)));
}
