import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireSeed } from '../../internal/require.js';
import type { ResetOptions } from './environment.js';

const names: OptionNames<ResetOptions> = { seed: true };

/** The seed that a reset was given, checked; undefined where there was none. */
export function resetSeed(where: string, options: ResetOptions | undefined): number | undefined {
  requireOptions(where, options, names);
  requireSeed(where, options?.seed);
  return options?.seed;
}
