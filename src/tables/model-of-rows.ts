import type { Columns } from '../data/table/column.js';
import type { Table } from '../data/table/table.js';
import { requireOptions } from '../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../internal/require.js';
import { pauseFor } from '../internal/signal.js';
import { createRng, type Rng } from '../random/rng.js';
import { columnOfNumbers } from './coding/column-numbers.js';
import { type CodedTableColumn, codeRows, requireSameColumns } from './coding/table-coding.js';
import { type AllowedCells, readConditions } from './conditions.js';
import type { TableModel } from './table-model.js';

type Pause = () => Promise<void>;

/** What one kind of model does in its own way. */
export interface RowDistribution {
  /** The share of rows whose cells are all allowed. */
  probability(allowed: readonly AllowedCells[], pause: Pause): number | Promise<number>;
  /** Draws so many of those rows: for each column its cells as numbers. */
  draw(count: number, allowed: readonly AllowedCells[], rng: Rng, pause: Pause): Promise<readonly Float64Array[]>;
  /** The logarithm of the probability of the states of each row. */
  logProbability(rows: Int32Array, pause: Pause): Promise<Float64Array>;
}

/** Below this a condition asks for what the model has only because it rules little out. */
const leastProbability = 1e-9;

/** A model with the checks and the tables that all kinds share. */
export function modelOfRows<C extends Columns>(
  columns: readonly CodedTableColumn[],
  distribution: RowDistribution,
): TableModel<C> {
  return {
    async sample(rows, options = {}) {
      requireOptions('sample', options, { where: true, seed: true, signal: true });
      const { where: conditions = {}, seed = 0, signal } = options;
      requirePositiveInteger('sample', 'rows', rows);
      requireSeed('sample', seed);
      const pause = pauseFor('sample', signal);
      const allowed = await readConditions('sample', columns, conditions, pause);
      requireLikely(await distribution.probability(allowed, pause));
      const cells = await distribution.draw(rows, allowed, createRng(seed).stream('rows'), pause);
      return tableOf<C>(columns, rows, cells);
    },
    async probability(conditions, options) {
      requireOptions('probability', options, { signal: true });
      const pause = pauseFor('probability', options?.signal);
      return distribution.probability(await readConditions('probability', columns, conditions, pause), pause);
    },
    async logProbability(table, options) {
      requireOptions('logProbability', options, { signal: true });
      const pause = pauseFor('logProbability', options?.signal);
      requireSameColumns('logProbability', columns, table);
      return distribution.logProbability(await codeRows(columns, table, pause), pause);
    },
  };
}

function requireLikely(probability: number): void {
  if (probability >= leastProbability) return;
  refuse('sample', 'where', `have a probability of at least ${leastProbability} in the model`, probability);
}

function tableOf<C extends Columns>(
  columns: readonly CodedTableColumn[],
  length: number,
  cells: readonly Float64Array[],
): Table<C> {
  const named = columns.map(({ name, like }, place) => [name, columnOfNumbers(like, cells[place]!)]);
  const lost = { missing: {}, bad: 0, badRows: [], reasons: {}, repeatedHeaders: 0, lostCharacters: 0 };
  return { length, columns: Object.fromEntries(named) as C, report: { rows: length, kept: length, ...lost } };
}
