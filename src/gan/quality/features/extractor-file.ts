import { atFileDoor, refuseFile } from '../../../internal/file-fault.js';
import { refuse } from '../../../internal/require.js';
import { requireNetwork } from '../../../nn/models/require-live.js';
import { decodeDocument, encodeDocument } from '../../../saving/document/document.js';
import { requireFiniteTensors } from '../../../saving/finite-tensors.js';
import { readModel, saveModel } from '../../../saving/models/model-file.js';
import { joinSnapshots, partOf } from '../../../saving/parts/part.js';
import { type FeatureExtractor, featureExtractorFrom } from './feature-extractor.js';

const format = 'minimart feature extractor 1';

/**
 * Puts a feature extractor into the bytes of one file, in the safetensors format: numbers measured with it compare with
 * others measured with it only, so keep the one that a comparison began with.
 *
 * @param extractor - Stays as it is.
 * @returns The bytes; {@link decodeFeatureExtractor} reads them.
 * @throws RangeError for what is no extractor, and where a weight is NaN or infinite.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const extractor = featureExtractorFrom(classifier);
 * const again = await decodeFeatureExtractor(await encodeFeatureExtractor(extractor));
 * (await again.features(images)).shape; // [128, 8]
 */
export async function encodeFeatureExtractor(extractor: Pick<FeatureExtractor, 'model'>): Promise<Uint8Array> {
  const where = 'encodeFeatureExtractor';
  if (typeof extractor !== 'object' || extractor === null)
    refuse(where, 'extractor', 'be an extractor, such as trainFeatureExtractor gives', extractor);
  requireNetwork(where, 'extractor.model', extractor.model, [1]);
  const { values, tensors } = joinSnapshots([['model', await saveModel(where, 'extractor.model', extractor.model)]]);
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'extractor', rule, value));
  return atFileDoor(where, 'extractor', () => encodeDocument(format, values, tensors));
}

/**
 * Reads a feature extractor from the bytes of {@link encodeFeatureExtractor}. The file may come from anybody, as with
 * {@link decodeGan}.
 *
 * @param bytes - The whole file.
 * @returns The extractor; the caller disposes its `model`.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together.
 * @example
 * const extractor = featureExtractorFrom(classifier);
 * const { classify } = await decodeFeatureExtractor(await encodeFeatureExtractor(extractor));
 * (await classify(images)).shape; // [128, 2]
 */
export async function decodeFeatureExtractor(bytes: Uint8Array): Promise<FeatureExtractor> {
  return atFileDoor('decodeFeatureExtractor', 'bytes', () => readExtractorBytes(bytes));
}

/** {@link decodeFeatureExtractor} within a reader of files. */
export async function readExtractorBytes(bytes: Uint8Array): Promise<FeatureExtractor> {
  const { description: values, tensors } = await decodeDocument(bytes, [format]);
  const model = await readModel(partOf({ values, tensors }, 'model'));
  try {
    return featureExtractorFrom(model);
  } catch (error) {
    model.dispose();
    return refuseFile('hold a classifier with features', error instanceof Error ? error.message : error);
  }
}
