import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { requireBetween, requireOneOf, requirePositiveInteger, requireSizes } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type EmbeddingModelConfig, modelInputs, tableFor } from './builder-features.js';
import { createModel } from './create-model.js';
import type { EmbeddingModel, Head } from './embedding-model.js';
import { initialVariables, type KernelInitializer } from './initial-weights.js';
import type { EmbeddingTable } from './movable-table.js';
import { createNetworkBuilder } from './network-builder.js';

/** Config of {@link buildEmbeddingMlp}. */
export interface EmbeddingMlpConfig extends EmbeddingModelConfig {
  /** Length of an embedding, for features that name none of their own. Default 50. */
  readonly embeddingSize?: number;
  /** Sizes of the hidden layers, each followed by relu; `[]` is a single linear map. Default `[64, 32]`. */
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

const optionNames: OptionNames<EmbeddingMlpConfig> = {
  features: true,
  userColumns: true,
  itemColumns: true,
  embeddingDeviation: true,
  seed: true,
  embeddingSize: true,
  hidden: true,
  dropout: true,
  head: true,
  hiddenInitializer: true,
  outputInitializer: true,
};

/**
 * Builds a network that embeds its categorical features, puts everything side by side and maps it through dense layers
 * to one number: who buys what, how many, how much, or whether a customer leaves.
 *
 *     logit = output(relu(hidden(... relu(hidden([embeddings, means of bags, numbers])))))
 *
 * With users and items alone and everything at its default, these are embeddings of 50 each, then 64, 32, 1. The output
 * is raw: a logit for `binary`, a number for `value`, the logarithm of a rate for `count`. Embeddings live on the host
 * and start normal; hidden kernels start Glorot uniform, the last one LeCun uniform, biases zero.
 *
 * @param config - Features and sizes.
 * @returns The model. The caller disposes it.
 * @throws RangeError when a size, a share or a feature is not as described.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @example
 * const users = createVocabulary(['ann', 'bob']);
 * const items = createVocabulary(['tea', 'cup', 'pot']);
 * const model = buildEmbeddingMlp({ features: { user: users, item: items } });
 * model.network.weights['hidden_0/kernel']; // [100, 64]
 */
export function buildEmbeddingMlp(config: EmbeddingMlpConfig): EmbeddingModel {
  requireOptions('buildEmbeddingMlp', config, optionNames, 'config');
  return buildMlp(config, 1);
}

/** As {@link buildEmbeddingMlp}, with so many outputs for each row, which `score` gives one behind the other. */
export function buildMlp(config: EmbeddingMlpConfig, outputs: number): EmbeddingModel {
  const settings = checkedSettings(config);
  const { embeddingSize, hidden, dropout, head, hiddenInitializer, outputInitializer, embeddingDeviation, seed } =
    settings;
  const inputs = modelInputs('buildEmbeddingMlp', config);
  const rng = createRng(seed).stream('init');
  const network = createNetworkBuilder();
  const tables: Record<string, EmbeddingTable> = {};
  const leaves = Object.entries(inputs.features).map(([name, feature]) => {
    if (feature.kind === 'numeric') return network.leaf(name, feature.size ?? 1);
    const size = feature.embeddingSize ?? embeddingSize;
    tables[name] = tableFor(feature, size, embeddingDeviation, rng.stream(name));
    return network.leaf(name, size, name);
  });
  let last: readonly number[] = leaves;
  hidden.forEach((size, index) => {
    last = [network.dense(`hidden_${index}`, last, { activation: 'relu', dropout, size })];
  });
  network.dense('output', last, { activation: 'linear', dropout: 0, size: outputs });
  const finished = network.finish();
  const variables = initialVariables(finished, rng.stream('dense'), (name) =>
    name === 'output/kernel' ? outputInitializer : hiddenInitializer,
  );
  return createModel({ kind: 'embeddingMlp', config: settings, ...inputs, head, tables, network: finished, variables });
}

function checkedSettings(config: EmbeddingMlpConfig) {
  const where = 'buildEmbeddingMlp';
  const { embeddingSize = 50, hidden = [64, 32], dropout = 0, head = 'binary' } = config;
  const { hiddenInitializer = 'glorotUniform', outputInitializer = 'lecunUniform' } = config;
  const { embeddingDeviation = 0.01, seed = 0 } = config;
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireSizes(where, 'hidden', hidden);
  requireBetween(where, 'dropout', dropout, 0, 1);
  requireOneOf(where, 'head', ['binary', 'value', 'count'], head);
  const hiddenSizes = [...hidden];
  return {
    embeddingSize,
    hidden: hiddenSizes,
    dropout,
    head,
    hiddenInitializer,
    outputInitializer,
    embeddingDeviation,
    seed,
  } as const;
}
