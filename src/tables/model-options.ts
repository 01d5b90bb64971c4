import { type OptionNames, requireOptions } from '../internal/options.js';
import { requirePositiveInteger } from '../internal/require.js';
import { pauseFor } from '../internal/signal.js';
import type { TableModelOptions } from './table-model.js';

const names: OptionNames<TableModelOptions> = { bins: true, signal: true };

/** Checks the options that models of tables share. */
export function checkModelOptions(where: string, options: TableModelOptions) {
  requireOptions(where, options, names);
  const { bins = 20, signal } = options;
  requirePositiveInteger(where, 'bins', bins);
  return { bins, pause: pauseFor(where, signal) };
}
