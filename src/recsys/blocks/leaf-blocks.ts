import type { Bags, CategoricalFeature } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { LeafNode } from '../../nn/embedding/models/network.js';

/** A leaf of a model's network with its place among the nodes. */
export interface PlacedLeaf extends LeafNode {
  readonly place: number;
  /** Whose property it is. */
  readonly owner: 'user' | 'item';
}

/** The leaves of a model of users and items. */
export function leavesOf({ network, userColumns }: EmbeddingModel): PlacedLeaf[] {
  return network.nodes.flatMap((node, place) => {
    if (node.op !== 'leaf') return [];
    const isUser = node.feature === 'user' || Object.hasOwn(userColumns, node.feature);
    return [{ ...node, place, owner: isUser ? 'user' : 'item' } as const];
  });
}

/** What a leaf's feature is for a user or item: indices of its vocabulary, none of them for numbers. */
export function idsOfLeaf(model: EmbeddingModel, leaf: PlacedLeaf, index: number): Int32Array {
  if (leaf.feature === 'user' || leaf.feature === 'item') return Int32Array.of(index);
  const column = model[leaf.owner === 'user' ? 'userColumns' : 'itemColumns'][leaf.feature]!;
  const { kind } = model.features[leaf.feature]!;
  if (kind === 'numeric') return new Int32Array(0);
  if (kind === 'categorical') return Int32Array.of((column as Int32Array)[index]!);
  const { offsets, indices } = column as Bags;
  return indices.subarray(offsets[index]!, offsets[index + 1]!);
}

/** The block `[size]` of a leaf for a user or item. */
export function leafBlock(model: EmbeddingModel, leaf: PlacedLeaf, index: number): Float32Array {
  const { feature, owner, size, table } = leaf;
  if (table !== undefined) return meanOfRows(model, leaf, idsOfLeaf(model, leaf, index));
  const column = model[owner === 'user' ? 'userColumns' : 'itemColumns'][feature] as Float32Array;
  return column.slice(index * size, (index + 1) * size);
}

/** The mean of rows of a leaf's table, as bags are taken; zeros for none. */
export function meanOfRows(model: EmbeddingModel, { table, size }: PlacedLeaf, rows: Int32Array): Float32Array {
  const { values } = model.tables[table!]!;
  const mean = new Float32Array(size);
  for (const row of rows) {
    for (let axis = 0; axis < size; axis += 1) mean[axis]! += values[row * size + axis]! / rows.length;
  }
  return mean;
}

/** The mean of a leaf's blocks over all users or items. */
export function averageBlock(model: EmbeddingModel, leaf: PlacedLeaf): Float32Array {
  const { size: count } = (model.features[leaf.owner] as CategoricalFeature).vocabulary;
  const sums = new Float64Array(leaf.size);
  for (let index = 0; index < count; index += 1) {
    const block = leafBlock(model, leaf, index);
    for (let axis = 0; axis < leaf.size; axis += 1) sums[axis]! += block[axis]!;
  }
  return Float32Array.from(sums, (sum) => sum / count);
}
