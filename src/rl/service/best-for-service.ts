import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import { transitionsAt } from '../classic/candidate-costs.js';
import { type BestPolicyOptions, type StockProblem, stockProblem } from '../classic/stock-problem.js';
import { inventoryOptionNames } from '../inventory/inventory-rules.js';
import { anyForService } from './any-for-service.js';
import { baseStockForService, reorderForService } from './search-for-service.js';
import { type BestForService, exactValuation, type ServiceTarget, simulatedValuation } from './service-measures.js';

/** Options of {@link bestForService}: a stock problem with a target in the place of the penalty. */
export interface BestForServiceOptions extends Omit<BestPolicyOptions, 'penalty'> {
  /** Least share of the demand that is met at once, above 0 and below 1, by 1e-8 or more. Default: none, where `cycleService` is given. */
  readonly fillRate?: number;
  /** Least share of the periods in which nothing is missed, in the same range; goes only in the place of `fillRate`. Default: none. */
  readonly cycleService?: number;
  /**
   * Which policies to look among: base-stock, (s, S), or all there are. Default: base-stock, and (s, S) where an order has a fixed cost or
   * a least size.
   */
  readonly policies?: 'base-stock' | 'reorder' | 'all';
}

function optionNames(): OptionNames<BestForServiceOptions> {
  const { penalty: _, ...names } = inventoryOptionNames();
  return { ...names, seed: true, signal: true, fillRate: true, cycleService: true, policies: true };
}

/**
 * The policy of least cost that meets a service target: "95% of what is asked for is there". For who knows no cost of a customer
 * missed.
 *
 * Base-stock levels and pairs (s, S) are looked through while holding alone costs less than the best. Among all policies the target
 * becomes a cost of a missed unit, which is narrowed down until the optimal policy just meets it; where one of the simple policies costs less,
 * that is the answer. The optima say too how little any policy can cost that meets the target (Lagrange):
 *
 *     bound = max over p of [cost(p) - p (1 - fillRate) mean demand]
 *
 * Problems that are too large are simulated, every candidate on the same days; the answer then has `intervals`, from other days, and may miss the
 * target by chance: look at them.
 *
 * @returns The policy, its cost per period without any penalty, its fill rate and its cycle service.
 * @throws RangeError when an option is unknown or out of range, the target is not above 0 and below 1, or cannot be met with the orders and
 *   the capacity that are allowed.
 * @throws UnsolvedModelError when a model of all policies is too large.
 * @see Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains" (2016); Everett, "Generalized Lagrange Multiplier
 *   Method for Solving Problems of Optimum Allocation of Resources" (1963)
 * @example
 * const { policy, fillRate, cost } = await bestForService({ demand: poissonDemand(5), leadTime: 1, holding: 1, fillRate: 0.95 });
 * policy.name; // 'base-stock 13'
 * fillRate; // 0.9537
 * cost; // 3.4632
 */
export async function bestForService(options: BestForServiceOptions): Promise<BestForService> {
  const where = 'bestForService';
  requireGivenOptions(where, options, optionNames());
  const { fillRate, cycleService, policies: wanted, ...given } = options;
  const target = requireTarget(where, fillRate, cycleService);
  // The penalty that a newsvendor would have to have: no cost counts it.
  const penalty = (Math.max(given.holding, 1e-9) * target.least) / (1 - target.least);
  const problem = stockProblem(where, { ...given, penalty });
  if (problem.demand.mean <= 0) refuse(where, 'demand', 'have a mean above 0', problem.demand.mean);
  const hasLots = problem.fixedOrderCost > 0 || problem.leastOrder > 1;
  const policies = wanted ?? (hasLots ? 'reorder' : 'base-stock');
  requireOneOf(where, 'policies', ['base-stock', 'reorder', 'all'], policies);
  if (policies === 'all') requireLost(problem, target);
  const isPair = policies === 'reorder' || (policies === 'all' && hasLots);
  const most = isPair ? mostTransitions.pairs : mostTransitions.levels;
  const quantity = isPair ? economicQuantity(problem) : 0;
  // As many sizes are looked through, and the largest of them is in stock.
  const isLarge = transitionsAt(problem, likelyLevel(problem, target) + 2 * quantity) > most;
  if (isLarge) requireOrders(problem, quantity);
  const valuation = isLarge ? simulatedValuation(problem, target) : exactValuation(problem, target);
  const simple = await (isPair ? reorderForService : baseStockForService)(problem, target, valuation);
  return policies === 'all' ? anyForService(problem, target, simple) : simple;
}

// Of one candidate, of dozens of levels or hundreds of pairs, that are worked out within some seconds.
const mostTransitions = { levels: 200_000, pairs: 20_000 };

// The level that would do where customers waited.
// Targets are met to 1e-9: of one that is nearer to an end nothing would be left.
const nearest = 1e-8;

function likelyLevel({ demand, leadTime, leastOrder, capacity }: StockProblem, { of, least }: ServiceTarget): number {
  const asked = demand.over(leadTime + 1);
  let level = asked.quantile(least);
  if (of === 'fillRate') while (asked.shortage(level) > (1 - least) * demand.mean) level += 1;
  return Math.min(capacity, level + leastOrder - 1);
}

function economicQuantity({ demand, options, fixedOrderCost, capacity }: StockProblem): number {
  return Math.min(capacity, Math.sqrt((2 * fixedOrderCost * demand.mean) / options.holding));
}

// A simulation of 4,000 periods that holds few orders says nothing of their size.
function requireOrders({ where, demand, fixedOrderCost }: StockProblem, quantity: number): void {
  const periods = quantity / demand.mean;
  if (periods <= mostPeriods) return;
  const rule = `be so small beside \`holding\` that an order lasts ${mostPeriods} periods or less, not ${periods.toPrecision(3)}`;
  refuse(where, 'fixedOrderCost', rule, fixedOrderCost);
}

const mostPeriods = 400;

function requireTarget(where: string, fillRate: unknown, cycleService: unknown): ServiceTarget {
  if ((fillRate === undefined) === (cycleService === undefined)) {
    refuse(where, 'fillRate', 'be given, or else `cycleService`, and not both', fillRate);
  }
  const of = fillRate === undefined ? 'cycleService' : 'fillRate';
  const least = fillRate ?? cycleService;
  if (!(typeof least === 'number' && least > 0 && least < 1)) {
    refuse(where, of, 'lie above 0 and below 1: no stock meets all demand for certain', least);
  }
  if (Math.min(least, 1 - least) < nearest) refuse(where, of, `lie ${nearest} or more from 0 and from 1`, least);
  return { of, least };
}

function requireLost(problem: StockProblem, { of }: ServiceTarget): void {
  const { where, waits } = problem;
  if (waits) refuse(where, 'policies', "be 'base-stock' or 'reorder' where customers wait", 'all');
  if (of !== 'fillRate') refuse(where, 'policies', "be 'base-stock' or 'reorder' for a cycle service", 'all');
}
