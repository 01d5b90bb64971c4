import { requireOptions } from '../../../internal/options.js';
import { requireOneOf, requirePositiveInteger } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type EmbeddingModelConfig, pairInputs, tableFor } from './builder-features.js';
import { createModel } from './create-model.js';
import type { EmbeddingModel, Head } from './embedding-model.js';
import { createEmbeddingTable } from './embedding-table.js';
import { initialVariables } from './initial-weights.js';
import type { EmbeddingTable } from './movable-table.js';
import { createNetworkBuilder } from './network-builder.js';

/**
 * Builds matrix factorisation: the dot product of a user's and an item's vector, with biases.
 *
 *     logit = bias + userBias[u] + itemBias[i] + sum over d of user[u, d] * item[i, d]
 *
 * @param config - The features `user` and `item`, and sizes.
 * @returns The model. The caller disposes it.
 * @throws RangeError when a size, a bias or a feature is not as described.
 * @see Koren et al., "Matrix Factorization Techniques for Recommender Systems" (2009)
 * @see Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (2020)
 * @example
 * const features = { user: createVocabulary(['ann']), item: createVocabulary(['tea', 'cup']) };
 * Object.keys(buildDotProduct({ features, biases: ['item'] }).tables); // ['user', 'item', 'itemBias']
 */
export function buildDotProduct(
  config: Pick<EmbeddingModelConfig, 'features' | 'seed'> & {
    /** Length of a user's and an item's vector. Default 64. */
    readonly embeddingSize?: number;
    /** Which biases are learned, each from 0. Default `['user', 'item', 'global']`. */
    readonly biases?: readonly ('user' | 'item' | 'global')[];
    /** Standard deviation of the normal numbers that vectors start from. Default 0.1. */
    readonly embeddingDeviation?: number;
    /** What the output means. Default `'binary'`. */
    readonly head?: Head;
  },
): EmbeddingModel {
  requireOptions(
    'buildDotProduct',
    config,
    { features: true, seed: true, embeddingSize: true, biases: true, embeddingDeviation: true, head: true },
    'config',
  );
  const where = 'buildDotProduct';
  const { embeddingSize = 64, biases = ['user', 'item', 'global'], embeddingDeviation = 0.1 } = config;
  const { head = 'binary', seed = 0 } = config;
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireOneOf(where, 'head', ['binary', 'value', 'count'], head);
  for (const bias of biases) requireOneOf(where, 'biases', ['user', 'item', 'global'], bias);
  const inputs = pairInputs(where, config);
  const rng = createRng(seed).stream('init');
  const builder = createNetworkBuilder();
  const tables: Record<string, EmbeddingTable> = {};
  const vectors = (['user', 'item'] as const).map((name) => {
    tables[name] = tableFor(inputs.features[name]!, embeddingSize, embeddingDeviation, rng.stream(name));
    return builder.leaf(name, embeddingSize, name);
  });
  const terms = [builder.dot(vectors[0]!, vectors[1]!)];
  for (const name of ['user', 'item'] as const) {
    if (!biases.includes(name)) continue;
    tables[`${name}Bias`] = createEmbeddingTable({ rows: tables[name]!.rows, size: 1, deviation: 0 });
    terms.push(builder.leaf(name, 1, `${name}Bias`));
  }
  if (biases.length > 0) builder.sum(terms, biases.includes('global') ? 'bias' : undefined);
  const network = builder.finish();
  return createModel({
    kind: 'dotProduct',
    config: { embeddingSize, biases: [...biases], embeddingDeviation, head, seed },
    ...inputs,
    head,
    tables,
    network,
    variables: initialVariables(network, rng.stream('dense'), () => 'glorotUniform'),
  });
}
