import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireWholeNumber } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { wholeUnitDemand, withoutTail } from '../demand/whole-units.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { countTransitions } from './count-transitions.js';
import { distributionOf } from './demand-draw.js';
import type { InventoryOptions } from './inventory-options.js';
import {
  type InventoryPeriod,
  type InventoryRules,
  inventoryOptionNames,
  inventoryRules,
  leastOrderOf,
  orderMasks,
} from './inventory-rules.js';
import { type OrderLimits, orderLimits } from './order-limits.js';

/**
 * The exact model of an {@link inventoryEnvironment}, for solving and for exact evaluation. Rewards are costs, negative; outcomes
 * are the demands 0, 1, 2 and so on, up to where less than 1e-13 is left.
 *
 * Where unmet demand is lost, orders within proven bounds keep the model small and leave the optimum in it: those of
 * {@link inventoryBounds} where these hold, and wider ones where goods expire, orders have a fixed cost or a size is
 * limited. Elsewhere a `capacity` keeps it finite. Where customers wait, so many that they never do in a policy that
 * serves them are sent away, at a cost that no policy chooses.
 *
 * @param given - The problem, as for {@link inventoryEnvironment}.
 * @returns The model; its states are the observations of the environment.
 * @throws RangeError when an option is unknown or out of range, demand is a function, `maxOrder` is missing where it must be
 *   said, or where customers wait and it does not exceed the mean demand.
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * model.actions; // 8
 */
export function inventoryModel(
  given: InventoryOptions & {
    /**
     * Makes orders illegal that are proven to be larger than an optimal policy needs. Default: `true` where neither
     * `maxOrder` nor `capacity` is given; it says nothing where customers wait or nothing is known of the kind.
     */
    readonly withinBounds?: boolean;
  },
): DecisionModel & {
  /** Demand in whole units. */
  readonly demand: Demand;
} {
  requireGivenOptions('inventoryModel', given, { ...inventoryOptionNames(), withinBounds: true });
  return measuredModel(given, ({ cost }) => -cost);
}

/** {@link inventoryModel} with another reward; where too many customers wait it is the cost of sending them away all the same. */
export function measuredModel(
  given: Parameters<typeof inventoryModel>[0],
  measure: (period: InventoryPeriod) => number,
): ReturnType<typeof inventoryModel> {
  const { withinBounds, ...options } = given;
  const rules = inventoryRules('inventoryModel', options);
  const demand = wholeDemand(options);
  const outcomes = withoutTail(demand.probabilities!, 1e-13);
  const limits = modelLimits(options, rules, demand, outcomes, withinBounds);
  const maskUpTo = orderMasks(limits.maxOrder, rules);
  const start = new Int32Array(rules.size);
  start[rules.ages - 1] = options.initialStock ?? 0;
  const waits = options.unmet === 'backordered' ? mostWaiting(options, demand) : 0;
  return {
    name: 'inventory',
    demand,
    start,
    actions: limits.maxOrder + 1,
    actionMask: (state) => maskUpTo(limits.mostOrder(state)),
    outcomes: () => outcomes,
    advance: (state, order, outcome, next) => {
      const reward = measure(rules.advance(state, order, outcome, next));
      if (next[0]! >= -waits || waits === 0) return reward;
      const { fixedOrderCost = 0, unitCost = 0, penalty } = options;
      const sentAway = -waits - next[0]!;
      next[0] = -waits;
      return reward - sentAway * (fixedOrderCost + unitCost + penalty * waits);
    },
    ...(waits > 0 && { isEdge: (state: ArrayLike<number>) => state[0]! <= -waits }),
    ...(limits.transitions !== undefined && { leastTransitions: limits.transitions }),
  };
}

/**
 * Customers who may wait at once in the model: more than ever do. A fixed cost makes it pay to let them wait, as in the
 * economic order quantity with backorders; small orders make it last.
 */
export function mostWaiting(options: InventoryOptions, demand: Demand): number {
  const { leadTime = 0, holding, penalty, fixedOrderCost = 0, maxOrder } = options;
  const lasting = demand.over(leadTime + 1).quantile(1 - 1e-9);
  const planned = Math.sqrt((2 * fixedOrderCost * demand.mean * holding) / (penalty * (holding + penalty) || 1));
  const largest = maxOrder! - (maxOrder! % (options.packSize ?? 1));
  const queue = (10.4 * demand.deviation ** 2) / (largest - demand.mean);
  // Until a pack pays.
  const lot = leastOrderOf(options) - 1;
  return Math.ceil(lasting + Math.max(lasting, queue) + 2 * planned + lot);
}

function wholeDemand(options: InventoryOptions): Demand {
  const demand = distributionOf(options.demand);
  if (!demand) refuse('inventoryModel', 'demand', 'be a distribution or a series', options.demand);
  return wholeUnitDemand(demand);
}

function modelLimits(
  options: InventoryOptions,
  rules: InventoryRules,
  demand: Demand,
  outcomes: Float64Array,
  withinBounds: boolean | undefined,
) {
  const { maxOrder, capacity, unmet = 'lost' } = options;
  const limits = orderLimits(options, demand);
  if (maxOrder === undefined && !limits) {
    refuse('inventoryModel', 'maxOrder', 'be given where no bound of an optimal order is known', maxOrder);
  }
  if (unmet === 'backordered' && rules.wholeOrder(maxOrder!) <= demand.mean) {
    refuse('inventoryModel', 'maxOrder', `exceed the mean demand where customers wait, ${demand.mean}`, maxOrder);
  }
  const most = rules.wholeOrder(maxOrder ?? Math.max(rules.leastOrder, limits!.most));
  requireWholeNumber('inventoryModel', 'maxOrder', most, 1, 100_000);
  const isBounded = withinBounds ?? (maxOrder === undefined && capacity === undefined);
  const limit = (state: ArrayLike<number>) => rules.mostOrder(state, most);
  if (!isBounded || !limits) return { maxOrder: most, mostOrder: limit };
  return {
    maxOrder: most,
    mostOrder: (state: ArrayLike<number>) => rules.wholeOrder(Math.min(limit(state), limits.mostIn(state))),
    transitions: leastTransitions(limits, outcomes, rules),
  };
}

// Where they cannot be counted, states with half of all orders each, from which demand leads to a quarter of the fullest stock.
function leastTransitions(
  { states, most, bounds }: OrderLimits,
  outcomes: Float64Array,
  { capacity, leastOrder, options: { maxOrder = most } }: InventoryRules,
): number {
  if (Number.isFinite(capacity) || maxOrder < most || leastOrder > 1) return 0;
  const possible = outcomes.reduce((count, probability) => count + (probability > 0 ? 1 : 0), 0);
  const counted = bounds && countTransitions(bounds, outcomes);
  return counted ?? Math.floor(((states * most) / 2) * Math.min(possible, most / 2));
}
