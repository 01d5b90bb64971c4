import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { requireBetween, requireOneOf, requirePositiveInteger, requireSizes } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type EmbeddingModelConfig, pairInputs, tableFor } from './builder-features.js';
import { createModel } from './create-model.js';
import type { EmbeddingModel, Head } from './embedding-model.js';
import { initialVariables, type KernelInitializer } from './initial-weights.js';
import type { EmbeddingTable } from './movable-table.js';
import { createNetworkBuilder } from './network-builder.js';

/** Config of {@link buildNeuMf}. */
export interface NeuMfConfig extends Pick<EmbeddingModelConfig, 'features' | 'embeddingDeviation' | 'seed'> {
  /** Length of the embeddings that are multiplied. Default 8. */
  readonly gmfSize?: number;
  /** Length of the embeddings that enter the dense layers. Default 32. */
  readonly embeddingSize?: number;
  /** Sizes of the hidden layers, each followed by relu. Default `[32, 16, 8]`. */
  readonly hidden?: readonly number[];
  /** Share of each hidden layer's outputs that training drops, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** What the output means. Default `'binary'`. */
  readonly head?: Head;
  /** How hidden kernels start. Default `'glorotUniform'`. */
  readonly hiddenInitializer?: KernelInitializer;
  /** How the last kernel starts. Default `'lecunUniform'`. */
  readonly outputInitializer?: KernelInitializer;
}

const optionNames: OptionNames<NeuMfConfig> = {
  features: true,
  embeddingDeviation: true,
  seed: true,
  gmfSize: true,
  embeddingSize: true,
  hidden: true,
  dropout: true,
  head: true,
  hiddenInitializer: true,
  outputInitializer: true,
};

/**
 * Builds NeuMF: generalised matrix factorisation and an embedding MLP side by side, with embeddings of their own.
 *
 *     logit = output([gmf user * gmf item, relu(hidden(... [user, item]))])
 *
 * The defaults are the paper's with 8 factors; with F factors, `gmfSize` is F, `embeddingSize` 4F, `hidden` [4F, 2F, F].
 *
 * @param config - The features `user` and `item`, and sizes.
 * @returns The model. The caller disposes it.
 * @throws RangeError when a size, a share or a feature is not as described.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @example
 * const model = buildNeuMf({ features: { user: createVocabulary(['ann']), item: createVocabulary(['tea', 'cup']) } });
 * model.network.weights['output/kernel']; // [16, 1]
 */
export function buildNeuMf(config: NeuMfConfig): EmbeddingModel {
  requireOptions('buildNeuMf', config, optionNames, 'config');
  const settings = checkedSettings(config);
  const { gmfSize, embeddingSize, hidden, dropout, head, hiddenInitializer, outputInitializer } = settings;
  const inputs = pairInputs('buildNeuMf', config);
  const rng = createRng(settings.seed).stream('init');
  const builder = createNetworkBuilder();
  const tables: Record<string, EmbeddingTable> = {};
  const leaf = (feature: 'user' | 'item', table: string, size: number): number => {
    tables[table] = tableFor(inputs.features[feature]!, size, settings.embeddingDeviation, rng.stream(table));
    return builder.leaf(feature, size, table);
  };
  const product = builder.product(leaf('user', 'gmf/user', gmfSize), leaf('item', 'gmf/item', gmfSize));
  let last = [leaf('user', 'user', embeddingSize), leaf('item', 'item', embeddingSize)];
  hidden.forEach((size, index) => {
    last = [builder.dense(`hidden_${index}`, last, { activation: 'relu', dropout, size })];
  });
  builder.dense('output', [product, ...last], { activation: 'linear', dropout: 0, size: 1 });
  const network = builder.finish();
  const variables = initialVariables(network, rng.stream('dense'), (name) =>
    name === 'output/kernel' ? outputInitializer : hiddenInitializer,
  );
  return createModel({ kind: 'neuMf', config: settings, ...inputs, head, tables, network, variables });
}

function checkedSettings(config: NeuMfConfig) {
  const where = 'buildNeuMf';
  const { gmfSize = 8, embeddingSize = 32, hidden = [32, 16, 8], dropout = 0, head = 'binary' } = config;
  const { hiddenInitializer = 'glorotUniform', outputInitializer = 'lecunUniform' } = config;
  const { embeddingDeviation = 0.01, seed = 0 } = config;
  requirePositiveInteger(where, 'gmfSize', gmfSize);
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireSizes(where, 'hidden', hidden);
  requireBetween(where, 'dropout', dropout, 0, 1);
  requireOneOf(where, 'head', ['binary', 'value', 'count'], head);
  const sizes = { gmfSize, embeddingSize, hidden: [...hidden] };
  return { ...sizes, dropout, head, hiddenInitializer, outputInitializer, embeddingDeviation, seed } as const;
}
