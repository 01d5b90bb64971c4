import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';

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

/** Throws for what cannot be stored. */
export function requireReplayConfig(where: string, config: ReplayConfig): void {
  const { prioritized = false } = config;
  for (const name of ['capacity', 'observationSize', 'actions'] as const) {
    requirePositiveInteger(where, name, config[name]);
  }
  if (typeof prioritized === 'boolean') return;
  const { exponent = 0.6, offset = 1e-3 } = prioritized;
  requireBetween(where, 'prioritized.exponent', exponent, 0, 1, { closed: true });
  if (!(Number.isFinite(offset) && offset > 0)) refuse(where, 'prioritized.offset', 'be a positive number', offset);
}
