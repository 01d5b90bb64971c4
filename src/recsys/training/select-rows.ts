import type { Bags, Feature, FeatureColumn, FeatureRows } from '../../nn/embedding/inputs/features.js';

type Features = Readonly<Record<string, Feature>>;

/** The rows at `indices`, in that order. */
export function selectRows(features: Features, rows: FeatureRows, indices: Uint32Array): FeatureRows {
  const columns = Object.entries(rows).map(([name, column]) => [
    name,
    selectColumn(column, widthOf(features, name), indices),
  ]);
  return Object.fromEntries(columns) as FeatureRows;
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
