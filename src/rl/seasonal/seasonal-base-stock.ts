import { requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireFilled, requireWholeNumber } from '../../internal/require.js';
import type { InstantPolicy } from '../acting/policy.js';
import { baseStockPolicy } from '../classic/base-stock-policy.js';
import type { WholePacks } from '../classic/whole-packs.js';
import { convolve } from '../demand/convolve.js';
import { type Demand, requireDistribution } from '../demand/demand.js';
import { tableDemand } from '../demand/discrete-demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';

/**
 * Base-stock with a level for each phase of a cycle: on Fridays another one than on Mondays.
 *
 * @returns The policy; it takes the last entry of an observation for the phase, as {@link seasonalInventoryEnvironment} shows it.
 * @throws RangeError when an option is out of range; `act` when the phase is none of the cycle.
 * @see Karlin, "Dynamic Inventory Policy with Varying Stochastic Demands" (1960)
 * @example
 * const policy = seasonalBaseStockPolicy({ levels: [6, 10] });
 * policy.act([2, 0]); // 4
 * policy.act([2, 1]); // 8
 */
export function seasonalBaseStockPolicy(
  options: WholePacks & {
    /** Units in stock and on order together, after ordering, for each phase: whole numbers >= 0. */
    readonly levels: ArrayLike<number>;
  },
): InstantPolicy {
  const where = 'seasonalBaseStockPolicy';
  requireOptions(where, options, { levels: true, packSize: true, minimumOrder: true });
  const { levels: given, ...packs } = options ?? {};
  if (typeof given !== 'object' || given === null) refuse(where, 'levels', 'be a list of levels', given);
  const levels = Array.from(given);
  requireFilled(where, 'levels', levels);
  const policies = levels.map((level, phase) => {
    requireWholeNumber(where, `levels[${phase}]`, level, 0, 1e9);
    return baseStockPolicy({ level, ...packs });
  });
  return {
    name: `base-stock ${levels.join(', ')}`,
    act: (observation, mask) => {
      const last = observation.length - 1;
      const policy = policies[Math.round(observation[last]!)];
      if (last < 1 || !policy)
        refuse('act', 'observation', `end with a phase from 0 to ${levels.length - 1}`, observation);
      return policy.act(Array.from(observation).slice(0, last), mask);
    },
  };
}

/**
 * The level of each phase that meets the demand of lead time and one period, from that phase on, with this probability.
 *
 *     level_t = smallest S with P(D_t + ... + D_(t + leadTime) <= S) >= probability
 *
 * With penalty / (penalty + holding) it is the newsvendor's, best where customers wait and no level lies so far below the one before
 * that stock stands above it; with a cycle service the level that gives it.
 *
 * @param demands - Demand of each phase of the cycle.
 * @returns `[demands.length]`, whole units.
 * @throws RangeError when an argument or option is out of range.
 * @see Karlin, "Dynamic Inventory Policy with Varying Stochastic Demands" (1960)
 * @example
 * seasonalLevels([poissonDemand(1), poissonDemand(4)], { leadTime: 1, probability: 0.9 }); // Float64Array [8, 8]
 * seasonalLevels([poissonDemand(1), poissonDemand(4)], { probability: 0.9 }); // Float64Array [2, 7]
 */
export function seasonalLevels(
  demands: readonly Demand[],
  options: {
    /** Probability that the level is enough, above 0 and below 1. */
    readonly probability: number;
    /** Periods from an order to its arrival, a whole number from 0 to 1000. Default 0. */
    readonly leadTime?: number;
  },
): Float64Array {
  const where = 'seasonalLevels';
  requireOptions(where, options, { probability: true, leadTime: true });
  const { probability, leadTime = 0 } = options ?? {};
  requireBetween(where, 'probability', probability, Number.MIN_VALUE, 1);
  requireWholeNumber(where, 'leadTime', leadTime, 0, 1000);
  if (!Array.isArray(demands)) refuse(where, 'demands', 'be an array of distributions', demands);
  requireFilled(where, 'demands', demands);
  const tables = demands.map((demand: Demand, phase) => {
    requireDistribution(where, `demands[${phase}]`, demand);
    return wholeUnitDemand(demand).probabilities!;
  });
  return Float64Array.from(tables, (table, phase) => {
    let sum = table;
    for (let later = 1; later <= leadTime; later += 1) sum = convolve(sum, tables[(phase + later) % tables.length]!);
    return tableDemand('demand of lead time and one period', sum).quantile(probability);
  });
}
