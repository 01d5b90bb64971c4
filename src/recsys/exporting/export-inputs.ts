import { input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';
import type { CategoricalFeature, FeatureColumns } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { LeafNode } from '../../nn/embedding/models/network.js';
import { leafBlock, type PlacedLeaf } from '../blocks/leaf-blocks.js';
import type { LayerMaker } from './export-layers.js';

/** The inputs of an exported model, made when they are first asked for, by the names of features. */
export interface ExportInputs {
  /** In the order of the features. */
  list(): SymbolicTensor[];
  /** What a leaf gives, `[B, size]`. */
  leaf(leaf: LeafNode, place: number): SymbolicTensor;
}

/** Makes inputs for a model: those features that it does not look up by itself. */
export function createExportInputs(model: EmbeddingModel, maker: LayerMaker): ExportInputs {
  const inputs: Record<string, SymbolicTensor> = {};
  for (const [name, feature] of Object.entries(model.features)) {
    if (Object.hasOwn(model.userColumns, name) || Object.hasOwn(model.itemColumns, name)) continue;
    if (feature.kind === 'bag') {
      refuse('exportRecommender', `features.${name}`, 'have its bags in userColumns or itemColumns', feature.kind);
    }
    inputs[name] =
      feature.kind === 'numeric'
        ? input({ name, shape: [feature.size ?? 1] })
        : input({ name, shape: [1], dtype: 'int32' });
  }
  return {
    list: () => Object.values(inputs),
    leaf: (leaf, place) => {
      const owner = ownerOf(model, leaf.feature);
      if (owner !== undefined) return ownedLeaf(model, maker, { ...leaf, place, owner }, inputs[owner]!);
      const given = inputs[leaf.feature]!;
      if (leaf.table === undefined) return given;
      const { values, size } = model.tables[leaf.table]!;
      return maker.lookUp(leaf.table, values, size, given, true);
    },
  };
}

function ownerOf({ userColumns, itemColumns }: EmbeddingModel, feature: string): 'user' | 'item' | undefined {
  const owns = (columns: FeatureColumns) => Object.hasOwn(columns, feature);
  if (owns(userColumns)) return 'user';
  return owns(itemColumns) ? 'item' : undefined;
}

// What the model looks up by user or item becomes a table of its own: the category's index, the numbers, the bag's mean.
function ownedLeaf(model: EmbeddingModel, maker: LayerMaker, leaf: PlacedLeaf, owner: SymbolicTensor): SymbolicTensor {
  const { feature, size, table } = leaf;
  const column = model[leaf.owner === 'user' ? 'userColumns' : 'itemColumns'][feature]!;
  const { size: rows } = (model.features[leaf.owner] as CategoricalFeature).vocabulary;
  if (model.features[feature]!.kind === 'categorical') {
    const indices = maker.lookUp(
      `${feature}_of_${leaf.owner}`,
      Float32Array.from(column as Int32Array),
      1,
      owner,
      false,
    );
    return maker.lookUp(table!, model.tables[table!]!.values, size, indices, true);
  }
  const values = new Float32Array(rows * size);
  for (let row = 0; row < rows; row += 1) values.set(leafBlock(model, leaf, row), row * size);
  return maker.lookUp(`${feature}_of_${leaf.owner}`, values, size, owner, false);
}
