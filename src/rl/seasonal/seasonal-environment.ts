import type { Environment, EnvironmentStep } from '../environments/environment.js';
import { calendarEnvironment } from '../inventory/calendar-environment.js';
import type { InventoryPeriod } from '../inventory/inventory-rules.js';
import { type SeasonalInventoryOptions, seasonalProblem } from './seasonal-problem.js';

/** One product whose demand changes in a cycle. Made by {@link seasonalInventoryEnvironment}. */
export interface SeasonalInventoryEnvironment extends Environment {
  /** Orders so many units: the action is the order. */
  step(action: number): EnvironmentStep & {
    /** What happened in the period. */
    readonly period: InventoryPeriod;
  };
}

/**
 * An {@link inventoryEnvironment} whose demand changes in a cycle, such as that of weekdays, and whose agent sees where in it the shop is.
 *
 * The observation has one entry more, the last: the phase of the coming period, 0 to `demands.length - 1`. Policies that order by stock alone
 * would count it as stock: {@link seasonalBaseStockPolicy} does not. Without a `maxOrder` orders may be as large as they can be proven to be
 * needed, which is wide for who learns.
 *
 * @returns The environment; an episode begins in phase 0, one of `resetAnywhere` in any.
 * @throws RangeError when an option is unknown or out of range, or `maxOrder` is missing where no bound of an optimal order is known.
 * @example
 * const week = [4, 4, 5, 5, 8, 12, 1].map((mean) => poissonDemand(mean));
 * const shop = seasonalInventoryEnvironment({ demands: week, leadTime: 1, holding: 1, penalty: 9 });
 * shop.reset({ seed: 7 }).observation; // Float32Array [0, 0]
 * shop.step(9).observation; // Float32Array [9, 1]
 */
export function seasonalInventoryEnvironment(options: SeasonalInventoryOptions): SeasonalInventoryEnvironment {
  const { demands, maxOrder } = seasonalProblem('seasonalInventoryEnvironment', options);
  const { demands: _, ...problem } = options;
  const phases = demands.length;
  return calendarEnvironment({
    name: 'seasonal inventory',
    problem: { ...problem, maxOrder },
    demand: (draws, at) => demands[at % phases]!.sample(draws),
    entryOf: (at) => at % phases,
    highest: phases - 1,
    firstOf: (rng, isAnywhere) => (isAnywhere ? rng.integer(phases) : 0),
  });
}
