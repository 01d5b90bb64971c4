import type { Interactions } from '../../data/interactions.js';
import { parseSafetensors, type SafetensorsFile } from '../../data/safetensors/parse-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { asRecommender } from '../as-recommender.js';
import { itemItem } from '../baselines/item-item.js';
import { popularity } from '../baselines/popularity.js';
import type { Recommender } from '../recommender.js';
import { checksum } from './checksum.js';
import { readFactors } from './factors-file.js';
import { readInteractions } from './interactions-file.js';
import { readModel } from './model-file.js';
import { createReader, type Reader, refuseFile } from './reader.js';
import { fileFormat } from './save-recommender.js';
import { readVocabularies, vocabularyAt } from './vocabularies.js';

/**
 * Reads a recommender from the bytes of {@link saveRecommender}. On the same backend its scores have the same bits.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, everything is checked before it
 * is used, and no more memory is taken than the file's own length asks for. Damage is found by a checksum.
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
  const file = parseSafetensors(bytes);
  if (file.metadata.format !== fileFormat) refuseFile(`be of the format '${fileFormat}'`, file.metadata.format);
  const found = checksum(file.tensors);
  if (file.metadata.checksum !== found)
    refuseFile(`have the checksum ${found}, or are damaged`, file.metadata.checksum);
  const description = readDescription(file);
  const vocabularies = readVocabularies(description);
  const [users, items] = [
    vocabularyAt(vocabularies, description, 'users'),
    vocabularyAt(vocabularies, description, 'items'),
  ];
  const seen = description.has('seen') ? readSeen(file, description.part('seen'), users, items) : undefined;
  const known = { name: description.text('name'), users, items, ...(seen && { seen }) };
  if (description.has('factors')) return readFactors(file, description.part('factors'), known);
  if (description.has('origin')) return { ...(await makeAgain(description.part('origin'), seen)), name: known.name };
  const model = readModel(file, description.part('model'), vocabularies);
  try {
    const recommender = asRecommender(model, { name: known.name, ...(seen && { seen }) });
    if (recommender.users !== users || recommender.items !== items)
      refuseFile("hold a model of the file's users", users.size);
    return recommender;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function readDescription(file: SafetensorsFile): Reader {
  const text = Object.hasOwn(file.tensors, 'description') ? file.tensors.description!.values : undefined;
  if (!(text instanceof Uint8Array)) refuseFile("hold a description in the tensor 'description'", text);
  try {
    return createReader(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return refuseFile('hold a description in JSON', error instanceof Error ? error.message : error);
  }
}

function readSeen(file: SafetensorsFile, part: Reader, users: Vocabulary, items: Vocabulary): Interactions {
  const [length, hasTimes] = [part.whole('length', 0, 2 ** 32 - 1), part.flag('hasTimes')];
  return readInteractions(file, users, items, { length, hasTimes });
}

async function makeAgain(origin: Reader, seen: Interactions | undefined): Promise<Recommender> {
  const [kind, options] = [origin.text('kind'), origin.part('options')];
  if (!seen) refuseFile(`hold what was seen, for '${kind}'`, seen);
  if (kind === 'popularity') {
    // Files of 0.1.0 say nothing, and counted rows.
    const count = options.has('count') ? options.text('count') : 'rows';
    if (count !== 'users' && count !== 'rows') refuseFile('hold a count that is known', count);
    return popularity(seen, { count });
  }
  if (kind !== 'itemItem') refuseFile('hold a recommender of a kind that is known', kind);
  const similarity = options.text('similarity');
  if (similarity !== 'cosine' && similarity !== 'jaccard' && similarity !== 'conditional') {
    refuseFile('hold a similarity that is known', similarity);
  }
  const [neighbours, shrinkage] = [options.whole('neighbours', 1, 2 ** 31), options.number('shrinkage')];
  return itemItem(seen, { similarity, neighbours, shrinkage });
}
