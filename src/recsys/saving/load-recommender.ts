import type { Interactions } from '../../data/interactions.js';
import { decodeSafetensorsInPieces, type SafetensorsFile } from '../../data/safetensors/decode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { createPause } from '../../internal/pause.js';
import { type Pieces, piecemeal } from '../../internal/pieces.js';
import { asRecommender } from '../as-recommender.js';
import { popularity } from '../baselines/popularity.js';
import type { Recommender } from '../recommender.js';
import { checksum } from './checksum.js';
import { readFactors } from './factors-file.js';
import { requireFiniteTensors } from './finite-tensors.js';
import { readInteractions } from './interactions-file.js';
import { readModel } from './model-file.js';
import { readNeighbours } from './neighbours-file.js';
import { createReader, type Reader, refuseFile } from './reader.js';
import { fileFormat } from './save-recommender.js';
import { readVocabularies, vocabularyAt } from './vocabularies.js';

/**
 * Reads a recommender from the bytes of {@link saveRecommender}. On the same backend its scores have the same bits.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, everything is checked before it
 * is used, and no more memory or time is taken than the file's own length asks for: nothing is trained or counted again.
 * Numbers that are NaN or infinite are refused. Damage is found by a checksum.
 *
 * @param bytes - The whole file.
 * @returns The recommender. One with a `model` owns weights on the backend: the caller disposes them with
 *   `recommender.model?.dispose()`.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const again = await loadRecommender(await saveRecommender(recommender));
 * const [pick] = await recommend(again, 'ann', { k: 1 });
 * pick.item; // 'cake'
 */
export async function loadRecommender(bytes: Uint8Array): Promise<Recommender> {
  if (!(bytes instanceof Uint8Array)) refuseFile('be a Uint8Array', bytes);
  const pause = createPause();
  const file = await piecemeal(decodeSafetensorsInPieces(bytes), pause);
  if (file.metadata.format !== fileFormat) refuseFile(`be of the format '${fileFormat}'`, file.metadata.format);
  const found = await checksum(file.tensors);
  if (file.metadata.checksum !== found)
    refuseFile(`have the checksum ${found}, or are damaged`, file.metadata.checksum);
  await requireFiniteTensors(file.tensors, refuseFile);
  const description = await piecemeal(readDescription(file), pause);
  const vocabularies = await piecemeal(readVocabularies(description), pause);
  const [users, items] = [
    vocabularyAt(vocabularies, description, 'users'),
    vocabularyAt(vocabularies, description, 'items'),
  ];
  const seen = description.has('seen')
    ? await piecemeal(readSeen(file, description.part('seen'), users, items), pause)
    : undefined;
  await pause();
  const known = { name: description.text('name'), users, items, ...(seen && { seen }) };
  if (description.has('factors')) return readFactors(file, description.part('factors'), known);
  if (description.has('neighbours')) return readNeighbours(file, description.part('neighbours'), known);
  if (description.has('origin')) return makeAgain(description.part('origin'), known);
  return readWrapped(file, description.part('model'), vocabularies, known);
}

function readWrapped(
  file: SafetensorsFile,
  part: Reader,
  vocabularies: readonly Vocabulary[],
  known: {
    readonly name: string;
    readonly users: Vocabulary;
    readonly items: Vocabulary;
    readonly seen?: Interactions;
  },
): Recommender {
  const model = readModel(file, part, vocabularies);
  try {
    const { name, users, items, seen } = known;
    const recommender = asRecommender(model, { name, ...(seen && { seen }) });
    if (recommender.users !== users || recommender.items !== items) {
      refuseFile("hold a model of the file's users", users.size);
    }
    return recommender;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function* readDescription(file: SafetensorsFile): Pieces<Reader> {
  const text = Object.hasOwn(file.tensors, 'description') ? file.tensors.description!.values : undefined;
  if (!(text instanceof Uint8Array)) refuseFile("hold a description in the tensor 'description'", text);
  const description = yield* parseDescription(text);
  return createReader(description);
}

function* parseDescription(bytes: Uint8Array): Pieces<unknown> {
  const text = decode(bytes);
  yield;
  let found: unknown;
  let again: string | undefined;
  try {
    found = JSON.parse(text);
    yield;
    again = JSON.stringify(found);
  } catch (error) {
    refuseFile('hold a description in JSON', error instanceof Error ? error.message : error);
  }
  // What comes out as it went in has no name twice, and nothing but what is read.
  if (again !== text) refuseFile('hold a description as JSON.stringify writes it, each name once', text);
  return found;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    return refuseFile('hold a description in UTF-8', error instanceof Error ? error.message : error);
  }
}

function readSeen(file: SafetensorsFile, part: Reader, users: Vocabulary, items: Vocabulary): Pieces<Interactions> {
  const [length, hasTimes] = [part.whole('length', 0, 2 ** 32 - 1), part.flag('hasTimes')];
  const hasOrders = part.has('hasOrders') && part.flag('hasOrders');
  return readInteractions(file, users, items, { length, hasTimes, hasOrders });
}

// Only what costs no more than to read the file may be made again.
function makeAgain(
  origin: Reader,
  { name, seen }: { readonly name: string; readonly seen?: Interactions },
): Recommender {
  const kind = origin.text('kind');
  if (kind !== 'popularity') refuseFile('hold a recommender of a kind that is known', kind);
  if (!seen) refuseFile(`hold what was seen, for '${kind}'`, seen);
  // Files of 0.1.0 say nothing, and counted rows.
  const options = origin.part('options');
  const count = options.has('count') ? options.text('count') : 'rows';
  if (count !== 'users' && count !== 'rows') refuseFile('hold a count that is known', count);
  return { ...popularity(seen, { count }), name };
}
