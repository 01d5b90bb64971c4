import type { Vocabulary } from '../../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requireNonNegative, requirePositiveInteger, requireSeed } from '../../../internal/require.js';
import type { Rng } from '../../../random/rng.js';
import { checkColumn, requireIndices } from '../inputs/check-columns.js';
import type { BagFeature, Feature, FeatureColumns, NumericFeature } from '../inputs/features.js';
import { createEmbeddingTable } from './embedding-table.js';
import type { EmbeddingTable } from './movable-table.js';

/** What all builders take. */
export interface EmbeddingModelConfig {
  /** Inputs by name. A vocabulary alone is a categorical feature. */
  readonly features: Readonly<Record<string, Feature | Vocabulary>>;
  /** Values of features that belong to a user, by user index; a batch need not bring them. Needs a feature `user`. */
  readonly userColumns?: FeatureColumns;
  /** Values of features that belong to an item, by item index. Needs a feature `item`. */
  readonly itemColumns?: FeatureColumns;
  /** Standard deviation of the normal numbers that embeddings start from. Default 0.01. */
  readonly embeddingDeviation?: number;
  /** Fixes the weights that it starts from. Default 0. */
  readonly seed?: number;
}

/** Checked inputs of a model. */
export interface ModelInputs {
  readonly features: Readonly<Record<string, Feature>>;
  readonly userColumns: FeatureColumns;
  readonly itemColumns: FeatureColumns;
}

/** Checks a builder's features and columns and writes vocabularies out as categorical features. */
export function modelInputs(where: string, config: EmbeddingModelConfig): ModelInputs {
  const { features: given, userColumns = {}, itemColumns = {}, embeddingDeviation, seed } = config ?? {};
  if (embeddingDeviation !== undefined) requireNonNegative(where, 'embeddingDeviation', embeddingDeviation);
  requireSeed(where, seed);
  if (typeof given !== 'object' || given === null || Object.keys(given).length === 0) {
    refuse(where, 'features', 'name at least one feature', given);
  }
  const features = Object.fromEntries(
    Object.entries(given).map(([name, feature]) => [name, checkedFeature(where, name, feature)]),
  );
  const inputs = { features, userColumns, itemColumns };
  checkOwned(where, inputs, 'user', userColumns);
  checkOwned(where, inputs, 'item', itemColumns);
  for (const [name, feature] of Object.entries(features)) {
    if (feature.kind === 'bag' && feature.leaveOut !== undefined) requireKeyed(where, name, feature.leaveOut, inputs);
  }
  return inputs;
}

function checkedFeature(where: string, name: string, feature: Feature | Vocabulary): Feature {
  if (typeof feature !== 'object' || feature === null)
    refuse(where, `features.${name}`, 'be a vocabulary or a feature', feature);
  if (!('kind' in feature)) return checkedFeature(where, name, { kind: 'categorical', vocabulary: feature });
  requireOptions(where, feature, featureNames(feature), `features.${name}`);
  if (feature.kind === 'numeric') {
    if (feature.size !== undefined) requirePositiveInteger(where, `${name}.size`, feature.size);
    return feature;
  }
  if (feature.kind !== 'categorical' && feature.kind !== 'bag') {
    refuse(where, name, `be a vocabulary or have the kind 'categorical', 'numeric' or 'bag'`, feature);
  }
  requirePositiveInteger(where, `${name}.vocabulary.size`, feature.vocabulary?.size);
  if (feature.embeddingSize !== undefined)
    requirePositiveInteger(where, `${name}.embeddingSize`, feature.embeddingSize);
  return feature;
}

// Of each kind of feature; of what is no kind all, so that it is the kind that is refused.
function featureNames({ kind }: Feature): OptionNames<Partial<BagFeature & Omit<NumericFeature, 'kind'>>> {
  const coded = { kind: true, vocabulary: true, embeddingSize: true } as const;
  const names = kind === 'numeric' ? { kind: true, size: true } : kind === 'bag' ? { ...coded, leaveOut: true } : coded;
  return names as OptionNames<Partial<BagFeature & Omit<NumericFeature, 'kind'>>>;
}

function checkOwned(where: string, { features }: ModelInputs, owner: 'user' | 'item', columns: FeatureColumns): void {
  for (const [name, column] of Object.entries(columns)) {
    const [feature, whose] = [features[name], features[owner]];
    const argument = `${owner}Columns.${name}`;
    if (feature === undefined || name === 'user' || name === 'item') {
      refuse(where, argument, `be the values of one of the features, and not of 'user' or 'item'`, name);
    }
    if (whose?.kind !== 'categorical') refuse(where, argument, `come with a categorical feature '${owner}'`, whose);
    const rows = checkColumn(where, argument, feature, column);
    if (feature.kind === 'categorical') requireIndices(where, argument, column as Int32Array, feature.vocabulary.size);
    if (rows < whose.vocabulary.size) refuse(where, argument, `have ${whose.vocabulary.size} rows`, rows);
  }
}

function requireKeyed(where: string, name: string, leftOut: string, inputs: ModelInputs): void {
  const isOwned = leftOut in inputs.userColumns || leftOut in inputs.itemColumns;
  if (inputs.features[leftOut]?.kind === 'categorical' && !isOwned) return;
  refuse(where, `${name}.leaveOut`, 'name a categorical feature that a batch brings', leftOut);
}

/** Checks the inputs of a model of users and items and nothing else. */
export function pairInputs(
  where: string,
  config: Pick<EmbeddingModelConfig, 'features' | 'embeddingDeviation' | 'seed'>,
): ModelInputs {
  const { features, embeddingDeviation, seed } = config ?? {};
  const inputs = modelInputs(where, {
    features,
    ...(embeddingDeviation !== undefined && { embeddingDeviation }),
    ...(seed !== undefined && { seed }),
  });
  requirePair(where, inputs);
  const names = Object.keys(inputs.features);
  if (names.length > 2) refuse(where, 'features', `be 'user' and 'item' alone`, names);
  return inputs;
}

/** Checks that there are categorical features `user` and `item`. */
export function requirePair(where: string, { features }: ModelInputs): void {
  if (features.user?.kind === 'categorical' && features.item?.kind === 'categorical') return;
  refuse(where, 'features', `have categorical features 'user' and 'item'`, Object.keys(features));
}

/** Makes a table for a categorical or bag feature. */
export function tableFor(feature: Feature, size: number, deviation: number, rng: Rng): EmbeddingTable {
  const rows = feature.kind === 'numeric' ? 1 : feature.vocabulary.size;
  return createEmbeddingTable({ rows, size, deviation, seed: rng });
}
