import { requireOptions } from '../../../internal/options.js';
import { requireOneOf, requirePositiveInteger } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type EmbeddingModelConfig, pairInputs, tableFor } from './builder-features.js';
import { createModel } from './create-model.js';
import type { EmbeddingModel, Head } from './embedding-model.js';
import { initialVariables, type KernelInitializer } from './initial-weights.js';
import { createNetworkBuilder } from './network-builder.js';

/**
 * Builds generalised matrix factorisation: user and item embeddings multiplied number by number, and a weighted sum.
 *
 *     logit = output(user * item)
 *
 * @param config - The features `user` and `item`, and sizes.
 * @returns The model. The caller disposes it.
 * @throws RangeError when a size or a feature is not as described.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @example
 * const model = buildGmf({ features: { user: createVocabulary(['ann']), item: createVocabulary(['tea', 'cup']) } });
 * model.network.weights['output/kernel']; // [8, 1]
 */
export function buildGmf(
  config: Pick<EmbeddingModelConfig, 'features' | 'embeddingDeviation' | 'seed'> & {
    /** Length of an embedding. Default 8. */
    readonly embeddingSize?: number;
    /** What the output means. Default `'binary'`. */
    readonly head?: Head;
    /** How the output's kernel starts. Default `'lecunUniform'`. */
    readonly outputInitializer?: KernelInitializer;
  },
): EmbeddingModel {
  requireOptions(
    'buildGmf',
    config,
    { features: true, embeddingDeviation: true, seed: true, embeddingSize: true, head: true, outputInitializer: true },
    'config',
  );
  const where = 'buildGmf';
  const { embeddingSize = 8, head = 'binary', outputInitializer = 'lecunUniform' } = config;
  const { embeddingDeviation = 0.01, seed = 0 } = config;
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireOneOf(where, 'head', ['binary', 'value', 'count'], head);
  const inputs = pairInputs(where, config);
  const rng = createRng(seed).stream('init');
  const table = (name: 'user' | 'item') =>
    tableFor(inputs.features[name]!, embeddingSize, embeddingDeviation, rng.stream(name));
  const builder = createNetworkBuilder();
  const [user, item] = [builder.leaf('user', embeddingSize, 'user'), builder.leaf('item', embeddingSize, 'item')];
  builder.dense('output', [builder.product(user, item)], { activation: 'linear', dropout: 0, size: 1 });
  const network = builder.finish();
  return createModel({
    kind: 'gmf',
    config: { embeddingSize, head, outputInitializer, embeddingDeviation, seed },
    ...inputs,
    head,
    tables: { user: table('user'), item: table('item') },
    network,
    variables: initialVariables(network, rng.stream('dense'), () => outputInitializer),
  });
}
