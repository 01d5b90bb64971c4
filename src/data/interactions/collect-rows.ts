import { refuse } from '../../internal/require.js';
import { createGrowingArray } from '../growing-array.js';
import type { Columns } from '../table/column.js';
import type { Table } from '../table/table.js';
import type { Vocabulary } from '../vocabulary.js';
import type { DropTally } from './drop-tally.js';
import type { InteractionOptions } from './interaction-options.js';
import { findSource, lackOf, type RowSource } from './row-source.js';
import type { SignedRows } from './subtract-returns.js';

/** Rows of one table or of several that share their vocabularies. */
export interface CollectedRows extends SignedRows {
  readonly users: Vocabulary;
  readonly items: Vocabulary;
}

/** Takes tables one after the other. */
export interface RowCollector<C extends Columns> {
  /** Takes the rows of a table; those that are left out are counted. */
  add(table: Table<C>): void;
  /** The rows taken. */
  take(): CollectedRows;
}

/** Begins without a row. */
export function createRowCollector<C extends Columns>(
  options: InteractionOptions<C>,
  dropped: DropTally,
): RowCollector<C> {
  const userIndices = createGrowingArray((size) => new Int32Array(size));
  const itemIndices = createGrowingArray((size) => new Int32Array(size));
  const weights = createGrowingArray((size) => new Float64Array(size));
  const times = createGrowingArray((size) => new Float64Array(size));
  const orders = createGrowingArray((size) => new Int32Array(size));
  const { returns = 'drop' } = options;
  let vocabularies: { readonly users: Vocabulary; readonly items: Vocabulary } | undefined;
  return {
    add({ columns, length }) {
      const source = findSource(columns, options);
      vocabularies = { users: source.user.vocabulary, items: source.item.vocabulary };
      for (let row = 0; row < length; row += 1) {
        const weight = signedWeight(source, row);
        const reason = source.isWanted(row) ? lackOf(source, row, weight) : 'notKept';
        if (reason) {
          dropped[reason] += 1;
          continue;
        }
        if (weight < 0) {
          dropped[source.isCancelled(row) ? 'cancellation' : 'return'] += 1;
          if (returns === 'drop') continue;
        }
        userIndices.push(source.user.codes[row]!);
        itemIndices.push(source.item.codes[row]!);
        weights.push(weight);
        if (source.time) times.push(source.time.values[row]!);
        if (source.order) orders.push(source.order.codes[row]!);
      }
    },
    take() {
      if (!vocabularies) refuse('toInteractions', 'table', 'be one table or more', 'none');
      return {
        ...vocabularies,
        userIndices: userIndices.take(),
        itemIndices: itemIndices.take(),
        weights: weights.take(),
        ...(options.time !== undefined && { times: times.take() }),
        ...(options.order !== undefined && { orders: orders.take() }),
      };
    },
  };
}

// A row that cancels weighs less than 0, however it is written.
function signedWeight(source: RowSource, row: number): number {
  const weight = source.weight?.values[row] ?? 1;
  return source.isCancelled(row) ? -Math.abs(weight) : weight;
}
