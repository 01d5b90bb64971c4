import type { Columns } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import { ganRuleNames } from '../../gan/training/options/check-gan-options.js';
import type { GanRules } from '../../gan/training/options/gan-options.js';
import type { GanResult, TrainGanOptions } from '../../gan/training/train-gan.js';
import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import {
  refuse,
  refuseEmpty,
  requireAtMost,
  requireFilled,
  requireNonNegative,
  requirePositiveInteger,
  requireSeed,
  requireSizes,
} from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { requirePace } from '../../training/validation.js';
import { stateOfNetwork } from '../network/network-model.js';
import type { TableModel } from '../table-model.js';
import { readTableGanPrivacy, type TableGanPrivacy } from './table-gan-privacy.js';

/** What {@link trainTableGan} learned. */
export type TableGan<C extends Columns = Columns> = TableModel<C> & Omit<GanResult, 'generator'>;

/** Options of {@link trainTableGan}: its own, and those of {@link trainGan} for the game. */
export type TableGanOptions<C extends Columns = Columns> = Omit<
  GanRules,
  'average' | 'augmentation' | 'privacy' | 'validation'
> & {
  /**
   * What the generator begins as: what {@link conditionalNetwork} or this function learned from the same table, or what was read of one
   * from a file. It is not changed.
   */
  readonly start: TableModel<C>;
  /** Updates of the generator, 1 or more. */
  readonly steps: number;
  /**
   * Weight of the cross-entropy of hidden cells of real rows, as {@link conditionalNetwork} learns by it, beside the adversarial loss;
   * >= 0. With 0 the generator may forget what it knew. Default 1.
   */
  readonly crossEntropy?: number;
  /** Units of the discriminator's hidden layers. Default `[256, 256]`. */
  readonly hidden?: readonly number[];
  /**
   * Makes all that comes out differentially private for rows that are added or removed. `start` is a network that was learned from a
   * private model, the discriminator's updates are paid for as {@link trainGan} has it, and the cross-entropy is that of rows drawn of
   * `start`. A row with a cell that `start` has no state for takes no part. `seed` is given and kept secret, and nothing else looks at
   * rows: no validation, observers, packing or accumulation. Default: not private.
   */
  readonly privacy?: TableGanPrivacy;
  /** Keeps the weights with the best log-probability of rows that were held out. By default the last ones are kept. */
  readonly validation?: {
    /** Rows that neither this nor `start` learned from. Those with a cell that `start` does not know are left out. */
    readonly table: Table<C>;
    /** Steps from one measurement to the next, 1 or more. The last step is measured too. */
    readonly every: number;
    /** Ends the run after so many measurements in a row without a new best. By default it goes on to its end. */
    readonly patience?: number;
  };
} & Pick<TrainGanOptions, 'onProgress'>;

function optionNames(): OptionNames<TableGanOptions> {
  const { average: _, augmentation: __, epochs: ___, ...rules } = ganRuleNames;
  return { ...rules, start: true, crossEntropy: true, hidden: true, packing: true, privacy: true, onProgress: true };
}

/** Refuses options that do not fit, before any work, and gives those of its own; those of the game are checked by {@link trainGan}. */
export function checkTableGanOptions<C extends Columns>(where: string, table: Table<C>, options: TableGanOptions<C>) {
  requireGivenOptions(where, options as TableGanOptions, optionNames());
  requireTable(where, table);
  if (table.length === 0) refuseEmpty(where, 'table', 'no rows');
  const { start, crossEntropy = 1, hidden = [256, 256], validation, privacy, seed = 0, ...rules } = options;
  const { batchSize = Math.min(256, table.length), ...game } = rules;
  requirePositiveInteger(where, 'steps', rules.steps);
  requireNonNegative(where, 'crossEntropy', crossEntropy);
  requireSizes(where, 'hidden', hidden);
  requireFilled(where, 'hidden', hidden);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireAtMost(where, 'batchSize', batchSize, table.length, 'rows');
  requireSeed(where, seed);
  requireSignal(where, rules.signal);
  checkValidation(where, validation);
  const state = stateOfNetwork(start);
  if (!state) refuse(where, 'start', 'be what conditionalNetwork or trainTableGan returned', start);
  const own = { batchSize, crossEntropy, hidden, seed };
  const updates = rules.steps * (rules.discriminatorSteps ?? 1);
  const run = { start, rows: table.length, batchSize, updates, options };
  const openPrivacy = privacy === undefined ? undefined : readTableGanPrivacy(where, privacy, run);
  return { state, openPrivacy, own, game: { ...game, seed } };
}

function checkValidation(where: string, validation: TableGanOptions['validation']): void {
  requireOptions(where, validation, { table: true, every: true, patience: true }, 'validation');
  if (validation) requirePositiveInteger(where, 'validation.every', validation.every);
  requirePace(where, validation ?? {});
}
