import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import type { UnmetDemand } from '../inventory/inventory-options.js';
import { type BestPolicy, type BestPolicyOptions, exactCost, type StockProblem, stockProblem } from './best-policy.js';
import { lostReorder } from './lost-reorder.js';
import { newsvendorCost } from './newsvendor.js';
import { reorderPolicy } from './reorder-policy.js';

/** Options of {@link bestReorder}. */
export interface BestReorderOptions extends Omit<BestPolicyOptions, 'unmet'> {
  /** Cost of an order of any size, > 0. */
  readonly fixedOrderCost: number;
  /** Default `'backordered'`, unlike that of {@link inventoryEnvironment}. */
  readonly unmet?: UnmetDemand;
}

/** What {@link bestReorder} finds. */
export interface BestReorder extends BestPolicy {
  /** s: order when stock and orders under way together are at or below it. */
  readonly reorderPoint: number;
  /** S. */
  readonly orderUpTo: number;
}

/**
 * The best (s, S) policy where every order has a fixed cost.
 *
 * Where unmet demand waits, which is the default here, it is optimal among all policies, not only among those of this form,
 * unless `maxOrder` binds:
 *
 *     cost(s, S) = (K + sum over d = 0..S-s-1 of m(d) G(S - d)) / (m(0) + ... + m(S-s-1))
 *
 * G(y) is the mean holding and penalty cost of the period that ends when what is ordered now has arrived, with y units
 * in stock and on order; m(d) is the expected number of periods in which the demand since the last order sums to d.
 *
 * Where it is lost, candidates are evaluated exactly: every S until holding alone costs more than the best, with each the s
 * around the last one's. Problems that are too large for that are simulated, and the answer has an `interval`.
 *
 * @returns s, S, the long-run average cost per period and the policy. Where unmet demand is lost and never ordering is
 *   best, s is -1 and S is 0.
 * @throws RangeError when an option is unknown or out of range, or the quantities are too large to be worked out.
 * @see Zheng and Federgruen, "Finding Optimal (s, S) Policies Is About As Simple As Evaluating a Single Policy" (1991)
 * @example
 * const { reorderPoint, orderUpTo, cost } = await bestReorder({
 *   demand: poissonDemand(6), holding: 1, penalty: 4, fixedOrderCost: 5,
 * });
 * [reorderPoint, orderUpTo]; // [4, 10]
 * cost; // 8.0341
 */
export async function bestReorder(options: BestReorderOptions): Promise<BestReorder> {
  const problem = stockProblem('bestReorder', options, 'backordered');
  if (problem.fixedOrderCost === 0) refuse('bestReorder', 'fixedOrderCost', 'be above 0', options.fixedOrderCost);
  if (problem.demand.mean <= 0) refuse('bestReorder', 'demand', 'have a mean above 0', problem.demand.mean);
  return solveReorder(problem);
}

/** {@link bestReorder} of a problem that was checked. */
export async function solveReorder(problem: StockProblem): Promise<BestReorder> {
  const waiting = await waitingReorder(problem);
  if (!problem.waits) return lostReorder(problem, waiting);
  if (!mayBind(problem, waiting)) return waiting;
  return { ...waiting, cost: await exactCost(problem, waiting.policy, waiting.orderUpTo) };
}

/** Whether `maxOrder` keeps the policy from ordering what it wants to more often than never. */
export function mayBind({ demand, options }: StockProblem, { reorderPoint, orderUpTo }: BestReorder): boolean {
  const largest = orderUpTo - reorderPoint - 1 + demand.quantile(1 - 1e-9);
  return options.maxOrder !== undefined && options.maxOrder < largest;
}

const mostUnits = 30_000;

// The paper's algorithm: s goes down until ordering is cheaper than waiting, then S up while a period there could pay.
async function waitingReorder(problem: StockProblem): Promise<BestReorder> {
  const { demand, leadTime, options, capacity, signal } = problem;
  requireSize(problem);
  const over = demand.over(leadTime + 1);
  const periodCost = (level: number) => newsvendorCost(level, { ...costs(problem), demand: over });
  const cost = cycleCost(problem, periodCost);
  const pause = createPause(16, signal);
  const bottom = Math.min(over.quantile(options.penalty / (options.penalty + options.holding)), capacity);
  let orderUpTo = bottom;
  let reorderPoint = bottom - 1;
  while (cost(reorderPoint, orderUpTo) > periodCost(reorderPoint)) {
    reorderPoint -= 1;
    await pause();
  }
  let least = cost(reorderPoint, orderUpTo);
  for (let high = bottom + 1; high <= capacity && periodCost(high) <= least; high += 1) {
    await pause();
    if (cost(reorderPoint, high) >= least) continue;
    orderUpTo = high;
    while (reorderPoint + 1 < orderUpTo && cost(reorderPoint, orderUpTo) <= periodCost(reorderPoint + 1)) {
      reorderPoint += 1;
    }
    least = cost(reorderPoint, orderUpTo);
  }
  const policy = reorderPolicy({ reorderPoint, orderUpTo });
  return { reorderPoint, orderUpTo, cost: least + (options.unitCost ?? 0) * demand.mean, policy };
}

const costs = ({ options: { holding, penalty } }: StockProblem) => ({ holding, penalty });

// The economic order quantity, with customers who wait: the work grows with its square.
function requireSize({ where, demand, options, fixedOrderCost }: StockProblem): void {
  const { holding, penalty } = options;
  const quantity = Math.sqrt((2 * fixedOrderCost * demand.mean * (holding + penalty)) / (holding * penalty));
  if (quantity > mostUnits) {
    refuse(where, 'demand', `be counted in larger units: orders would be of more than ${mostUnits}`, quantity);
  }
}

function cycleCost({ demand, fixedOrderCost }: StockProblem, periodCost: (level: number) => number) {
  const renewals = renewalDensity(demand);
  const known = new Map<number, number>();
  const costOf = (level: number): number => {
    const found = known.get(level) ?? periodCost(level);
    known.set(level, found);
    return found;
  };
  return (low: number, high: number): number => {
    let sum = fixedOrderCost;
    let periods = 0;
    for (let sold = 0; sold < high - low; sold += 1) {
      const share = renewals(sold);
      sum += share * costOf(high - sold);
      periods += share;
    }
    return sum / periods;
  };
}

// m(0) = 1 / (1 - P(D = 0)), m(d) = sum over k = 1..d of P(D = k) m(d - k) / (1 - P(D = 0)).
function renewalDensity({ probabilities }: Demand): (sold: number) => number {
  const known: number[] = [1 / (1 - probabilities![0]!)];
  return (sold) => {
    for (let units = known.length; units <= sold; units += 1) {
      let sum = 0;
      for (let k = 1; k <= Math.min(units, probabilities!.length - 1); k += 1) {
        sum += probabilities![k]! * known[units - k]!;
      }
      known.push(sum * known[0]!);
    }
    return known[sold]!;
  };
}
