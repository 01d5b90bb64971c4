import { requireNumbers, requireWholeNumber } from '../../internal/require.js';
import { createRng, type RngState, restoreRng } from '../../random/rng.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from '../environments/environment.js';
import { type ResetOptions, resetSeed } from '../environments/environment-door.js';
import { inventoryEnvironment } from '../inventory/inventory-environment.js';
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
  let first = 0;
  let period = 0;
  let rng = createRng(0).stream('phase');
  const phase = () => (first + period) % demands.length;
  const inner = inventoryEnvironment({
    ...{ ...problem, maxOrder },
    demand: (draws, at) => demands[(first + at) % demands.length]!.sample(draws),
  });
  const { low, high } = inner.observationSpace;
  const withPhase = (entries: ArrayLike<number>, last: number) => {
    const longer = new Float32Array(entries.length + 1);
    longer.set(entries);
    longer[entries.length] = last;
    return longer;
  };
  const shown = <A extends EnvironmentReset>(answer: A): A => ({
    ...answer,
    observation: withPhase(answer.observation, phase()),
  });
  const begin = (given: ResetOptions | undefined, anywhere: boolean): void => {
    const seed = resetSeed('reset', given);
    if (seed !== undefined) rng = createRng(seed).stream('phase');
    first = anywhere ? rng.integer(demands.length) : 0;
    period = 0;
  };
  return {
    name: 'seasonal inventory',
    observationSpace: { kind: 'box', low: withPhase(low, 0), high: withPhase(high, demands.length - 1) },
    actionSpace: inner.actionSpace,
    reset: (given) => {
      begin(given, false);
      return shown(inner.reset(given));
    },
    resetAnywhere: (given) => {
      begin(given, true);
      return shown(inner.resetAnywhere!(given));
    },
    legalActions: (observation) => {
      requireNumbers('legalActions', 'observation', observation, low.length + 1);
      return inner.legalActions!(Array.from(observation).slice(0, -1));
    },
    step: (action) => {
      const answer = inner.step(action);
      period += 1;
      return shown(answer);
    },
    state: () => ({ inner: inner.state!(), first, period, phases: rng.state() }),
    restore: (saved) => {
      const { inner: within, phases, ...places } = (saved ?? {}) as Saved;
      for (const name of ['first', 'period'] as const) requireWholeNumber('restore', `state.${name}`, places[name]);
      const restored = restoreRng(phases);
      inner.restore!(within);
      rng = restored;
      ({ first, period } = places);
    },
  };
}

interface Saved {
  readonly inner: unknown;
  readonly first: number;
  readonly period: number;
  readonly phases: RngState;
}
