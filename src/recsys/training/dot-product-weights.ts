import type { EmbeddingModel } from '../../nn/embedding/embedding-model.js';
import type { DotProductWeights } from './dot-product-pass.js';

/** The tables of a model that is a dot product of a user's and an item's vector with biases; undefined for others. */
export function dotProductTables({ kind, tables }: EmbeddingModel): Omit<DotProductWeights, 'bias'> | undefined {
  const { user, item, userBias, itemBias } = tables;
  if (kind !== 'dotProduct' || !user || !item || !userBias || !itemBias) return undefined;
  return {
    size: user.size,
    users: user.values,
    items: item.values,
    userBiases: userBias.values,
    itemBiases: itemBias.values,
  };
}
