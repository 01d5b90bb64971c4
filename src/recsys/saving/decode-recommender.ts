import type { Interactions } from '../../data/interactions.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { type Pieces, piecemeal } from '../../internal/pieces.js';
import { requireGivenFunction } from '../../internal/require.js';
import { type Document, decodeDocument, type Tensors } from '../../saving/document/document.js';
import type { Reader } from '../../saving/document/reader.js';
import { readVocabularies, vocabularyAt } from '../../saving/document/vocabularies.js';
import { requireRecommender } from '../check-recommender.js';
import type { Recommender, RecommenderState, SavedRecommender } from '../recommender.js';
import { fileFormat } from './encode-recommender.js';
import { stateOfFirstFormat, withoutPrefix } from './first-format.js';
import { readInteractions } from './interactions-file.js';
import { savedKinds } from './saved-kinds.js';

/** Options of {@link decodeRecommender}. */
export interface DecodeRecommenderOptions {
  /** What makes recommenders of your own kinds again, by the `kind` of their state; before those of the library. */
  readonly kinds?: Readonly<Record<string, (saved: SavedRecommender) => Recommender | Promise<Recommender>>>;
}

type Kinds = NonNullable<DecodeRecommenderOptions['kinds']>;

const names: OptionNames<DecodeRecommenderOptions> = { kinds: true };
const firstFormat = 'minimart recommender 1';

/**
 * Reads a recommender from the bytes of {@link encodeRecommender}. On the same backend its scores have the same bits.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, everything is checked before it
 * is used, and no more memory or time is taken than the file's own length asks for: nothing is trained or counted again.
 * Numbers that are NaN or infinite are refused. Damage is found by a checksum. Files of the format before this one are read.
 *
 * A recommender of a kind of your own is made again by your reader, which should trust its settings and tensors as little:
 *
 *     decodeRecommender(bytes, { kinds: { decay: ({ users, items, settings, tensors }) => decayRecommender(…) } })
 *
 * @param bytes - The whole file.
 * @param options - Readers of kinds of your own, by the `kind` of their {@link RecommenderState}.
 * @returns The recommender. One with a `model` owns weights on the backend: the caller disposes them with
 *   `recommender.model?.dispose()`.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const again = await decodeRecommender(await encodeRecommender(recommender));
 * const [pick] = await recommend(again, 'ann', { k: 1 });
 * pick.item; // 'cake'
 */
export async function decodeRecommender(
  bytes: Uint8Array,
  options: DecodeRecommenderOptions = {},
): Promise<Recommender> {
  const where = 'decodeRecommender';
  const kinds = requireKinds(where, options);
  return atFileDoor(where, 'bytes', () => readRecommenderBytes(where, bytes, kinds));
}

/** Checks the options, and gives the readers in them. */
export function requireKinds(where: string, options: DecodeRecommenderOptions): Kinds {
  requireOptions(where, options, names);
  const { kinds = {} } = options;
  for (const [kind, read] of Object.entries(kinds)) {
    requireGivenFunction(where, `kinds.${kind}`, read);
  }
  return kinds;
}

/** {@link decodeRecommender} within a reader of files. */
export async function readRecommenderBytes(where: string, bytes: Uint8Array, kinds: Kinds): Promise<Recommender> {
  const saved = await piecemeal(readSaved(await decodeDocument(bytes, [fileFormat, firstFormat])), createPause());
  return readKind(where, saved, kinds);
}

async function readKind(where: string, saved: SavedRecommender, kinds: Kinds): Promise<Recommender> {
  const own = Object.hasOwn(kinds, saved.kind) ? kinds[saved.kind] : undefined;
  if (own) {
    const recommender = await own(saved);
    requireRecommender(where, recommender, `kinds.${saved.kind}()`);
    return recommender;
  }
  if (!Object.hasOwn(savedKinds, saved.kind)) {
    refuseFile('hold a recommender of a kind that is known, or whose reader is in `kinds`', saved.kind);
  }
  return savedKinds[saved.kind]!(saved, (part) => readKind(where, part, kinds));
}

function* readSaved(file: Document): Pieces<SavedRecommender> {
  const { description } = file;
  const list = yield* readVocabularies(description);
  const users = vocabularyAt(list, description, 'users');
  const items = vocabularyAt(list, description, 'items');
  let seen: Interactions | undefined;
  if (description.has('seen')) seen = yield* readSeen(file, description.part('seen'), users, items);
  yield;
  const state =
    file.format === firstFormat
      ? stateOfFirstFormat(description, file.tensors, list)
      : readState(description.part('state'), file.tensors, list);
  return { name: description.text('name'), users, items, ...(seen && { seen }), ...state };
}

function readState(part: Reader, tensors: Tensors, list: readonly Vocabulary[]): Required<RecommenderState> {
  const kind = part.text('kind');
  const places = part.part('vocabularies');
  return {
    kind,
    settings: part.part('settings').plain(),
    tensors: withoutPrefix(tensors, `${kind}/`),
    vocabularies: Object.fromEntries(places.names().map((name) => [name, vocabularyAt(list, places, name)] as const)),
  };
}

function readSeen(file: Document, part: Reader, users: Vocabulary, items: Vocabulary): Pieces<Interactions> {
  const [length, hasTimes] = [part.whole('length', 0, 2 ** 32 - 1), part.flag('hasTimes')];
  const hasOrders = part.has('hasOrders') && part.flag('hasOrders');
  return readInteractions(file, users, items, { length, hasTimes, hasOrders });
}
