import { refuse } from '../../internal/require.js';
import { baseStockPolicy } from '../classic/base-stock-policy.js';
import { leastHolding } from '../classic/best-reorder.js';
import { reorderPolicy } from '../classic/reorder-policy.js';
import { remembered } from '../classic/search.js';
import { packsOf, type StockProblem } from '../classic/stock-problem.js';
import type { BestForService, ServiceTarget, Valuation } from './service-measures.js';

/** The base-stock policy of least cost that meets a target. */
export async function baseStockForService(
  problem: StockProblem,
  target: ServiceTarget,
  valuation: Valuation,
): Promise<BestForService> {
  const { leastOrder, capacity } = problem;
  const policyOf = (level: number) => baseStockPolicy({ level, ...packsOf(problem) });
  const serviceAt = remembered((level) => valuation.serviceOf(policyOf(level), level));
  const first = await leastThatMeets(serviceAt, target, startOf(problem), 0, highestOf(problem));
  if (first === undefined) refuseTarget(problem, target, await serviceAt(highestOf(problem)));
  // With packs neither service nor cost need rise with every level.
  let [level, least] = [first, await valuation.costOf(policyOf(first), first)];
  for (
    let other = Math.max(0, first - leastOrder + 1);
    other < Math.min(first + leastOrder, capacity + 1);
    other += 1
  ) {
    if (other === first || (await serviceAt(other)) < target.least) continue;
    const cost = await valuation.costOf(policyOf(other), other);
    if (cost < least) [level, least] = [other, cost];
  }
  return { policy: policyOf(level), ...(await valuation.measuresOf(policyOf(level), level)) };
}

/** The (s, S) policy of least cost that meets a target: for each S - s the least s that does. */
export async function reorderForService(
  problem: StockProblem,
  target: ServiceTarget,
  valuation: Valuation,
): Promise<BestForService> {
  const { leastOrder, capacity } = problem;
  const top = highestOf(problem) - 1;
  const policyOf = (low: number, high: number) =>
    reorderPolicy({ reorderPoint: low, orderUpTo: high, ...packsOf(problem) });
  const bottom = problem.waits ? -startOf(problem) - leastOrder : 0;
  let best: { low: number; high: number; cost: number } | undefined;
  let start = startOf(problem);
  for (let size = 1; size <= capacity; size = valuation.after(size)) {
    const high = (low: number) => Math.min(low + size, capacity);
    const serviceAt = remembered((low) => valuation.serviceOf(policyOf(low, high(low)), high(low)));
    const low = await leastThatMeets(serviceAt, target, start, bottom, top);
    if (low === undefined && !best) refuseTarget(problem, target, await serviceAt(top));
    if (low === undefined) break;
    start = low;
    const cost = await valuation.costOf(policyOf(low, high(low)), high(low));
    if (!best || cost < best.cost) best = { low, high: high(low), cost };
    if (high(low) >= capacity || leastHolding(problem, high(low)) >= best.cost) break;
  }
  const { low, high } = best!;
  return { policy: policyOf(low, high), ...(await valuation.measuresOf(policyOf(low, high), high)) };
}

const startOf = ({ demand, leadTime, capacity }: StockProblem) =>
  Math.min(capacity - 1, Math.ceil((leadTime + 1) * demand.mean));

// Above it no stock is needed more often than once in a billion periods.
function highestOf({ demand, leadTime, capacity, leastOrder }: StockProblem): number {
  return Math.min(capacity, 2 * (demand.over(leadTime + 1).quantile(1 - 1e-9) + leastOrder));
}

// The least level that meets the target, where service rises with the level: from `start` in doubled steps, then by halves.
async function leastThatMeets(
  serviceAt: (level: number) => Promise<number>,
  { least }: ServiceTarget,
  start: number,
  bottom: number,
  top: number,
): Promise<number | undefined> {
  const meets = async (level: number) => (await serviceAt(level)) >= least - 1e-9;
  let high = Math.max(bottom, Math.min(start, top));
  let failed = bottom - 1;
  for (let step = 1; !(await meets(high)); step *= 2) {
    if (high >= top) return undefined;
    failed = high;
    high = Math.min(top, high + step);
  }
  for (let step = 1; high - 1 > failed; step *= 2) {
    const middle = failed < bottom ? Math.max(bottom, high - step) : (failed + high) >> 1;
    if (await meets(middle)) high = middle;
    else failed = middle;
  }
  return high;
}

/** Says how much can be met instead. */
export function refuseTarget({ where }: StockProblem, { of, least }: ServiceTarget, most: number): never {
  refuse(where, of, `be at most ${most.toFixed(4)}, all that the orders and the capacity allow`, least);
}
