import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { type Demand, requireDistribution } from '../demand/demand.js';
import { tableDemand } from '../demand/discrete-demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { type InventoryRules, inventoryOptionNames, inventoryRules } from '../inventory/inventory-rules.js';
import { leftOutLimits, type OrderLimits } from '../inventory/order-limits.js';

/** A stock problem whose demand changes in a cycle: weekdays, or the months of a year. */
export interface SeasonalInventoryOptions extends Omit<InventoryOptions, 'demand'> {
  /** Demand of each phase of the cycle, at least two; an episode begins with the first. */
  readonly demands: readonly Demand[];
}

/** A seasonal problem, checked. */
export interface SeasonalProblem {
  /** In whole units. */
  readonly demands: readonly Demand[];
  readonly rules: InventoryRules;
  /** Whole packs. */
  readonly maxOrder: number;
  /** What an optimal policy does not exceed, where that is known. */
  readonly limits: OrderLimits | undefined;
}

function optionNames(): OptionNames<SeasonalInventoryOptions> {
  const { demand: _, ...names } = inventoryOptionNames();
  return { ...names, demands: true };
}

/** Checks everything. */
export function seasonalProblem(where: string, options: SeasonalInventoryOptions): SeasonalProblem {
  requireGivenOptions(where, options, optionNames());
  const { demands: given, ...problem } = options;
  if (!Array.isArray(given) || given.length < 2 || given.length > 366) {
    refuse(where, 'demands', 'be an array of 2 to 366 distributions', given);
  }
  const demands = given.map((demand: Demand, phase) => {
    requireDistribution(where, `demands[${phase}]`, demand);
    return wholeUnitDemand(demand);
  });
  const largest = largestOf(demands);
  const rules = inventoryRules(where, { ...problem, demand: largest });
  const limits = leftOutLimits(rules.options, largest);
  const most = problem.maxOrder ?? limits?.most;
  if (most === undefined) refuse(where, 'maxOrder', 'be given where no bound of an optimal order is known', most);
  const maxOrder = rules.wholeOrder(Math.max(rules.leastOrder, Math.min(most, rules.capacity)));
  return { demands, rules, maxOrder, limits };
}

// P(D <= x) is the least of all: no phase has more demand, at any probability.
function largestOf(demands: readonly Demand[]): Demand {
  const length = Math.max(...demands.map(({ probabilities }) => probabilities!.length));
  const below = Float64Array.from({ length }, (_, units) => Math.min(...demands.map((each) => each.cumulative(units))));
  const table = below.map((sum, units) => sum - (units === 0 ? 0 : below[units - 1]!));
  return tableDemand('the largest of all phases', table);
}
