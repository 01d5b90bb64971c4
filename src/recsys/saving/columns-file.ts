import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { refuseFile } from '../../internal/file-fault.js';
import type { Bags, Feature, FeatureColumn, FeatureColumns } from '../../nn/embedding/inputs/features.js';
import { tensorOf } from '../../saving/document/reader.js';
import type { SavedRecommender } from '../recommender.js';

/** Values of features of users or items as tensors of a file. */
export function columnTensors(
  owner: 'user' | 'item',
  features: Readonly<Record<string, Feature>>,
  columns: FeatureColumns,
): Record<string, SafetensorInput> {
  const tensors: Record<string, SafetensorInput> = {};
  for (const [name, column] of Object.entries(columns)) {
    if (features[name]!.kind === 'bag') {
      const { offsets, indices } = column as Bags;
      tensors[`${owner}Bags/${name}`] = { shape: [offsets.length], values: offsets };
      tensors[`${owner}BagItems/${name}`] = { shape: [indices.length], values: indices };
    } else {
      const values = column as Int32Array | Float32Array;
      tensors[`${owner}Column/${name}`] = { shape: [values.length], values };
    }
  }
  return tensors;
}

/** Reads them back; `rows` users or items. */
export function readColumns(
  file: Pick<SavedRecommender, 'tensors'>,
  owner: 'user' | 'item',
  features: Readonly<Record<string, Feature>>,
  names: readonly string[],
  rows: number,
): FeatureColumns {
  return Object.fromEntries(names.map((name) => [name, readColumn(file, owner, features, name, rows)]));
}

function readColumn(
  file: Pick<SavedRecommender, 'tensors'>,
  owner: 'user' | 'item',
  features: Readonly<Record<string, Feature>>,
  name: string,
  rows: number,
): FeatureColumn {
  const feature = Object.hasOwn(features, name) ? features[name] : undefined;
  if (feature === undefined) refuseFile('hold columns of its features only', name);
  const path = `${owner}Column/${name}`;
  if (feature.kind === 'categorical') return tensorOf(file, path, Int32Array, [rows]);
  if (feature.kind === 'numeric') return tensorOf(file, path, Float32Array, [rows * (feature.size ?? 1)]);
  const offsets = tensorOf(file, `${owner}Bags/${name}`, Uint32Array, [rows + 1]);
  const indices = tensorOf(file, `${owner}BagItems/${name}`, Int32Array, [offsets.at(-1)!]);
  return { offsets, indices };
}
