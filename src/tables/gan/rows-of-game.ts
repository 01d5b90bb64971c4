import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import type { GanRules } from '../../gan/training/options/gan-options.js';
import type { GanPrivacy } from '../../gan/training/options/gan-privacy.js';
import { refuse } from '../../internal/require.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { createRng } from '../../random/rng.js';
import { requireSameColumns } from '../coding/table-coding.js';
import { learnedRows } from '../model-of-rows.js';
import { type MaskedBatch, maskRows } from '../network/masked-batches.js';
import type { NetworkState } from '../network/network-model.js';
import { heldOutLoss } from '../network/network-validation.js';
import { type RowBatches, rowBatches } from './row-batches.js';
import type { TableGanOptions } from './table-gan-options.js';

/** What a game of tables learns from. */
export interface RowsOfGame {
  readonly game: Pick<GanRules, 'batchSize' | 'validation' | 'privacy'> & { readonly data: RowBatches };
  /** The rows of the cross-entropy, with cells that are hidden, in an update of the generator. */
  masked(update: number): MaskedBatch;
}

/** What is asked of the rows. */
interface Asked<C extends Columns> {
  readonly batchSize: number;
  readonly seed: number;
  readonly options: TableGanOptions<C>;
}

type Pause = () => Promise<void>;

/** Real rows everywhere: those that the discriminator sees, the network goes on to learn from. */
export async function plainRows<C extends Columns>(
  where: string,
  state: NetworkState,
  table: Table<C>,
  { batchSize, seed, options: { validation } }: Asked<C>,
  pause: Pause,
): Promise<RowsOfGame> {
  const { plan } = state;
  const rows = await knownRows(where, state, table, pause);
  const score = validation && (await heldOutScore(where, state, validation.table, pause));
  const data = rowBatches(plan, rows, batchSize, seed);
  return {
    game: { data, ...(score && { validation: { score, every: validation.every, patience: validation.patience } }) },
    // Hidden by the number of the batch, so that a run that goes on hides the same.
    masked: () => maskRows(plan, rows, data.chosen, createRng(seed).stream(`masks-${data.count}`)),
  };
}

/** Most rows that are drawn of the network that a private game starts with. */
const mostVirtual = 2 ** 14;

/** Real rows for the discriminator alone, which pays for them; the network goes on to learn from rows that were drawn of it before. */
export async function privateRows<C extends Columns>(
  where: string,
  state: NetworkState,
  table: Table<C>,
  { batchSize, seed, options: { start, signal }, privacy }: Asked<C> & { readonly privacy: GanPrivacy },
  pause: Pause,
): Promise<RowsOfGame> {
  const { plan, columns, layout } = state;
  requireSameColumns(where, layout?.members ?? columns, table);
  const data = rowBatches(plan, await learnedRows(columns, layout, table, pause), batchSize, seed);
  const count = Math.min(mostVirtual, table.length);
  const drawn = await start.sample(count, { seed, ...(signal && { signal }) });
  const virtual = await learnedRows(columns, layout, drawn, pause);
  return {
    game: { data, batchSize, privacy },
    masked: (update) => {
      const rng = createRng(seed).stream(`virtual-${update}`);
      const chosen = Uint32Array.from({ length: batchSize }, () => rng.integer(count));
      return maskRows(plan, virtual, chosen, rng);
    },
  };
}

// Refuses a table with what the network cannot have learned from.
async function knownRows(where: string, state: NetworkState, table: Table, pause: Pause): Promise<Int32Array> {
  requireSameColumns(where, state.layout?.members ?? state.columns, table);
  const rows = await learnedRows(state.columns, state.layout, table, pause);
  const strange = rows.findIndex((cell) => cell < 0);
  if (strange >= 0) {
    const [row, column] = [Math.floor(strange / state.columns.length), state.columns[strange % state.columns.length]!];
    refuse(where, `table.columns.${column.name}`, 'hold what `start` learned from', `something else in row ${row}`);
  }
  return rows;
}

async function heldOutScore(where: string, state: NetworkState, table: Table, pause: Pause) {
  requireSameColumns(where, state.layout?.members ?? state.columns, table, 'validation.table');
  const rows = await learnedRows(state.columns, state.layout, table, pause);
  const width = state.columns.length;
  let known = rows.slice();
  let end = 0;
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    if (row.some((cell) => cell < 0)) continue;
    known.set(row, end);
    end += width;
  }
  known = known.subarray(0, end);
  if (known.length === 0) refuse(where, 'validation.table', 'have rows of which `start` knows every cell', 'none');
  const measure = heldOutLoss(state.plan, known, pause);
  return (model: LayersModel) => measure(trainableVariables(model));
}
