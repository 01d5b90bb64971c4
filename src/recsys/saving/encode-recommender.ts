import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { requireVocabulary } from '../../data/vocabulary.js';
import { atFileDoor } from '../../internal/file-fault.js';
import { refuse } from '../../internal/require.js';
import { encodeDocument } from '../../saving/document/document.js';
import { deepestDescription, isShallow } from '../../saving/document/json.js';
import { createVocabularyList } from '../../saving/document/vocabularies.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import { requireRecommender } from '../check-recommender.js';
import { stateOfFactors } from '../kinds/factor-recommender.js';
import type { Recommender, RecommenderState } from '../recommender.js';
import { describeInteractions, interactionTensors } from './interactions-file.js';

/** What the header of a file calls it. */
export const fileFormat = 'minimart recommender 2';

const where = 'encodeRecommender';

/**
 * Puts a whole recommender into the bytes of one file: vocabularies, what was seen, weights, settings.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum.
 * It holds embedding models of every kind, sequence models ({@link sasRecRecommender}), factors ({@link trainImplicitAls},
 * {@link factorRecommender}), the neighbours of {@link itemItemRecommender}, weights and rules, mixes with their parts, and
 * {@link popularityRecommender}, which is counted again. Not in it: optimizers, and functions, such as the `confidence` of
 * {@link trainImplicitAls}; a model's loss is no part of a model.
 *
 * A recommender of your own is written as its `state` says, or by its `factors` where it has no `state`:
 *
 *     state: () => ({ kind: 'decay', settings: { halfLife }, tensors: { scores: { shape: [scores.length], values: scores } } })
 *
 * @param recommender - Stays as it is.
 * @returns The bytes; {@link decodeRecommender} reads them.
 * @throws RangeError for a recommender that declares neither `state` nor `factors`, for settings that are no plain JSON, and
 *   where a weight is NaN or infinite, by the name of its tensor.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const bytes = await encodeRecommender(recommender);
 * const again = await decodeRecommender(bytes);
 * again.items.idAt(0); // 'tea'
 */
export async function encodeRecommender(recommender: Recommender): Promise<Uint8Array> {
  requireRecommender(where, recommender);
  const { name, users, items, seen } = recommender;
  const list = createVocabularyList();
  const places = { users: list.place(users), items: list.place(items) };
  const { kind, settings = {}, tensors: own = {}, vocabularies = {} } = await stateOf(recommender);
  const named = Object.entries(vocabularies).map(([each, vocabulary]) => [each, list.place(vocabulary)]);
  const tensors: Record<string, SafetensorInput> = { ...(seen && interactionTensors(seen)) };
  for (const [each, tensor] of Object.entries(own)) tensors[`${kind}/${each}`] = tensor;
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'recommender', rule, value));
  const description = {
    name,
    ...places,
    ...(seen && { seen: describeInteractions(seen) }),
    state: { kind, settings, vocabularies: Object.fromEntries(named) },
    vocabularies: list.states(),
  };
  return atFileDoor(where, 'recommender', () => encodeDocument(fileFormat, description, tensors));
}

/** What is written down of a recommender, checked. */
export async function stateOf(recommender: Recommender): Promise<RecommenderState> {
  if (!recommender.state) {
    const factors = await recommender.factors?.();
    if (factors) return stateOfFactors(recommender, factors);
    return refuse(
      where,
      'recommender',
      'declare `state` (what to write down of it) or `factors`, to be saved',
      recommender.name,
    );
  }
  const state = await recommender.state();
  const { kind, settings, vocabularies } = state ?? {};
  if (typeof kind !== 'string' || !/^[^/]+$/.test(kind) || kind === 'seen') {
    refuse(where, 'recommender.state().kind', "be a text without '/', other than 'seen'", kind);
  }
  if (!isShallow(settings, deepestDescription)) {
    refuse(where, 'recommender.state().settings', `be at most ${deepestDescription} levels deep`, settings);
  }
  requirePlain('recommender.state().settings', settings ?? {});
  for (const [each, vocabulary] of Object.entries(vocabularies ?? {})) {
    requireVocabulary(where, `recommender.state().vocabularies.${each}`, vocabulary);
  }
  return state;
}

// What JSON would leave out or change without a word is refused; undefined fields are left out.
function requirePlain(path: string, value: unknown): void {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  const isPlain = Array.isArray(value) || (typeof value === 'object' && isRecord(value));
  if (!isPlain) refuse(where, path, 'be plain JSON', value);
  for (const [name, each] of Object.entries(value)) requirePlain(`${path}.${name}`, each);
}

function isRecord(value: object): boolean {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value)) && !('toJSON' in value);
}
