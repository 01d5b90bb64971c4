import { requireOptions } from '../../internal/options.js';
import { refuse, requirePositive, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { Interval } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { Demand } from '../demand/demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { distributionOf } from '../inventory/demand-draw.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { inventoryOptionNames, inventoryRules } from '../inventory/inventory-rules.js';
import { type CostSimulation, createCostSimulation } from './cost-simulation.js';
import { positionModel } from './position-model.js';

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
  readonly waits: boolean;
  readonly shelfLife: number;
}

/** Checks everything; `unmet` is the default of the function that was called. */
export function stockProblem(
  where: string,
  options: BestPolicyOptions,
  unmet: 'lost' | 'backordered' = 'lost',
): StockProblem {
  requireOptions<BestPolicyOptions>(where, options, { ...inventoryOptionNames, seed: true, signal: true });
  if (options === undefined) refuse(where, 'options', 'be an object of options', options);
  const { seed = 0, signal, ...given } = options;
  requireSeed(where, seed);
  requireSignal(where, signal);
  signal?.throwIfAborted();
  const problem: InventoryOptions = { ...given, unmet: given.unmet ?? unmet, initialStock: 0 };
  const { leadTime, capacity } = inventoryRules(where, problem);
  requirePositive(where, 'holding', problem.holding);
  requirePositive(where, 'penalty', problem.penalty);
  const distribution = distributionOf(problem.demand);
  if (!distribution) refuse(where, 'demand', 'be a distribution or a series', problem.demand);
  const demand = wholeUnitDemand(distribution);
  return {
    ...{ where, demand, seed, signal, leadTime, capacity },
    options: { ...problem, demand },
    fixedOrderCost: problem.fixedOrderCost ?? 0,
    waits: problem.unmet === 'backordered',
    shelfLife: problem.shelfLife ?? Number.POSITIVE_INFINITY,
  };
}

/** Exact cost of a base-stock or (s, S) policy whose orders are at most `order`. */
export async function exactCost(problem: StockProblem, policy: InstantPolicy, order: number): Promise<number> {
  const { where, options, signal } = problem;
  const model = problem.waits
    ? positionModel(problem, options.maxOrder!, Number.POSITIVE_INFINITY)
    : inventoryModel({ ...options, maxOrder: options.maxOrder ?? Math.max(1, order) });
  return -(await evaluateInModel(where, model, policy, { signal })).averageReward;
}

/** About how many transitions a policy has that keeps stock and orders at `level` or below. */
export function transitionsAt({ demand, leadTime, shelfLife }: StockProblem, level: number): number {
  const entries = (Number.isFinite(shelfLife) ? shelfLife : 1) + Math.max(leadTime - 1, 0);
  let states = 1;
  for (let entry = 1; entry <= entries && states < 1e12; entry += 1) states *= (level + entry) / entry;
  return states * Math.min(level + 1, demand.probabilities!.length);
}

/** A simulation to choose by. */
export function simulationOf({ where, options, demand, seed, signal }: StockProblem): CostSimulation {
  return createCostSimulation(where, options, demand, { seed, signal, periods: 4000 });
}

/** The cost of a policy chosen by simulation, on other days than those it was chosen by. */
export async function simulatedCost(
  { where, options, demand, seed, signal }: StockProblem,
  policy: InstantPolicy,
): Promise<BestPolicy & { readonly interval: Interval }> {
  const fresh = createCostSimulation(where, options, demand, { seed: seed + 1, signal, periods: 8000 });
  const { value: cost, interval } = await fresh.costOf(policy);
  return { policy, cost, interval };
}
