import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { refuseFile } from '../../internal/file-fault.js';
import type { Feature } from '../../nn/embedding/inputs/features.js';
import { modelInputs } from '../../nn/embedding/models/builder-features.js';
import { createModel } from '../../nn/embedding/models/create-model.js';
import type { EmbeddingModel, Head } from '../../nn/embedding/models/embedding-model.js';
import { type EmbeddingTable, movableTable } from '../../nn/embedding/models/movable-table.js';
import { byName, createReader, type Reader, requireShallow, tensorOf } from '../../saving/document/reader.js';
import { asRecommender } from '../kinds/as-recommender.js';
import type { Recommender, SavedRecommender } from '../recommender.js';
import { readColumns } from './columns-file.js';
import { readNetwork } from './network-file.js';

/** Makes a recommender over a model again. The caller disposes the model. */
export function readModelRecommender(saved: SavedRecommender): Recommender {
  const { name, users, items, seen } = saved;
  const model = readModel(saved);
  try {
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

/** What a model is made of again. */
export type SavedModel = Pick<SavedRecommender, 'settings' | 'tensors' | 'vocabularies'>;

/** Makes a model again; all is checked before a variable is made. */
export function readModel(saved: SavedModel): EmbeddingModel {
  const part = createReader(saved.settings, 'settings');
  const features = byName(
    'features',
    part.parts('features').map((feature) => [feature.text('name'), readFeature(feature, saved.vocabularies)]),
  );
  const inputs = modelInputs('a model', {
    features,
    userColumns: readColumns(saved, 'user', features, part.texts('userColumns'), sizeOf(features, 'user')),
    itemColumns: readColumns(saved, 'item', features, part.texts('itemColumns'), sizeOf(features, 'item')),
  });
  const tables = byName(
    'tables',
    part.parts('tables').map((table): [string, EmbeddingTable] => {
      const [name, rows, size] = [table.text('name'), table.whole('rows', 1, 2 ** 31), table.whole('size', 1, 2 ** 31)];
      return [name, movableTable(rows, size, tensorOf(saved, `table/${name}`, Float32Array, [rows, size]))];
    }),
  );
  const network = readNetwork(part.part('network'), inputs.features, tables);
  const weights = Object.entries(network.weights).map(
    ([name, shape]) => [name, shape, tensorOf(saved, `weights/${name}`, Float32Array, shape)] as const,
  );
  const [kind, config, head] = [part.text('kind'), part.part('config').plain(), readHead(part.text('head'))];
  requireShallow('config', config);
  // Last, when nothing can be refused any more: variables must be disposed.
  const variables = tidy(() =>
    weights.map(([name, shape, values]) => [name, variable(tensor(values, [...shape], 'float32'))] as const),
  );
  return createModel({ kind, config, ...inputs, head, tables, network, variables: Object.fromEntries(variables) });
}

function readFeature(part: Reader, vocabularies: SavedRecommender['vocabularies']): Feature {
  const kind = part.text('kind');
  if (kind === 'numeric') return { kind, ...(part.has('size') && { size: part.whole('size', 1, 2 ** 31) }) };
  if (kind !== 'categorical' && kind !== 'bag') refuseFile('hold features of a kind that is known', kind);
  const name = part.text('name');
  if (!Object.hasOwn(vocabularies, name)) refuseFile('hold a vocabulary for each of its features', name);
  return {
    kind,
    vocabulary: vocabularies[name]!,
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
