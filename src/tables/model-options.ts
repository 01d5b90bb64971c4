import type { Columns } from '../data/table/column.js';
import { type OptionNames, requireOptions } from '../internal/options.js';
import { requirePositiveInteger } from '../internal/require.js';
import { pauseFor } from '../internal/signal.js';
import type { LayoutOptions } from './layout/table-layout.js';
import type { TableModelOptions } from './table-model.js';

const names: OptionNames<TableModelOptions> = { bins: true, together: true, derived: true, signal: true };

/** Checks the options that models of tables share. */
export function checkModelOptions<C extends Columns>(where: string, options: TableModelOptions<C>) {
  requireOptions(where, options, names);
  const { bins = 20, together, derived, signal } = options;
  requirePositiveInteger(where, 'bins', bins);
  const columns: LayoutOptions = { together, derived };
  return { bins, columns, pause: pauseFor(where, signal) };
}
