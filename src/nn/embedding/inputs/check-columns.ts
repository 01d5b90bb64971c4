import { refuse } from '../../../internal/require.js';
import { type InputModel, ownerOf } from './feature-domains.js';
import type { Bags, Feature, FeatureColumn, FeatureColumns } from './features.js';

/** Whether a column holds bags. */
export function isBags(column: unknown): column is Bags {
  const { offsets, indices } = (column ?? {}) as Partial<Bags>;
  return offsets instanceof Uint32Array && indices instanceof Int32Array;
}

/** Checks one feature's values for some rows; returns how many rows there are. */
export function checkColumn(where: string, name: string, feature: Feature, column: FeatureColumn | undefined): number {
  if (feature.kind === 'categorical') {
    if (!(column instanceof Int32Array)) refuse(where, name, 'be an Int32Array of indices', column);
    return column.length;
  }
  if (feature.kind === 'numeric') {
    const { size = 1 } = feature;
    if (!(column instanceof Float32Array)) refuse(where, name, 'be a Float32Array of numbers', column);
    if (column.length % size !== 0) refuse(where, name, `hold ${size} numbers for each row`, column.length);
    requireFinite(where, name, column, size);
    return column.length / size;
  }
  if (!isBags(column)) refuse(where, name, 'be bags: { offsets: Uint32Array, indices: Int32Array }', column);
  requireBags(where, name, column);
  requireIndices(where, name, column.indices, feature.vocabulary.size);
  return column.offsets.length - 1;
}

/** Checks that all are in [0, `size`). */
export function requireIndices(where: string, name: string, indices: Int32Array, size: number): void {
  for (let place = 0; place < indices.length; place += 1) {
    const index = indices[place]!;
    if (index < 0 || index >= size) refuseIndex(where, name, size, index, place);
  }
}

/** Says that a row's index is outside of its vocabulary. */
export function refuseIndex(where: string, name: string, size: number, index: number, row: number): never {
  refuse(where, name, `hold indices from 0 to ${size - 1} (row ${row} does not)`, index);
}

/** Checks the values of a batch, all but the keyed features' indices; returns how many rows there are. */
export function checkRows(where: string, model: InputModel, rows: FeatureColumns): number {
  let count = -1;
  for (const [name, feature] of Object.entries(model.features)) {
    if (ownerOf(model, name) !== undefined) continue;
    const length = checkColumn(where, name, feature, rows[name]);
    if (count !== -1 && length !== count) refuse(where, name, `have ${count} rows, as the columns before it`, length);
    count = length;
  }
  if (count < 1) refuse(where, 'rows', 'hold at least one row', count);
  return count;
}

function requireFinite(where: string, name: string, values: Float32Array, size: number): void {
  for (let place = 0; place < values.length; place += 1) {
    if (Number.isFinite(values[place])) continue;
    refuse(where, name, `hold finite numbers (row ${Math.floor(place / size)} does not)`, values[place]);
  }
}

function requireBags(where: string, name: string, { offsets, indices }: Bags): void {
  let isRising = offsets[0] === 0 && offsets.at(-1) === indices.length;
  for (let row = 1; row < offsets.length; row += 1) isRising &&= offsets[row]! >= offsets[row - 1]!;
  if (!isRising) refuse(where, name, 'have offsets that rise from 0 to the number of its indices', offsets.at(-1));
}
