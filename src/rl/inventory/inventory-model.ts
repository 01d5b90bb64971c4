import { refuse } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { inWholeUnits } from '../demand/whole-units.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { distributionOf } from './demand-draw.js';
import { inventoryBounds } from './inventory-bounds.js';
import type { InventoryOptions } from './inventory-options.js';
import { type InventoryRules, inventoryRules, requireWhole } from './inventory-rules.js';
import { orderMasks } from './order-masks.js';

/** A {@link DecisionModel} of stock keeping. */
export interface InventoryModel extends DecisionModel {
  /** Demand in whole units. */
  readonly demand: Demand;
}

/**
 * The exact model of an {@link inventory}, for solving and for exact evaluation. Rewards are costs, negative; outcomes
 * are the demands 0, 1, 2 and so on, up to where less than 1e-13 is left.
 *
 * Without `maxOrder` and `capacity`, and where {@link inventoryBounds} holds, orders stay within those bounds, which
 * keeps the model small and leaves the optimum in it. Elsewhere a `capacity` keeps it finite. Where customers wait, more than twice the demand of
 * `leadTime` + 1 bad periods (probability 1e-9) waits no further.
 *
 * @returns The model; its states are the observations of the environment.
 * @throws RangeError when an option is out of range, demand is a function, or `maxOrder` is missing where it must be
 *   said.
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * model.actions; // 8
 */
export function inventoryModel(options: InventoryOptions): InventoryModel {
  const rules = inventoryRules('inventoryModel', options);
  const demand = wholeDemand(options);
  const outcomes = trimmed(demand.probabilities!);
  const { maxOrder, mostOrder } = orderLimits(options, rules, demand);
  const maskUpTo = orderMasks(maxOrder);
  const start = new Int32Array(rules.size);
  start[rules.ages - 1] = options.initialStock ?? 0;
  const waits = mostWaiting(demand, rules.leadTime);
  return {
    name: 'inventory',
    demand,
    start,
    actions: maxOrder + 1,
    actionMask: (state) => maskUpTo(mostOrder(state)),
    outcomes: () => outcomes,
    advance: (state, order, outcome, next) => {
      const { cost } = rules.advance(state, order, outcome, next);
      if (next[0]! < -waits) next[0] = -waits;
      return -cost;
    },
  };
}

/** Customers who may wait at once in the model: more than ever do. */
export function mostWaiting(demand: Demand, leadTime: number): number {
  return 2 * demand.over(leadTime + 1).quantile(1 - 1e-9);
}

function wholeDemand(options: InventoryOptions): Demand {
  const demand = distributionOf(options.demand);
  if (!demand) refuse('inventoryModel', 'demand', 'be a distribution or a series', options.demand);
  return inWholeUnits(demand);
}

function orderLimits(options: InventoryOptions, rules: InventoryRules, demand: Demand) {
  const { maxOrder, capacity, holding, penalty, fixedOrderCost = 0, unmet = 'lost' } = options;
  const isBounded = unmet === 'lost' && fixedOrderCost === 0 && holding > 0 && penalty > 0;
  if (maxOrder === undefined && !isBounded) {
    refuse(
      'inventoryModel',
      'maxOrder',
      'be given unless unmet demand is lost and orders have no fixed cost',
      maxOrder,
    );
  }
  if (maxOrder !== undefined) requireWhole('inventoryModel', 'maxOrder', maxOrder, 1, 100_000);
  if (maxOrder !== undefined || capacity !== undefined) {
    const most = maxOrder ?? inventoryBounds({ ...options, demand }).at(-1)!;
    return { maxOrder: most, mostOrder: (state: ArrayLike<number>) => rules.mostOrder(state, most) };
  }
  const bounds = inventoryBounds({ ...options, demand });
  return {
    maxOrder: Math.max(1, bounds.at(-1)!),
    mostOrder: (state: ArrayLike<number>) => withinBounds(state, bounds, rules.ages),
  };
}

// x_l + ... + x_(L-1) + order <= s_l for every l. All ages together are the stock on hand.
function withinBounds(state: ArrayLike<number>, bounds: readonly number[], ages: number): number {
  const leadTime = bounds.length - 1;
  let most = bounds[leadTime]!;
  let sum = 0;
  for (let place = leadTime - 1; place >= 1; place -= 1) {
    sum += state[ages + place - 1]!;
    most = Math.min(most, bounds[place]! - sum);
  }
  for (let age = 0; age < ages; age += 1) sum += state[age]!;
  return Math.max(0, Math.min(most, bounds[0]! - sum));
}

function trimmed(probabilities: Float64Array): Float64Array {
  let length = probabilities.length;
  let rest = 0;
  while (length > 1 && rest + probabilities[length - 1]! < 1e-13) {
    rest += probabilities[length - 1]!;
    length -= 1;
  }
  const kept = probabilities.slice(0, length);
  kept[length - 1]! += rest;
  return kept;
}
