import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import type { SafetensorsFile } from '../../data/safetensors/decode-safetensors.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import type { Feature } from '../../nn/embedding/inputs/features.js';
import { modelInputs } from '../../nn/embedding/models/builder-features.js';
import { createModel } from '../../nn/embedding/models/create-model.js';
import type { EmbeddingModel, Head } from '../../nn/embedding/models/embedding-model.js';
import type { EmbeddingTable } from '../../nn/embedding/models/embedding-table.js';
import { movableTable } from '../../nn/embedding/models/movable-table.js';
import { columnTensors, readColumns } from './columns-file.js';
import { readNetwork } from './network-file.js';
import { byName, type Reader, refuseFile, requireShallow, tensorOf } from './reader.js';
import { type VocabularyList, vocabularyAt } from './vocabularies.js';

/** A model for a file: what it is, and its numbers. */
export async function describeModel(
  model: EmbeddingModel,
  vocabularies: VocabularyList,
): Promise<{ readonly description: object; readonly tensors: Record<string, SafetensorInput> }> {
  const { kind, config, features, head, tables, network, variables, userColumns, itemColumns } = model;
  const tensors: Record<string, SafetensorInput> = {
    ...columnTensors('user', features, userColumns),
    ...columnTensors('item', features, itemColumns),
  };
  for (const [name, { rows, size, values }] of Object.entries(tables)) {
    tensors[`table/${name}`] = { shape: [rows, size], values };
  }
  for (const [name, weights] of Object.entries(variables)) {
    tensors[`weights/${name}`] = { shape: weights.shape, values: await weights.data<'float32'>() };
  }
  const described = Object.entries(features).map(([name, feature]) => ({
    name,
    ...describeFeature(feature, vocabularies),
  }));
  const owned = { userColumns: Object.keys(userColumns), itemColumns: Object.keys(itemColumns) };
  const tableSizes = Object.entries(tables).map(([name, { rows, size }]) => ({ name, rows, size }));
  return { description: { kind, config, features: described, head, tables: tableSizes, network, ...owned }, tensors };
}

function describeFeature(feature: Feature, vocabularies: VocabularyList): object {
  if (feature.kind === 'numeric') return feature;
  return { ...feature, vocabulary: vocabularies.place(feature.vocabulary) };
}

/** Reads a model. The caller disposes it. */
export function readModel(file: SafetensorsFile, part: Reader, vocabularies: readonly Vocabulary[]): EmbeddingModel {
  const features = byName(
    'features',
    part.parts('features').map((feature) => [feature.text('name'), readFeature(feature, vocabularies)]),
  );
  const inputs = modelInputs('loadRecommender', {
    features,
    userColumns: readColumns(file, 'user', features, part.texts('userColumns'), sizeOf(features, 'user')),
    itemColumns: readColumns(file, 'item', features, part.texts('itemColumns'), sizeOf(features, 'item')),
  });
  const tables = byName(
    'tables',
    part.parts('tables').map((table): [string, EmbeddingTable] => {
      const [name, rows, size] = [table.text('name'), table.whole('rows', 1, 2 ** 31), table.whole('size', 1, 2 ** 31)];
      return [name, movableTable(rows, size, tensorOf(file, `table/${name}`, Float32Array, [rows, size]))];
    }),
  );
  const network = readNetwork(part.part('network'), inputs.features, tables);
  const weights = Object.entries(network.weights).map(
    ([name, shape]) => [name, shape, tensorOf(file, `weights/${name}`, Float32Array, shape)] as const,
  );
  const [kind, config, head] = [part.text('kind'), part.part('config').plain(), readHead(part.text('head'))];
  requireShallow('config', config);
  // Last, when nothing can be refused any more: variables must be disposed.
  const variables = tidy(() =>
    weights.map(([name, shape, values]) => [name, variable(tensor(values, [...shape], 'float32'))] as const),
  );
  return createModel({ kind, config, ...inputs, head, tables, network, variables: Object.fromEntries(variables) });
}

function readFeature(part: Reader, vocabularies: readonly Vocabulary[]): Feature {
  const kind = part.text('kind');
  if (kind === 'numeric') return { kind, ...(part.has('size') && { size: part.whole('size', 1, 2 ** 31) }) };
  if (kind !== 'categorical' && kind !== 'bag') refuseFile('hold features of a kind that is known', kind);
  return {
    kind,
    vocabulary: vocabularyAt(vocabularies, part, 'vocabulary'),
    ...(part.has('embeddingSize') && { embeddingSize: part.whole('embeddingSize', 1, 2 ** 31) }),
    ...(kind === 'bag' && part.has('leaveOut') && { leaveOut: part.text('leaveOut') }),
  };
}

function sizeOf(features: Readonly<Record<string, Feature>>, owner: string): number {
  const feature = Object.hasOwn(features, owner) ? features[owner] : undefined;
  return feature?.kind === 'categorical' ? feature.vocabulary.size : 0;
}

function readHead(head: string): Head {
  if (head !== 'binary' && head !== 'value' && head !== 'count') refuseFile('hold a head that is known', head);
  return head;
}
