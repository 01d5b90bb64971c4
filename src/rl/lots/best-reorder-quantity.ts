import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositive, requireWholeNumber } from '../../internal/require.js';
import { newsvendorCost } from '../classic/newsvendor.js';
import { type Demand, requireDistribution } from '../demand/demand.js';
import { finiteAnswer } from './finite-answer.js';

/** Options of {@link bestReorderQuantity}. */
export interface ReorderQuantityOptions {
  /** Units asked for per period on average, > 0. */
  readonly demand: number;
  /** Units asked for from an order to its arrival: with a lead time of L periods `poissonDemand(demand * L)`, or another. */
  readonly leadTimeDemand: Demand;
  /** Cost of an order, > 0. */
  readonly fixedOrderCost: number;
  /** Cost per unit in stock and period, > 0. */
  readonly holding: number;
  /** Cost per waiting unit and period, > 0. */
  readonly penalty: number;
}

const optionNames: OptionNames<ReorderQuantityOptions> = {
  demand: true,
  leadTimeDemand: true,
  fixedOrderCost: true,
  holding: true,
  penalty: true,
};

/** What {@link bestReorderQuantity} finds. */
export interface ReorderQuantity {
  /** r: order when stock and orders under way, less what customers wait for, fall to this. */
  readonly reorderPoint: number;
  /** Q: the units of every order. */
  readonly quantity: number;
  /** Long-run average cost per period. */
  readonly cost: number;
}

// The work grows with the quantity.
const mostUnits = 100_000;

/**
 * The (r, Q) policy of least cost for a stock that is looked at all the time, where customers who find none wait: as soon as the position
 * falls to r, order Q.
 *
 *     cost(r, Q) = (K demand + sum over y = r+1..r+Q of G(y)) / Q
 *
 * G(y) is the mean holding and penalty cost with y units in stock and on order, {@link newsvendorCost} of the lead time's demand. It is
 * exact where customers ask for one unit at a time and independently, as in Poisson demand. Q grows to the cheaper side while that
 * lowers the mean.
 *
 * @returns r, Q and their cost, whole units; of continuous demand too, whose G is its own.
 * @throws RangeError when an option is unknown or out of range, or Q would exceed 100,000.
 * @see Federgruen and Zheng, "An Efficient Algorithm for Computing an Optimal (r, Q) Policy in Continuous Review Stochastic Inventory
 *   Systems" (1992)
 * @example
 * const { reorderPoint, quantity, cost } = bestReorderQuantity({
 *   demand: 1.5, leadTimeDemand: poissonDemand(3), holding: 20, penalty: 150, fixedOrderCost: 100,
 * });
 * [reorderPoint, quantity]; // [3, 5]
 * cost; // 107.9236
 */
export function bestReorderQuantity(options: ReorderQuantityOptions): ReorderQuantity {
  const where = 'bestReorderQuantity';
  requireReorderQuantity(where, options, optionNames);
  const { leadTimeDemand, holding, penalty } = options;
  const costAt = periodCost(options);
  requireFewUnits(where, options);
  let high = Math.ceil(leadTimeDemand.quantile(penalty / (penalty + holding)));
  // Of continuous demand the best whole number may lie one below the quantile.
  if (costAt(high - 1) < costAt(high)) high -= 1;
  let low = high - 1;
  let sum = options.fixedOrderCost * options.demand + costAt(high);
  for (;;) {
    if (high - low > mostUnits) refuseUnits(where, options.demand);
    const next = Math.min(costAt(low), costAt(high + 1));
    // A further unit pays while it costs less than the mean of the others.
    if (next >= sum / (high - low)) break;
    sum += next;
    if (costAt(low) <= next) low -= 1;
    else high += 1;
  }
  return finiteAnswer(where, { reorderPoint: low, quantity: high - low, cost: sum / (high - low) });
}

/**
 * What an (r, Q) policy costs per period in the long run, by the formula of {@link bestReorderQuantity}: to see what a quantity costs
 * that a supplier sets.
 *
 * @returns The cost per period.
 * @throws RangeError as {@link bestReorderQuantity} does.
 * @example
 * const problem = { demand: 1.5, leadTimeDemand: poissonDemand(3), holding: 20, penalty: 150, fixedOrderCost: 100 };
 * reorderQuantityCost({ ...problem, reorderPoint: 3, quantity: 12 }); // 149.9963
 */
export function reorderQuantityCost(
  options: ReorderQuantityOptions & {
    /** r, any whole number. */
    readonly reorderPoint: number;
    /** Q, a whole number >= 1. */
    readonly quantity: number;
  },
): number {
  const where = 'reorderQuantityCost';
  requireReorderQuantity(where, options, { ...optionNames, reorderPoint: true, quantity: true });
  const { reorderPoint, quantity, demand, fixedOrderCost } = options;
  requireWholeNumber(where, 'reorderPoint', reorderPoint, -1e9, 1e9);
  requireWholeNumber(where, 'quantity', quantity, 1, mostUnits);
  const costAt = periodCost(options);
  let sum = fixedOrderCost * demand;
  for (let level = reorderPoint + 1; level <= reorderPoint + quantity; level += 1) sum += costAt(level);
  return finiteAnswer(where, { cost: sum / quantity }).cost;
}

function periodCost({ leadTimeDemand, holding, penalty }: ReorderQuantityOptions): (level: number) => number {
  const known = new Map<number, number>();
  return (level) => {
    const cost = known.get(level) ?? newsvendorCost({ quantity: level, demand: leadTimeDemand, holding, penalty });
    known.set(level, cost);
    return cost;
  };
}

function requireReorderQuantity<O extends ReorderQuantityOptions>(
  where: string,
  options: O,
  names: OptionNames<O>,
): void {
  requireGivenOptions<O>(where, options, names);
  const { demand, leadTimeDemand, fixedOrderCost, holding, penalty } = options;
  requirePositive(where, 'demand', demand);
  requireDistribution(where, 'leadTimeDemand', leadTimeDemand);
  requirePositive(where, 'fixedOrderCost', fixedOrderCost);
  requirePositive(where, 'holding', holding);
  requirePositive(where, 'penalty', penalty);
}

// Of steady demand the quantity is that of the formula with customers who wait; uncertainty adds about the demand of the lead time.
function requireFewUnits(where: string, options: ReorderQuantityOptions): void {
  const { demand, leadTimeDemand, fixedOrderCost, holding, penalty } = options;
  const quantity = Math.sqrt((2 * fixedOrderCost * demand * (holding + penalty)) / (holding * penalty));
  if (quantity + leadTimeDemand.mean > mostUnits) refuseUnits(where, demand);
}

function refuseUnits(where: string, demand: number): never {
  refuse(where, 'demand', `be counted in larger units: an order would be of more than ${mostUnits}`, demand);
}
