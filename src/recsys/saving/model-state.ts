import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { RecommenderState } from '../recommender.js';
import { columnTensors } from './columns-file.js';

/** What is written down of a model: what it is, and its numbers. */
export async function stateOfModel(model: EmbeddingModel): Promise<RecommenderState> {
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
  const vocabularies: Record<string, Vocabulary> = {};
  const described = Object.entries(features).map(([name, feature]) => {
    if (feature.kind === 'numeric') return { name, ...feature };
    const { vocabulary, ...rest } = feature;
    vocabularies[name] = vocabulary;
    return { name, ...rest };
  });
  const owned = { userColumns: Object.keys(userColumns), itemColumns: Object.keys(itemColumns) };
  const tableSizes = Object.entries(tables).map(([name, { rows, size }]) => ({ name, rows, size }));
  const settings = { kind, config, features: described, head, tables: tableSizes, network, ...owned };
  return { kind: 'model', settings, tensors, vocabularies };
}
