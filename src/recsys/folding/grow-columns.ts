import type { Id } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import type { Bags, FeatureColumn, FeatureColumns } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { FeatureValues } from './fold-in-options.js';

/** The values of features of items with those of one more: as told; numbers on average and empty bags where not. */
export function grownColumns(where: string, model: EmbeddingModel, given: FeatureValues): FeatureColumns {
  return Object.fromEntries(
    Object.entries(model.itemColumns).map(([name, column]) => [name, grownColumn(where, model, name, column, given)]),
  );
}

function grownColumn(
  where: string,
  model: EmbeddingModel,
  name: string,
  column: FeatureColumn,
  given: FeatureValues,
): FeatureColumn {
  const feature = model.features[name]!;
  const values = Object.hasOwn(given, name) ? ([given[name]!].flat() as Id[]) : undefined;
  if (feature.kind === 'numeric') {
    const { size = 1 } = feature;
    const old = column as Float32Array;
    return Float32Array.from([...old, ...(values?.map(Number) ?? averageOf(old, size))]);
  }
  if (feature.kind === 'bag') {
    const { offsets, indices } = column as Bags;
    const members = Int32Array.from(values ?? [], (id) => feature.vocabulary.indexOf(id));
    const grown = Int32Array.from([...indices, ...members]);
    return { offsets: Uint32Array.from([...offsets, grown.length]), indices: grown };
  }
  if (values && values.length !== 1) refuse(where, `features.${name}`, 'be one id', values);
  const index = values ? feature.vocabulary.indexOf(values[0]!) : feature.vocabulary.unknownIndex;
  if (index < 0) refuse(where, `features.${name}`, 'be given: its vocabulary has no index for unknown ids', values);
  return Int32Array.from([...(column as Int32Array), index]);
}

function averageOf(values: Float32Array, size: number): number[] {
  return Array.from({ length: size }, (_, axis) => {
    let sum = 0;
    for (let at = axis; at < values.length; at += size) sum += values[at]!;
    return (sum * size) / values.length;
  });
}
