import { encodeSafetensorsInPieces, type SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';
import { checksum } from './checksum.js';
import { describeFactors } from './factors-file.js';
import { requireFiniteTensors } from './finite-tensors.js';
import { describeInteractions, interactionTensors } from './interactions-file.js';
import { describeModel } from './model-file.js';
import { describeNeighbours } from './neighbours-file.js';
import { createVocabularyList, type VocabularyList } from './vocabularies.js';

/** What the header of a file calls it. */
export const fileFormat = 'minimart recommender 1';

/**
 * Puts a whole recommender into the bytes of one file: vocabularies, what was seen, weights, settings.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum.
 * It holds embedding models of every kind, factors ({@link implicitAls}, {@link factorRecommender}), the neighbours of
 * {@link itemItem}, and {@link popularity}, which is counted again. Not in it: optimizers, and functions, such as the
 * `confidence` of {@link implicitAls}; a model's loss is no part of a model.
 *
 * @param recommender - Stays as it is.
 * @returns The bytes; {@link loadRecommender} reads them.
 * @throws RangeError for a recommender of your own that has neither a model nor factors, and where a weight is NaN or
 *   infinite, by the name of its tensor.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const bytes = await saveRecommender(recommender);
 * const again = await loadRecommender(bytes);
 * again.items.idAt(0); // 'tea'
 */
export async function saveRecommender(recommender: Recommender): Promise<Uint8Array> {
  requireRecommender(recommender);
  const { name, users, items, seen } = recommender;
  const vocabularies = createVocabularyList();
  const places = { users: vocabularies.place(users), items: vocabularies.place(items) };
  const part = await describePart(recommender, vocabularies);
  const tensors = { ...(seen && interactionTensors(seen)), ...part.tensors };
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'recommender', rule, value));
  const description = {
    name,
    ...places,
    ...(seen && { seen: describeInteractions(seen) }),
    ...part.description,
    vocabularies: vocabularies.states(),
  };
  const pause = createPause();
  const json = JSON.stringify(description);
  await pause();
  const text = new TextEncoder().encode(json);
  const all = { description: { shape: [text.length], values: text }, ...tensors };
  const metadata = { format: fileFormat, checksum: await checksum(all) };
  return piecemeal(encodeSafetensorsInPieces(all, metadata), pause);
}

const where = 'saveRecommender';

function requireRecommender(recommender: Recommender): void {
  const { name, users, items } = recommender ?? {};
  const isWhole =
    typeof name === 'string' && typeof users?.toJSON === 'function' && typeof items?.toJSON === 'function';
  if (!isWhole) refuse(where, 'recommender', 'be a Recommender, with a name, users and items', recommender);
}

interface Part {
  readonly description: object;
  readonly tensors: Readonly<Record<string, SafetensorInput>>;
}

async function describePart(recommender: Recommender, vocabularies: VocabularyList): Promise<Part> {
  const { model, origin, neighbours, leastSquares } = recommender;
  if (model) {
    const { description, tensors } = await describeModel(model, vocabularies);
    return { description: { model: description }, tensors };
  }
  if (neighbours) {
    const { description, tensors } = describeNeighbours(neighbours);
    return { description: { neighbours: description }, tensors };
  }
  if (origin) return { description: { origin }, tensors: {} };
  const factors = await recommender.factors?.();
  if (!factors) refuse(where, 'recommender', 'have a model, neighbours or factors', recommender.name);
  const { description, tensors } = describeFactors(factors, leastSquares, recommender);
  return { description: { factors: description }, tensors };
}
