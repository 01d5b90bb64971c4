import { catchUpRows } from '../../host/adam.js';
import { type EmbeddingTable, standingValues } from '../models/movable-table.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import type { MissedUpdates } from './row-clock.js';
import { adamState, createMoments, type RowMoments, type RowUpdate, updateRows } from './row-updates.js';
import type { RowGradients } from './table-gradient.js';

/** Moves weights against gradients and remembers what the optimizer needs. */
export interface RowMover {
  /** Moves rows of a table. */
  table(name: string, gradients: RowGradients, update: RowUpdate): void;
  /** Brings rows of a table up to date that missed updates of Adam. */
  catchUp(name: string, missed: MissedUpdates): void;
  /** Moves all dense weights. */
  dense(gradient: Float32Array, update: RowUpdate): void;
  /** What is remembered, by names such as `'user/m'`; live. */
  moments(): Record<string, Float32Array>;
  /** Frees what is remembered. */
  dispose(): void;
}

/** What a mover moves. */
export interface MovedWeights {
  readonly tables: Readonly<Record<string, EmbeddingTable>>;
  readonly dense: Float32Array;
}

/** The name of the dense weights in moments. */
export const denseName = 'dense';

/** A mover in plain loops. */
export function createLoopMover({ tables, dense }: MovedWeights, optimizer: EmbeddingOptimizer): RowMover {
  const kept = new Map<string, RowMoments>();
  const momentsOf = (name: string): RowMoments => {
    const { rows, size } = tables[name] ?? { rows: 1, size: dense.length };
    const moments = kept.get(name) ?? createMoments(optimizer, rows * size);
    kept.set(name, moments);
    return moments;
  };
  const whole = Int32Array.of(0);
  return {
    table: (name, { rows, values }, update) => {
      const table = tables[name]!;
      updateRows(standingValues(table), table.size, momentsOf(name), rows, values, update);
    },
    catchUp: (name, { rows, factors }) => {
      const table = tables[name]!;
      catchUpRows(adamState(standingValues(table), momentsOf(name)), rows, table.size, factors);
    },
    dense: (gradient, update) => updateRows(dense, dense.length, momentsOf(denseName), whole, gradient, update),
    moments: () =>
      Object.fromEntries(
        [...Object.keys(tables), denseName].flatMap((name) =>
          Object.entries(momentsOf(name)).map(([moment, values]) => [`${name}/${moment}`, values]),
        ),
      ),
    dispose: () => kept.clear(),
  };
}
