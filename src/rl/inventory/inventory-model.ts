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

/** A choice that {@link inventoryModel} leaves. */
export interface InventoryModelChoice {
  /**
   * Makes orders illegal that {@link inventoryBounds} shows to be too large for an optimal policy. Default: `true` where
   * neither `maxOrder` nor `capacity` is given; it says nothing where customers wait or orders have a fixed cost.
   */
  readonly withinBounds?: boolean;
}

/**
 * The exact model of an {@link inventory}, for solving and for exact evaluation. Rewards are costs, negative; outcomes
 * are the demands 0, 1, 2 and so on, up to where less than 1e-13 is left.
 *
 * Orders within the bounds of {@link inventoryBounds} keep the model small and leave the optimum in it; where they do
 * not hold, a `capacity` keeps it finite. Where customers wait, more than twice the demand of
 * `leadTime` + 1 bad periods (probability 1e-9) waits no further.
 *
 * @param options - The problem, as for {@link inventory}.
 * @param choice - Which orders are legal.
 * @returns The model; its states are the observations of the environment.
 * @throws RangeError when an option is out of range, demand is a function, or `maxOrder` is missing where it must be
 *   said.
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * model.actions; // 8
 */
export function inventoryModel(options: InventoryOptions, choice: InventoryModelChoice = {}): InventoryModel {
  const rules = inventoryRules('inventoryModel', options);
  const demand = wholeDemand(options);
  const outcomes = trimmed(demand.probabilities!);
  const { maxOrder, mostOrder } = orderLimits(options, rules, demand, choice);
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

function orderLimits(options: InventoryOptions, rules: InventoryRules, demand: Demand, choice: InventoryModelChoice) {
  const { maxOrder, capacity, holding, penalty, fixedOrderCost = 0, unmet = 'lost' } = options;
  const hasBounds = unmet === 'lost' && fixedOrderCost === 0 && holding > 0 && penalty > 0;
  if (maxOrder === undefined && !hasBounds) {
    refuse(
      'inventoryModel',
      'maxOrder',
      'be given unless unmet demand is lost and orders have no fixed cost',
      maxOrder,
    );
  }
  if (maxOrder !== undefined) requireWhole('inventoryModel', 'maxOrder', maxOrder, 1, 100_000);
  const bounds = hasBounds ? inventoryBounds({ ...options, demand }) : [];
  const most = maxOrder ?? Math.max(1, bounds.at(-1)!);
  const { withinBounds = maxOrder === undefined && capacity === undefined } = choice;
  const limit = (state: ArrayLike<number>) => rules.mostOrder(state, most);
  if (!withinBounds || !hasBounds) return { maxOrder: most, mostOrder: limit };
  return {
    maxOrder: most,
    mostOrder: (state: ArrayLike<number>) => Math.min(limit(state), mostSensible(state, bounds, rules.ages)),
  };
}

// x_l + ... + x_(L-1) + order <= s_l for every l. All ages together are the stock on hand.
function mostSensible(state: ArrayLike<number>, bounds: readonly number[], ages: number): number {
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
