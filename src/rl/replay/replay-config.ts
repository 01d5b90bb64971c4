import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositive, requirePositiveInteger, requireProbability } from '../../internal/require.js';

/** How prioritized replay draws and corrects. */
export interface PrioritySettings {
  /** How much errors count: 0 draws all alike, 1 in proportion to the error, in [0, 1]. Default 0.6. */
  readonly exponent?: number;
  /** Added to the size of each error, so that nothing is never drawn again, above 0. Default 1e-3. */
  readonly offset?: number;
}

/** Config of {@link createReplay}. */
export interface ReplayConfig {
  /** Transitions that are kept; a new one then takes the place of the oldest. */
  readonly capacity: number;
  /** Numbers in an observation. */
  readonly observationSize: number;
  /** Actions there are. */
  readonly actions: number;
  /** Draws what was predicted badly more often. `false`, the default, draws all alike; `true` has the paper's settings. */
  readonly prioritized?: boolean | PrioritySettings;
}

export const replayNames: OptionNames<ReplayConfig> = {
  capacity: true,
  observationSize: true,
  actions: true,
  prioritized: true,
};

const priorityNames: OptionNames<PrioritySettings> = { exponent: true, offset: true };

/** Throws for what cannot be stored. */
export function requireReplayConfig(where: string, config: ReplayConfig): void {
  const { capacity, observationSize, actions, prioritized } = config;
  for (const name of ['capacity', 'observationSize', 'actions'] as const) {
    requirePositiveInteger(where, name, config[name]);
  }
  // 4 GB; all of it is taken at once.
  if (capacity * Math.max(observationSize, actions) > 2 ** 29) {
    const rule = `be at most 2^29 / ${Math.max(observationSize, actions)}`;
    refuse(where, 'capacity', rule, capacity);
  }
  if (prioritized === undefined || typeof prioritized === 'boolean') return;
  requirePriorities(where, prioritized, priorityNames);
}

/** Checks the settings of priorities, which may have more of them than these. */
export function requirePriorities<S extends PrioritySettings>(where: string, settings: S, names: OptionNames<S>): void {
  requireOptions(where, settings, names, 'prioritized');
  const { exponent = 0.6, offset = 1e-3 } = settings;
  requireProbability(where, 'prioritized.exponent', exponent);
  requirePositive(where, 'prioritized.offset', offset);
}
