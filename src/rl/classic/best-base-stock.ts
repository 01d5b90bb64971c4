import { refuse } from '../../internal/require.js';
import { orderLimits } from '../inventory/order-limits.js';
import { baseStockPolicy } from './base-stock-policy.js';
import { exactCost, simulatedCost, simulationOf, transitionsAt } from './candidate-costs.js';
import { descend, type Found, refine, remembered, scan, thirds } from './search.js';
import { type BestPolicy, type BestPolicyOptions, packsOf, type StockProblem, stockProblem } from './stock-problem.js';
import { waitingBaseStock } from './waiting-base-stock.js';

type BestBaseStock = Awaited<ReturnType<typeof bestBaseStock>>;
type BestCappedBaseStock = Awaited<ReturnType<typeof bestCappedBaseStock>>;

/**
 * The base-stock policy of least long-run average cost.
 *
 * Where customers wait, it is the newsvendor's quantity for the demand of lead time and one period, and for what limited
 * orders leave behind. Where they are lost, candidates are evaluated exactly one by one: from the level that would be best
 * if they waited while the cost falls, where the cost is convex in the level (goods last, no fixed cost, orders of any
 * size); otherwise, as where packs are to be whole, all levels up to where holding alone costs more than the best. Problems that are too large for that
 * are simulated, every candidate on the same days, and the answer has an `interval`.
 *
 * @param options - The problem, as for {@link inventoryEnvironment}. Where neither `maxOrder` nor `capacity` is given, orders may be of
 *   any size.
 * @returns Level, cost and policy.
 * @throws RangeError when an option is unknown or out of range, demand is a function, or small orders let customers wait for
 *   ever.
 * @see Janakiraman and Roundy, "Lost-Sales Problems with Stochastic Lead Times: Convexity Results for Base-Stock
 *   Policies" (2004)
 * @example
 * const problem = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };
 * const { level, cost } = await bestBaseStock(problem);
 * level; // 12
 * cost; // 4.1628
 */
export async function bestBaseStock(options: BestPolicyOptions): Promise<
  BestPolicy & {
    /** S. */
    readonly level: number;
  }
> {
  return solveBaseStock(stockProblem('bestBaseStock', options));
}

/** {@link bestBaseStock} of a problem that was checked. */
export async function solveBaseStock(problem: StockProblem): Promise<BestBaseStock> {
  // The closed form knows no packs.
  const isClosed = problem.waits && problem.leastOrder === 1;
  return isClosed ? waitingBaseStock(problem) : bestLevel(problem, Number.POSITIVE_INFINITY);
}

/**
 * The capped base-stock policy of least long-run average cost over levels and caps, with caps up to what would be enough for
 * one period. The levels of each cap are searched as those of {@link bestBaseStock}, the caps one by one.
 *
 * Where customers wait a cap only costs, and the answer is that of {@link bestBaseStock}, its cap `maxOrder` or Infinity.
 *
 * @returns Level, cap, cost and policy.
 * @throws RangeError as {@link bestBaseStock} does.
 * @see Xin, "Understanding the Performance of Capped Base-Stock Policies in Lost-Sales Inventory Models" (2021)
 * @example
 * const problem = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };
 * const { level, cap, cost } = await bestCappedBaseStock(problem);
 * [level, cap]; // [12, 6]
 * cost; // 4.0654
 */
export async function bestCappedBaseStock(options: BestPolicyOptions): Promise<
  BestPolicy & {
    /** S. */
    readonly level: number;
    /** r, the most units of one order. */
    readonly cap: number;
  }
> {
  return solveCappedBaseStock(stockProblem('bestCappedBaseStock', options));
}

/** {@link bestCappedBaseStock} of a problem that was checked. */
export async function solveCappedBaseStock(problem: StockProblem): Promise<BestCappedBaseStock> {
  if (problem.waits) {
    return { ...(await solveBaseStock(problem)), cap: problem.options.maxOrder ?? Number.POSITIVE_INFINITY };
  }
  const plain = await bestLevel(problem, Number.POSITIVE_INFINITY);
  const first: BestCappedBaseStock = { ...plain, cap: Math.max(1, plain.level) };
  if (plain.interval) return problem.leastOrder > 1 ? first : cappedBySimulation(problem, first);
  return cappedExactly(problem, first);
}

async function cappedExactly(problem: StockProblem, first: BestCappedBaseStock): Promise<BestCappedBaseStock> {
  const { demand, leastOrder } = problem;
  const { penalty, packSize = 1 } = problem.options;
  let best = first;
  let found: BestBaseStock = first;
  for (let cap = mostCap(problem); cap >= leastOrder; cap -= packSize) {
    // Whatever the level, a cap below the mean demand loses the difference in every period.
    if (penalty * (demand.mean - cap) >= best.cost) break;
    found = await bestLevel(problem, cap, found.level);
    if (found.cost < best.cost) best = { ...found, cap };
  }
  return best;
}

async function cappedBySimulation(problem: StockProblem, first: BestCappedBaseStock): Promise<BestCappedBaseStock> {
  const simulation = simulationOf(problem);
  const policyOf = (level: number, cap: number) => baseStockPolicy({ level, cap, ...packsOf(problem) });
  const levels = new Map<number, number>();
  const bestWith = remembered(async (cap) => {
    const costAt = remembered(async (level) => (await simulation.costOf(policyOf(level, cap))).value);
    const near = Math.ceil(problem.demand.deviation * Math.sqrt(problem.leadTime + 1));
    const { level, cost } = await thirds(costAt, Math.max(0, first.level - near), first.level + 2 * near);
    levels.set(cap, level);
    return cost;
  });
  const most = mostCap(problem);
  const { level: cap } = await thirds(bestWith, Math.max(1, Math.floor(0.9 * problem.demand.mean)), most);
  const level = levels.get(cap)!;
  const capped = { level, cap, ...(await simulatedCost(problem, policyOf(level, cap))) };
  return capped.cost < first.cost ? capped : first;
}

// Up to whole packs.
function mostCap(problem: StockProblem): number {
  const { demand, options, shelfLife, leastOrder } = problem;
  const enough = demand.quantile(options.penalty / (options.penalty + options.holding));
  const most = Number.isFinite(shelfLife) ? mostPerishable(problem) : enough;
  const { packSize = 1 } = options;
  return Math.max(leastOrder, packSize * Math.ceil(most / packSize));
}

// Of goods that expire: what is proven, or where nothing is what is allowed.
function mostPerishable({ where, demand, options }: StockProblem): number {
  const most = orderLimits(options, demand)?.most ?? options.maxOrder;
  if (most === undefined) refuse(where, 'maxOrder', 'be given where the freshest goods are sold first', most);
  return most;
}

// Transitions of one candidate, and of each of many, that are worked out within a second or so.
const mostTransitions = { descending: 4e6, scanning: 4e5 };

async function bestLevel(problem: StockProblem, cap: number, start?: number): Promise<BestBaseStock> {
  const { demand, leadTime, options, capacity, fixedOrderCost, shelfLife, leastOrder } = problem;
  const isFree = options.maxOrder === undefined && leastOrder === 1;
  const isConvex = fixedOrderCost === 0 && shelfLife === Number.POSITIVE_INFINITY && isFree;
  const enough = demand.over(leadTime + 1).quantile(options.penalty / (options.penalty + options.holding));
  const policyOf = (level: number) => baseStockPolicy({ level, cap, ...packsOf(problem) });
  const most = isConvex ? mostTransitions.descending : mostTransitions.scanning;
  if (transitionsAt(problem, Math.min(enough + leastOrder - 1, capacity)) > most)
    return simulatedLevel(problem, cap, enough, isConvex);
  const costAt = remembered((level) => exactCost(problem, policyOf(level), Math.min(level, cap)));
  const found = isConvex
    ? await descend(costAt, start ?? enough, capacity)
    : await scan(costAt, levelsEnd(problem, cap));
  return { ...found, policy: policyOf(found.level) };
}

async function simulatedLevel(
  problem: StockProblem,
  cap: number,
  enough: number,
  isConvex: boolean,
): Promise<BestBaseStock> {
  const { demand, leadTime, options, capacity, leastOrder } = problem;
  const policyOf = (level: number) => baseStockPolicy({ level, cap, ...packsOf(problem) });
  const simulation = simulationOf(problem);
  const costAt = remembered(async (level) => (await simulation.costOf(policyOf(level))).value);
  // Where customers are lost, less is needed than where they wait.
  const most = (leadTime + 1) * demand.mean + (await costAt(enough)) / options.holding + leastOrder - 1;
  const high = isConvex ? enough : Math.ceil(most);
  const search = isConvex ? thirds : refine;
  const { level }: Found = await search(costAt, 0, Math.min(high, capacity));
  return { level, ...(await simulatedCost(problem, policyOf(level))) };
}

// Orders are no more than demand and waste, so that of a level S at least S - (L + 1) (demand + waste) is held on average;
// what is wasted was held for the rest of its life. With packs the level is reached but for less than the least order. Limited orders may never reach the level: then the search ends when as
// much as lead time and one period ask for has been added in vain.
function levelsEnd(problem: StockProblem, cap: number): (level: number, best: Found) => boolean {
  const { demand, leadTime, options, capacity, shelfLife, leastOrder } = problem;
  const isLimited = options.maxOrder !== undefined || Number.isFinite(cap);
  const isPerishable = Number.isFinite(shelfLife);
  const perUnit = options.holding * (isPerishable ? (shelfLife - 1) / (shelfLife + leadTime) : 1);
  const most = isPerishable ? (leadTime + shelfLife) * mostPerishable(problem) : Number.POSITIVE_INFINITY;
  const lot = leastOrder - 1;
  const patience = 10 + lot + Math.ceil((leadTime + 1) * demand.mean);
  return (level, best) => {
    if (level > Math.min(most + lot, capacity)) return true;
    if (isLimited) return level - best.level > patience;
    return perUnit * (level - lot - (leadTime + 1) * demand.mean) >= best.cost;
  };
}
