import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { Interval } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { Demand } from '../demand/demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { distributionOf } from '../inventory/demand-draw.js';
import { mostWaiting } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { inventoryOptionNames, inventoryRules, orderMasks } from '../inventory/inventory-rules.js';
import { requireStockCosts } from '../inventory/stock-costs.js';
import { newsvendorCost } from './newsvendor.js';
import type { WholePacks } from './whole-packs.js';

/** The best policy of a kind. */
export interface BestPolicy {
  /** The policy itself. */
  readonly policy: InstantPolicy;
  /** Its long-run average cost per period: exact, or, where there is an `interval`, the mean of a simulation. */
  readonly cost: number;
  /** The 95% interval of a simulated cost; missing, by default, where the cost is exact. */
  readonly interval?: Interval;
}

/** A stock problem, and how to look for the best policy. */
export interface BestPolicyOptions extends InventoryOptions {
  /** Of the simulation, where the problem is too large to be worked out; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** A problem whose demand is a distribution in whole units. */
export interface StockProblem {
  readonly options: InventoryOptions;
  readonly demand: Demand;
  readonly where: string;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly leadTime: number;
  readonly fixedOrderCost: number;
  readonly capacity: number;
  /** Units of the least order: 1 where there are no packs. */
  readonly leastOrder: number;
  readonly waits: boolean;
  readonly shelfLife: number;
}

/** The packs of a problem, for its policies. */
export function packsOf({ options: { packSize = 1 }, leastOrder }: StockProblem): WholePacks {
  return { ...(packSize > 1 && { packSize }), ...(leastOrder > packSize && { minimumOrder: leastOrder }) };
}

/** Enough for one order after any demand, from wherever orders are waited with. */
export function widestOrder({ demand, leastOrder, options }: StockProblem): number {
  return options.maxOrder ?? Math.min(100_000, 2 * leastOrder + demand.probabilities!.length);
}

/** Checks everything; `unmet` is the default of the function that was called. */
export function stockProblem(
  where: string,
  options: BestPolicyOptions,
  unmet: 'lost' | 'backordered' = 'lost',
): StockProblem {
  requireGivenOptions<BestPolicyOptions>(where, options, { ...inventoryOptionNames(), seed: true, signal: true });
  const { seed = 0, signal, ...given } = options;
  requireSeed(where, seed);
  requireSignal(where, signal);
  signal?.throwIfAborted();
  const problem: InventoryOptions = { ...given, unmet: given.unmet ?? unmet, initialStock: 0 };
  const { leadTime, capacity, leastOrder } = inventoryRules(where, problem);
  requireStockCosts(where, problem.holding, problem.penalty);
  const distribution = distributionOf(problem.demand);
  if (!distribution) refuse(where, 'demand', 'be a distribution or a series', problem.demand);
  const demand = wholeUnitDemand(distribution);
  return {
    ...{ where, demand, seed, signal, leadTime, capacity, leastOrder },
    options: { ...problem, demand },
    fixedOrderCost: problem.fixedOrderCost ?? 0,
    waits: problem.unmet === 'backordered',
    shelfLife: problem.shelfLife ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Where customers wait, stock and orders under way together tell all that an order depends on, whatever the lead time: the
 * model has one number as its state. A period is charged with what it costs when what is ordered now has arrived.
 *
 * @param most - The most units of an order.
 * @param top - The most units in stock and on order together.
 * @param measure - Another reward than the costs: of the order and of what there is after it.
 */
export function positionModel(
  problem: StockProblem,
  most: number,
  top: number,
  measure?: (order: number, level: number) => number,
): DecisionModel {
  const { demand, leadTime, options } = problem;
  const { holding, penalty, fixedOrderCost = 0, unitCost = 0 } = options;
  const over = demand.over(leadTime + 1);
  const waits = mostWaiting({ ...options, maxOrder: most }, demand);
  const rules = inventoryRules(problem.where, { ...options, maxOrder: most });
  const maskUpTo = orderMasks(most, rules);
  const costs = new Map<number, number>();
  const periodCost = (level: number): number => {
    const cost = costs.get(level) ?? newsvendorCost({ quantity: level, demand: over, holding, penalty });
    costs.set(level, cost);
    return cost;
  };
  return {
    name: 'position',
    start: [0],
    actions: most + 1,
    actionMask: (state) => maskUpTo(rules.wholeOrder(Math.max(0, Math.min(most, top - state[0]!)))),
    outcomes: () => demand.probabilities!,
    advance: (state, order, asked, next) => {
      const level = state[0]! + order;
      next[0] = Math.max(-waits, level - asked);
      if (measure) return measure(order, level);
      const sentAway = next[0] - (level - asked);
      const ordering = (order > 0 ? fixedOrderCost : 0) + unitCost * order;
      return -periodCost(level) - ordering - sentAway * (fixedOrderCost + unitCost + penalty * waits);
    },
  };
}
