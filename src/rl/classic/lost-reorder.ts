import { exactCost, type StockProblem, simulatedCost, simulationOf, transitionsAt } from './best-policy.js';
import type { BestReorder } from './best-reorder.js';
import { reorderPolicy } from './reorder-policy.js';
import { remembered, thirds } from './search.js';

type CostAt = (low: number, high: number) => Promise<number>;

interface Pair {
  readonly low: number;
  readonly high: number;
  readonly cost: number;
}

// Transitions of one candidate, of hundreds, that are worked out within a second or so.
const mostTransitions = 60_000;

/** The best (s, S) policy where unmet demand is lost. The search begins at the one that would be best if it waited. */
export async function lostReorder(problem: StockProblem, waiting: BestReorder): Promise<BestReorder> {
  const { demand, options } = problem;
  if (transitionsAt(problem, waiting.orderUpTo) > mostTransitions) return simulatedReorder(problem, waiting);
  const costAt = rememberedPairs((reorderPoint, orderUpTo) =>
    exactCost(problem, reorderPolicy({ reorderPoint, orderUpTo }), orderUpTo),
  );
  // Never to order loses every customer.
  let best: Pair = { low: -1, high: 0, cost: options.penalty * demand.mean };
  let low = Math.max(0, waiting.reorderPoint);
  for (let high = 1; high <= problem.capacity && leastHolding(problem, high) < best.cost; high += 1) {
    const found = await bestReorderPoint(costAt, Math.min(low, high - 1), high);
    low = found.low;
    if (found.cost < best.cost) best = found;
  }
  return { ...answer(best), cost: best.cost };
}

// With orders up to S the position falls from S by demand, and halfway down on average; what overshoots s is bounded by
// Lorden's inequality. Of the position, at most the demand of lead time and one period is not held.
function leastHolding({ demand, leadTime, options }: StockProblem, high: number): number {
  const { mean, deviation } = demand;
  const position = high / 2 / (1 + (deviation ** 2 + mean ** 2) / (mean * high));
  return options.holding * (position - (leadTime + 1) * mean);
}

// In both directions, and three further than where the cost rises: with lumpy demand it has more than one minimum.
async function bestReorderPoint(costAt: CostAt, start: number, high: number): Promise<Pair> {
  let best: Pair = { low: start, high, cost: await costAt(start, high) };
  for (const toward of [-1, 1]) {
    for (let low = start + toward; low >= 0 && low < high && Math.abs(low - best.low) <= 3; low += toward) {
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
    async (reorderPoint, orderUpTo) => (await simulation.costOf(reorderPolicy({ reorderPoint, orderUpTo }))).value,
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
  const found = { ...answer(pair), ...(await simulatedCost(problem, answer(pair).policy)) };
  const nothing = problem.options.penalty * problem.demand.mean;
  return found.cost <= nothing ? found : { ...answer({ low: -1, high: 0 }), cost: nothing };
}

function answer({ low, high }: { readonly low: number; readonly high: number }) {
  return { reorderPoint: low, orderUpTo: high, policy: reorderPolicy({ reorderPoint: low, orderUpTo: high }) };
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
