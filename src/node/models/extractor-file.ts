import { readFile } from 'node:fs/promises';
import { encodeFeatureExtractor, readExtractorBytes } from '../../gan/quality/features/extractor-file.js';
import type { FeatureExtractor } from '../../gan/quality/features/feature-extractor.js';
import { atFileDoor } from '../../internal/file-fault.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes a feature extractor to a file, whole or not at all, as {@link writeRecommender} does.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param extractor - As {@link encodeFeatureExtractor}.
 * @throws RangeError as {@link encodeFeatureExtractor}; Error when the file cannot be written.
 * @example
 * await writeFeatureExtractor('judge.safetensors', featureExtractorFrom(classifier));
 */
export async function writeFeatureExtractor(
  path: string | URL,
  extractor: Pick<FeatureExtractor, 'model'>,
): Promise<void> {
  const target = requirePath('writeFeatureExtractor', 'path', path);
  await writeWhole(target, await encodeFeatureExtractor(extractor));
}

/**
 * Reads a feature extractor from a file of {@link writeFeatureExtractor}.
 *
 * @param path - The file, which may come from anybody.
 * @returns As `decodeFeatureExtractor` of the main entry.
 * @throws RangeError as `decodeFeatureExtractor` of the main entry; Error when the file cannot be read.
 * @example
 * await writeFeatureExtractor('judge.safetensors', featureExtractorFrom(classifier));
 * const { classify } = await readFeatureExtractor('judge.safetensors');
 * (await classify(images)).shape; // [128, 2]
 */
export async function readFeatureExtractor(path: string | URL): Promise<FeatureExtractor> {
  const bytes = await readFile(requirePath('readFeatureExtractor', 'path', path));
  return atFileDoor('readFeatureExtractor', 'path', () => readExtractorBytes(bytes));
}
