import type { Bags, Feature, FeatureColumn, FeatureColumns } from '../../../nn/embedding/inputs/features.js';
import type { EmbeddingBatch } from '../../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../../random/rng.js';
import type { LabelledTrainingOptions } from '../recommender-options.js';
import type { TrainingBatches } from './training-batches.js';

/** Batches of the labelled rows at `indices`, in a new order every epoch. */
export function labelledBatches(
  { model, rows, labels }: LabelledTrainingOptions,
  indices: Uint32Array,
  batchSize: number,
  rng: Rng,
): TrainingBatches {
  return {
    perEpoch: Math.ceil(indices.length / batchSize),
    *epoch(): Generator<EmbeddingBatch, void> {
      const order = rng.permutation(indices.length).map((place) => indices[place]!);
      for (let start = 0; start < order.length; start += batchSize) {
        const chosen = order.subarray(start, start + batchSize);
        yield {
          rows: selectRows(model.features, rows, chosen),
          labels: Float32Array.from(chosen, (index) => labels[index]!),
        };
      }
    },
  };
}

/** Row numbers to train on and to test on, chosen at random; at least one to train on. */
export interface SplitRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Puts `round(share * count)` rows aside. */
export function splitRows(count: number, share: number, rng: Rng): SplitRows {
  const order = rng.permutation(count);
  const kept = Math.max(1, count - Math.round(share * count));
  return { train: order.slice(0, kept).sort(), test: order.slice(kept).sort() };
}

type Features = Readonly<Record<string, Feature>>;

/** The rows at `indices`, in that order. */
export function selectRows(features: Features, rows: FeatureColumns, indices: Uint32Array): FeatureColumns {
  const columns = Object.entries(rows).map(([name, column]) => [
    name,
    selectColumn(column, widthOf(features, name), indices),
  ]);
  return Object.fromEntries(columns) as FeatureColumns;
}

/** How many rows a column has. */
export function countRows(features: Features, name: string, column: FeatureColumn): number {
  return isBags(column) ? column.offsets.length - 1 : column.length / widthOf(features, name);
}

function widthOf(features: Features, name: string): number {
  const feature = features[name];
  return feature?.kind === 'numeric' ? (feature.size ?? 1) : 1;
}

function isBags(column: FeatureColumn): column is Bags {
  return 'offsets' in column;
}

function selectColumn(column: FeatureColumn, width: number, indices: Uint32Array): FeatureColumn {
  if (isBags(column)) return selectBags(column, indices);
  const selected =
    column instanceof Int32Array ? new Int32Array(indices.length) : new Float32Array(indices.length * width);
  indices.forEach((index, row) => {
    for (let at = 0; at < width; at += 1) selected[row * width + at] = column[index * width + at]!;
  });
  return selected;
}

function selectBags({ offsets, indices: members }: Bags, indices: Uint32Array): Bags {
  const starts = new Uint32Array(indices.length + 1);
  indices.forEach((index, row) => {
    starts[row + 1] = starts[row]! + offsets[index + 1]! - offsets[index]!;
  });
  const selected = new Int32Array(starts[indices.length]!);
  indices.forEach((index, row) => {
    selected.set(members.subarray(offsets[index], offsets[index + 1]), starts[row]);
  });
  return { offsets: starts, indices: selected };
}
