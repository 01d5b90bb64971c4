import { createPause } from '../../internal/pause.js';
import { refuse, requirePositive } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { exactCost, simulatedCost, simulationOf, transitionsAt } from './candidate-costs.js';
import { newsvendorCost } from './newsvendor.js';
import { reorderPolicy } from './reorder-policy.js';
import { remembered, thirds } from './search.js';
import { type BestPolicy, type BestPolicyOptions, packsOf, type StockProblem, stockProblem } from './stock-problem.js';

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
 * Where packs are to be whole or orders have a least size, candidates are evaluated in the same way, whether customers wait or not: the order
 * is rounded down to whole packs, and is the least order at s or below it where S is nearer. This is the (s, nQ) policy; it is worth
 * looking for without a fixed cost too.
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
export async function bestReorder(
  options: Omit<BestPolicyOptions, 'unmet'> & {
    /** Cost of an order of any size, > 0; >= 0 where there are packs or a least order. */
    readonly fixedOrderCost: number;
    /** Default `'backordered'`, unlike that of {@link inventoryEnvironment}. */
    readonly unmet?: 'lost' | 'backordered';
  },
): Promise<
  BestPolicy & {
    /** s: order when stock and orders under way together are at or below it. */
    readonly reorderPoint: number;
    /** S. */
    readonly orderUpTo: number;
  }
> {
  const problem = stockProblem('bestReorder', options, 'backordered');
  if (problem.leastOrder === 1) requirePositive('bestReorder', 'fixedOrderCost', problem.fixedOrderCost);
  if (problem.demand.mean <= 0) refuse('bestReorder', 'demand', 'have a mean above 0', problem.demand.mean);
  return solveReorder(problem);
}

/** {@link bestReorder} of a problem that was checked. */
export async function solveReorder(problem: StockProblem): Promise<BestReorder> {
  const waiting = await waitingReorder(problem);
  if (!problem.waits || problem.leastOrder > 1) return searchedReorder(problem, waiting);
  if (!mayBind(problem, waiting)) return waiting;
  return { ...waiting, cost: await exactCost(problem, waiting.policy, waiting.orderUpTo) };
}

/** What {@link bestReorder} finds. */
export type BestReorder = Awaited<ReturnType<typeof bestReorder>>;

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
  const periodCost = (level: number) => newsvendorCost({ quantity: level, ...costs(problem), demand: over });
  const cost = cycleCost(problem, periodCost);
  const pause = createPause(8, signal);
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

type CostAt = (low: number, high: number) => Promise<number>;

interface Pair {
  readonly low: number;
  readonly high: number;
  readonly cost: number;
}

// Transitions of one candidate, of hundreds, that are worked out within a second or so.
const mostTransitions = 60_000;

/** The best (s, S) policy among candidates. The search begins at the one that would be best if unmet demand waited. */
async function searchedReorder(problem: StockProblem, waiting: BestReorder): Promise<BestReorder> {
  const { demand, options, waits, leastOrder } = problem;
  const highest = waiting.orderUpTo + leastOrder - 1;
  if (transitionsAt(problem, highest) > mostTransitions) return simulatedReorder(problem, waiting);
  const costAt = rememberedPairs((reorderPoint, orderUpTo) =>
    exactCost(problem, pairPolicy(problem, reorderPoint, orderUpTo), orderUpTo),
  );
  // Never to order loses every customer.
  let best: Pair = { low: -1, high: 0, cost: waits ? Number.POSITIVE_INFINITY : options.penalty * demand.mean };
  const bottom = waits ? -highest - leastOrder : 0;
  let low = Math.max(bottom, waiting.reorderPoint);
  for (let high = 1; high <= problem.capacity && leastHolding(problem, high) < best.cost; high += 1) {
    const found = await bestReorderPoint(costAt, Math.min(low, high - 1), high, bottom);
    low = found.low;
    if (found.cost < best.cost) best = found;
  }
  return { ...answer(problem, best), cost: best.cost };
}

/**
 * The least holding cost of a policy that orders up to S. The position falls from S by demand, and halfway down on average; what overshoots
 * s is bounded by Lorden's inequality. Of the position, at most the demand of lead time and one period is not held.
 */
export function leastHolding({ demand, leadTime, options, leastOrder }: StockProblem, high: number): number {
  const { mean, deviation } = demand;
  // Packs leave the position below S.
  const reached = high - leastOrder + 1;
  if (reached <= 0) return Number.NEGATIVE_INFINITY;
  const position = reached / 2 / (1 + (deviation ** 2 + mean ** 2) / (mean * reached));
  return options.holding * (position - (leadTime + 1) * mean);
}

// In both directions, and three further than where the cost rises: with lumpy demand it has more than one minimum.
async function bestReorderPoint(costAt: CostAt, start: number, high: number, bottom: number): Promise<Pair> {
  let best: Pair = { low: start, high, cost: await costAt(start, high) };
  for (const toward of [-1, 1]) {
    for (let low = start + toward; low >= bottom && low < high && Math.abs(low - best.low) <= 3; low += toward) {
      const cost = await costAt(low, high);
      if (cost < best.cost) best = { low, high, cost };
    }
  }
  return best;
}

// s and S - s in turn, on the same days for all.
async function simulatedReorder(problem: StockProblem, waiting: BestReorder): Promise<BestReorder> {
  const simulation = simulationOf(problem);
  const costAt = rememberedPairs(
    async (reorderPoint, orderUpTo) => (await simulation.costOf(pairPolicy(problem, reorderPoint, orderUpTo))).value,
  );
  const most = Math.min(problem.capacity, 1e9);
  let low = Math.max(0, waiting.reorderPoint);
  let size = Math.max(1, Math.min(waiting.orderUpTo, most) - low);
  for (let round = 0; round < 3; round += 1) {
    const byPoint = remembered((at) => costAt(at, Math.min(at + size, most)));
    low = (await thirds(byPoint, 0, Math.min(2 * low + 10, most - 1))).level;
    const bySize = remembered((of) => costAt(low, Math.min(low + of, most)));
    size = (await thirds(bySize, 1, Math.min(2 * size + 10, most - low))).level;
  }
  const pair = { low, high: Math.min(low + size, most) };
  const found = { ...answer(problem, pair), ...(await simulatedCost(problem, answer(problem, pair).policy)) };
  const nothing = problem.options.penalty * problem.demand.mean;
  return problem.waits || found.cost <= nothing ? found : { ...answer(problem, { low: -1, high: 0 }), cost: nothing };
}

function answer(problem: StockProblem, { low, high }: { readonly low: number; readonly high: number }) {
  return { reorderPoint: low, orderUpTo: high, policy: pairPolicy(problem, low, high) };
}

function pairPolicy(problem: StockProblem, reorderPoint: number, orderUpTo: number) {
  return reorderPolicy({ reorderPoint, orderUpTo, ...packsOf(problem) });
}

function rememberedPairs(costAt: CostAt): CostAt {
  const known = new Map<string, number>();
  return async (low, high) => {
    const key = `${low} ${high}`;
    const cost = known.get(key) ?? (await costAt(low, high));
    known.set(key, cost);
    return cost;
  };
}
