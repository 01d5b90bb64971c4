import type { SafetensorInput } from '../data/safetensors/encode-safetensors.js';
import type { Columns } from '../data/table/column.js';
import { type Table, tableOf } from '../data/table/table.js';
import { requireOptions } from '../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../internal/require.js';
import { pauseFor } from '../internal/signal.js';
import { createRng, type Rng } from '../random/rng.js';
import { columnOfNumbers } from './coding/column-numbers.js';
import { type CodedTableColumn, codeRows, requireSameColumns } from './coding/table-coding.js';
import { type AllowedCells, readConditions } from './conditions.js';
import { contradictions } from './layout/derived-columns.js';
import { learnedTable, type TableLayout, usersTable } from './layout/table-layout.js';
import type { NetworkPlan, NetworkWeights } from './network/network-plan.js';
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
  /**
   * How likely the states of a column are, given the other cells of rows: `[N, states of the column]`, in proportion; zeros for rows that are
   * ruled out. Missing where that cannot be said.
   *
   * @param rows - `[N, D]`: states of the table; -1 for what is not known, as all of that column.
   */
  chances?(rows: Int32Array, column: number, pause: Pause): Promise<Float64Array>;
  /** What it has learned, for files. What holds rows has none. */
  state?(): DistributionState;
  /** The network that it is, where a GAN can begin with it. */
  readonly network?: { readonly plan: NetworkPlan; readonly weights: NetworkWeights };
}

/** What a kind of model has learned besides the states of its columns. */
export interface DistributionState {
  /** By which a file is read. */
  readonly kind: 'copula' | 'mixture' | 'network';
  /** What the numbers are, in plain JSON. */
  readonly description: object;
  readonly tensors: Readonly<Record<string, SafetensorInput>>;
}

/** What a model is made of. */
export interface ModelParts {
  readonly columns: readonly CodedTableColumn[];
  readonly layout: TableLayout | undefined;
  readonly distribution: RowDistribution;
}

/** A model, and what it is made of. */
interface ModelWithParts<C extends Columns> extends TableModel<C> {
  readonly parts: () => ModelParts;
}

/** What a model of this library is made of; `undefined` of anything else. */
export function partsOfModel(model: unknown): ModelParts | undefined {
  const { parts } = (model ?? {}) as Partial<ModelWithParts<Columns>>;
  return typeof parts === 'function' ? parts() : undefined;
}

/** Below this a condition asks for what the model has only because it rules little out. */
const leastProbability = 1e-9;

/** A model with the checks and the tables that all kinds share. */
export function modelOfRows<C extends Columns>(
  columns: readonly CodedTableColumn[],
  distribution: RowDistribution,
  layout?: TableLayout,
): ModelWithParts<C> {
  return {
    parts: () => ({ columns, layout, distribution }),
    async sample(rows, options = {}) {
      requireOptions('sample', options, { where: true, seed: true, signal: true });
      const { where: conditions = {}, seed = 0, signal } = options;
      requirePositiveInteger('sample', 'rows', rows);
      requireSeed('sample', seed);
      const pause = pauseFor('sample', signal);
      const allowed = await readConditions('sample', columns, conditions, pause, layout);
      requireLikely(await distribution.probability(allowed, pause));
      const cells = await distribution.draw(rows, allowed, createRng(seed).stream('rows'), pause);
      const learned = drawnTable(columns, rows, cells);
      return (layout ? await usersTable('sample', layout, learned, pause) : learned) as Table<C>;
    },
    async probability(conditions, options) {
      requireOptions('probability', options, { signal: true });
      const pause = pauseFor('probability', options?.signal);
      return distribution.probability(await readConditions('probability', columns, conditions, pause, layout), pause);
    },
    async logProbability(table, options) {
      requireOptions('logProbability', options, { signal: true });
      const pause = pauseFor('logProbability', options?.signal);
      requireSameColumns('logProbability', layout?.members ?? columns, table);
      return distribution.logProbability(await learnedRows(columns, layout, table, pause), pause);
    },
  };
}

function requireLikely(probability: number): void {
  if (probability >= leastProbability) return;
  refuse('sample', 'where', `have a probability of at least ${leastProbability} in the model`, probability);
}

/** The rows of a table as states of the columns that are learned, `[N, D]`; rows that contradict a formula are ruled out. */
export async function learnedRows(
  columns: readonly CodedTableColumn[],
  layout: TableLayout | undefined,
  table: Table,
  pause: Pause,
): Promise<Int32Array> {
  if (!layout) return codeRows(columns, table, pause);
  const rows = await codeRows(columns, await learnedTable(layout, table, pause), pause);
  const ruledOut = await contradictions(layout.derived, table, pause);
  for (let row = 0; row < table.length; row += 1) if (ruledOut[row]) rows[row * columns.length] = -2;
  return rows;
}

function drawnTable(columns: readonly CodedTableColumn[], length: number, cells: readonly Float64Array[]): Table {
  const named = columns.map(({ name, like }, place) => [name, columnOfNumbers(like, cells[place]!)]);
  return tableOf<Columns>(Object.fromEntries(named), length);
}
