import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import type { Reader } from '../../saving/document/reader.js';
import { vocabularyAt } from '../../saving/document/vocabularies.js';
import type { RecommenderState } from '../recommender.js';

/**
 * The state in a file of the first format, which had a place of its own for each kind: `factors`, `neighbours` and `model`
 * under their names, popularity as an `origin`, tensors of models without a prefix.
 */
export function stateOfFirstFormat(
  description: Reader,
  tensors: Readonly<Record<string, SafetensorInput>>,
  list: readonly Vocabulary[],
): Required<RecommenderState> {
  const kind = ['factors', 'neighbours', 'model'].find((each) => description.has(each));
  if (kind === undefined) return stateOfOrigin(description.part('origin'));
  const part = description.part(kind);
  const settings = part.plain();
  if (kind === 'model') return { kind, settings, tensors, vocabularies: vocabulariesOf(part, list) };
  return { kind, settings, tensors: withoutPrefix(tensors, `${kind}/`), vocabularies: {} };
}

/** The tensors whose names begin with a prefix, by the rest of their names. */
export function withoutPrefix(
  tensors: Readonly<Record<string, SafetensorInput>>,
  prefix: string,
): Readonly<Record<string, SafetensorInput>> {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

// Files of 0.1.0 do not say what is counted, and counted rows.
function stateOfOrigin(origin: Reader): Required<RecommenderState> {
  const kind = origin.text('kind');
  if (kind !== 'popularity') refuseFile('hold a recommender of a kind that is known', kind);
  const options = origin.part('options');
  const settings = { count: options.has('count') ? options.text('count') : 'rows' };
  return { kind, settings, tensors: {}, vocabularies: {} };
}

function vocabulariesOf(model: Reader, list: readonly Vocabulary[]): Readonly<Record<string, Vocabulary>> {
  const named = model.parts('features').filter((feature) => feature.has('vocabulary'));
  return Object.fromEntries(
    named.map((feature) => [feature.text('name'), vocabularyAt(list, feature, 'vocabulary')] as const),
  );
}
