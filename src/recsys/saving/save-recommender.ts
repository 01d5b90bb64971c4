import { encodeSafetensors, type SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { refuse } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';
import { checksum } from './checksum.js';
import { describeFactors } from './factors-file.js';
import { interactionTensors } from './interactions-file.js';
import { describeModel } from './model-file.js';
import { createVocabularyList, type VocabularyList } from './vocabularies.js';

/** What the header of a file calls it. */
export const fileFormat = 'minimart recommender 1';

/**
 * Puts a whole recommender into the bytes of one file: vocabularies, what was seen, weights, settings.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum.
 * It holds embedding models of every kind, factors ({@link implicitAls}, {@link factorRecommender}) and recommenders that
 * are made again from what was seen ({@link popularity}, {@link itemItem}, which takes its time again). Not in it: optimizers, and functions, such as the `confidence`
 * of {@link implicitAls}; a model's loss is no part of a model.
 *
 * @param recommender - Stays as it is.
 * @returns The bytes; {@link loadRecommender} reads them.
 * @throws RangeError for a recommender of your own that has neither a model nor factors.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const bytes = await saveRecommender(recommender);
 * const again = await loadRecommender(bytes);
 * again.items.idAt(0); // 'tea'
 */
export async function saveRecommender(recommender: Recommender): Promise<Uint8Array> {
  const { name, users, items, seen } = recommender;
  const vocabularies = createVocabularyList();
  const places = { users: vocabularies.place(users), items: vocabularies.place(items) };
  const part = await describePart(recommender, vocabularies);
  const description = {
    name,
    ...places,
    ...(seen && { seen: { length: seen.length, hasTimes: seen.times !== undefined } }),
    ...part.description,
    vocabularies: vocabularies.states(),
  };
  const text = new TextEncoder().encode(JSON.stringify(description));
  const tensors = {
    description: { shape: [text.length], values: text },
    ...(seen && interactionTensors(seen)),
    ...part.tensors,
  };
  return encodeSafetensors(tensors, { format: fileFormat, checksum: checksum(tensors) });
}

interface Part {
  readonly description: object;
  readonly tensors: Readonly<Record<string, SafetensorInput>>;
}

async function describePart(recommender: Recommender, vocabularies: VocabularyList): Promise<Part> {
  const { model, origin, leastSquares } = recommender;
  if (model) {
    const { description, tensors } = await describeModel(model, vocabularies);
    return { description: { model: description }, tensors };
  }
  if (origin) return { description: { origin }, tensors: {} };
  const factors = await recommender.factors?.();
  if (!factors) refuse('saveRecommender', 'recommender', 'have a model or factors', recommender.name);
  const { description, tensors } = describeFactors(factors, leastSquares, recommender);
  return { description: { factors: description }, tensors };
}
