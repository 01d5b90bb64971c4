import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuse, requireEach, requireFilled, requireIndices } from '../../internal/require.js';
import type { Feature, FeatureColumn } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { countRows } from './batches/labelled-rows.js';
import type { LabelledTrainingOptions } from './recommender-options.js';

/** Checks that a model knows the users and items of some interactions, under the same indices. */
export function requireKnownIds(where: string, model: EmbeddingModel, interactions: Interactions): void {
  requireInteractions(where, 'interactions', interactions);
  requireFilled(where, 'interactions', interactions);
  requireVocabulary(where, model, 'user', interactions.users);
  requireVocabulary(where, model, 'item', interactions.items);
  for (const [name, feature] of Object.entries(model.features)) {
    const isKnown = name === 'user' || name === 'item' || name in model.userColumns || name in model.itemColumns;
    if (!isKnown) {
      const rule =
        'have features `user` and `item` alone, besides `userColumns` and `itemColumns`, to learn from interactions';
      refuse(where, 'model', rule, `${name}, which is ${feature.kind}`);
    }
  }
}

function requireVocabulary(where: string, model: EmbeddingModel, name: 'user' | 'item', expected: Vocabulary): void {
  const feature = model.features[name];
  if (feature?.kind !== 'categorical') {
    refuse(where, 'model', `have a categorical feature \`${name}\``, Object.keys(model.features));
  }
  requireSameIds(where, name, feature.vocabulary, expected);
}

/** Checks that a model's users or items are those of some interactions. */
export function requireSameIds(where: string, name: 'user' | 'item', own: Vocabulary, expected: Vocabulary): void {
  if (own === expected) return;
  const rule = `have the ${name}s of \`interactions\`, under the same indices`;
  if (own.size !== expected.size) refuse(where, 'model', rule, `${own.size} against ${expected.size}`);
  for (let index = 0; index < expected.size; index += 1) {
    const [one, other] = [own.idAt(index), expected.idAt(index)];
    if (one !== other) refuse(where, 'model', rule, `${one} against ${other} at ${index}`);
  }
}

/** Checks that every feature has a value in every row, and every row a label that the head can mean. */
export function requireLabelledRows(where: string, { model, rows, labels }: LabelledTrainingOptions): void {
  if (!(labels instanceof Float32Array)) refuse(where, 'labels', 'be a Float32Array', labels);
  requireFilled(where, 'labels', labels);
  for (const name of Object.keys(rows)) {
    if (!(name in model.features)) refuse(where, 'rows', `hold features of the model only`, name);
  }
  for (const [name, feature] of Object.entries(model.features)) {
    const isLookedUp = name in model.userColumns || name in model.itemColumns;
    if (rows[name] === undefined && !isLookedUp) refuse(where, `rows.${name}`, 'be given: it is a feature', undefined);
    if (rows[name] !== undefined) requireColumn(where, model, name, feature, rows[name], labels.length);
  }
  labels.forEach((label, row) => {
    if (!isLabel(model, label)) refuse(where, 'labels', labelRule(model), `${label} in row ${row}`);
  });
}

function requireColumn(
  where: string,
  model: EmbeddingModel,
  name: string,
  feature: Feature,
  column: FeatureColumn,
  count: number,
): void {
  const length = countRows(model.features, name, column);
  if (length !== count) refuse(where, `rows.${name}`, `hold ${count} rows, one for each label`, length);
  if (feature.kind === 'numeric') requireFloats(where, name, column);
  else requirePlaces(where, name, column, feature.vocabulary.size, feature.kind === 'bag');
}

function requireFloats(where: string, name: string, column: FeatureColumn): void {
  if (!(column instanceof Float32Array)) refuse(where, `rows.${name}`, 'be a Float32Array', column);
  requireEach(where, `rows.${name}`, column, Number.isFinite, 'be a finite number');
}

function requirePlaces(where: string, name: string, column: FeatureColumn, size: number, isBag: boolean): void {
  const indices = isBag && 'offsets' in column ? column.indices : column;
  if (!(indices instanceof Int32Array)) refuse(where, `rows.${name}`, isBag ? 'be Bags' : 'be an Int32Array', column);
  requireIndices(where, `rows.${name}`, indices, size);
}

function isLabel({ head }: EmbeddingModel, label: number): boolean {
  if (head === 'binary') return label >= 0 && label <= 1;
  return Number.isFinite(label) && (head === 'value' || label >= 0);
}

function labelRule({ head }: EmbeddingModel): string {
  if (head === 'binary') return 'lie in [0, 1] for the head `binary`';
  return head === 'count' ? 'be counts >= 0 for the head `count`' : 'be finite numbers';
}
