import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { createNetworkBuilder } from '../../nn/embedding/models/network-builder.js';
import type { DotProductWeights } from './dot-product-pass.js';

/** The tables of a model that is a dot product of a user's and an item's vector with all biases; undefined for others. */
export function dotProductTables({ network, tables }: EmbeddingModel): Omit<DotProductWeights, 'bias'> | undefined {
  const { user, item, userBias, itemBias } = tables;
  if (!user || !item || !userBias || !itemBias) return undefined;
  if (JSON.stringify(network.nodes) !== JSON.stringify(dotProductNodes(user.size))) return undefined;
  return {
    size: user.size,
    users: user.values,
    items: item.values,
    userBiases: userBias.values,
    itemBiases: itemBias.values,
  };
}

// What the loops of its own compute, as a network: a model is one if it is the same, whatever it is called.
function dotProductNodes(size: number) {
  const builder = createNetworkBuilder();
  const vectors = builder.dot(builder.leaf('user', size, 'user'), builder.leaf('item', size, 'item'));
  builder.sum([vectors, builder.leaf('user', 1, 'userBias'), builder.leaf('item', 1, 'itemBias')], 'bias');
  return builder.finish().nodes;
}
