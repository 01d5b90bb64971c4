import { type OptionNames, requireOptions } from '../../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireOneOf,
  requirePositiveInteger,
  requireSizes,
} from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type EmbeddingModelConfig, type ModelInputs, modelInputs, requirePair, tableFor } from './builder-features.js';
import { createModel } from './create-model.js';
import type { EmbeddingModel, Head } from './embedding-model.js';
import { initialVariables, type KernelInitializer } from './initial-weights.js';
import type { EmbeddingTable } from './movable-table.js';
import { createNetworkBuilder } from './network-builder.js';

/** Config of {@link buildTwoTower}. */
export interface TwoTowerConfig extends EmbeddingModelConfig {
  /** Length of an embedding, for features that name none of their own. Default 32. */
  readonly embeddingSize?: number;
  /** Sizes of each tower's hidden layers, each followed by relu. Default `[64]`. */
  readonly hidden?: readonly number[];
  /** Length of the vectors at the towers' ends, a linear map of the last hidden layer. Default 32. */
  readonly outputSize?: number;
  /** Share of each hidden layer's outputs that training drops, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** What the output means. Default `'binary'`. */
  readonly head?: Head;
  /** How kernels start. Default `'glorotUniform'`. */
  readonly initializer?: KernelInitializer;
}

const optionNames: OptionNames<TwoTowerConfig> = {
  features: true,
  userColumns: true,
  itemColumns: true,
  embeddingDeviation: true,
  seed: true,
  embeddingSize: true,
  hidden: true,
  outputSize: true,
  dropout: true,
  head: true,
  initializer: true,
};

/**
 * Builds two towers: one maps a user and what is known of him to a vector, the other an item, and their dot product is
 * the output. Every feature besides `user` and `item` belongs to one of them, by `userColumns` or `itemColumns`.
 *
 *     logit = tower([user, its features]) . tower([item, its features])
 *
 * Each tower runs once for each distinct user or item of a batch. Like a plain dot product it has `factors()`, so exact
 * search and indexes serve it; unlike one, it knows something of an item that nobody has bought.
 *
 * @param config - Features and sizes.
 * @returns The model. The caller disposes it.
 * @throws RangeError when a size, a share or a feature is not as described.
 * @see Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations" (2019)
 * @example
 * const model = buildTwoTower({
 *   features: { user: createVocabulary(['ann']), item: createVocabulary(['tea', 'cup']), price: { kind: 'numeric' } },
 *   itemColumns: { price: Float32Array.of(0.3, 1.2) },
 * });
 * model.network.weights['item_hidden_0/kernel']; // [33, 64]
 */
export function buildTwoTower(config: TwoTowerConfig): EmbeddingModel {
  requireOptions('buildTwoTower', config, optionNames, 'config');
  const settings = checkedSettings(config);
  const { embeddingSize, hidden, outputSize, dropout, head, initializer } = settings;
  const inputs = checkedInputs(config);
  const rng = createRng(settings.seed).stream('init');
  const builder = createNetworkBuilder();
  const tables: Record<string, EmbeddingTable> = {};
  const leaf = (name: string): number => {
    const feature = inputs.features[name]!;
    if (feature.kind === 'numeric') return builder.leaf(name, feature.size ?? 1);
    const size = feature.embeddingSize ?? embeddingSize;
    tables[name] = tableFor(feature, size, settings.embeddingDeviation, rng.stream(name));
    return builder.leaf(name, size, name);
  };
  const tower = (owner: 'user' | 'item', columns: object): number => {
    let last = [owner, ...Object.keys(columns)].map(leaf);
    hidden.forEach((size, index) => {
      last = [builder.dense(`${owner}_hidden_${index}`, last, { activation: 'relu', dropout, size })];
    });
    return builder.dense(`${owner}_output`, last, { activation: 'linear', dropout: 0, size: outputSize });
  };
  builder.dot(tower('user', inputs.userColumns), tower('item', inputs.itemColumns));
  const network = builder.finish();
  const variables = initialVariables(network, rng.stream('dense'), () => initializer);
  return createModel({ kind: 'twoTower', config: settings, ...inputs, head, tables, network, variables });
}

function checkedInputs(config: TwoTowerConfig): ModelInputs {
  const inputs = modelInputs('buildTwoTower', config);
  requirePair('buildTwoTower', inputs);
  for (const [name, feature] of Object.entries(inputs.features)) {
    const isOwned = name in inputs.userColumns || name in inputs.itemColumns;
    if (name !== 'user' && name !== 'item' && !isOwned) {
      refuse('buildTwoTower', name, `have its values in 'userColumns' or 'itemColumns'`, undefined);
    }
    if (feature.kind === 'bag' && feature.leaveOut !== undefined) {
      refuse('buildTwoTower', `${name}.leaveOut`, 'be absent: a tower does not see the other side', feature.leaveOut);
    }
  }
  return inputs;
}

function checkedSettings(config: TwoTowerConfig) {
  const where = 'buildTwoTower';
  const { embeddingSize = 32, hidden = [64], outputSize = 32, dropout = 0, head = 'binary' } = config;
  const { initializer = 'glorotUniform', embeddingDeviation = 0.01, seed = 0 } = config;
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireSizes(where, 'hidden', hidden);
  requirePositiveInteger(where, 'outputSize', outputSize);
  requireBetween(where, 'dropout', dropout, 0, 1);
  requireOneOf(where, 'head', ['binary', 'value', 'count'], head);
  const sizes = { embeddingSize, hidden: [...hidden], outputSize };
  return { ...sizes, dropout, head, initializer, embeddingDeviation, seed } as const;
}
