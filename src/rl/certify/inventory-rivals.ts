import { baseStockPolicy } from '../classic/base-stock-policy.js';
import { type BestPolicy, bestBaseStock, bestCappedBaseStock } from '../classic/best-base-stock.js';
import { bestReorder } from '../classic/best-reorder.js';
import { myopicPolicy } from '../classic/myopic-policy.js';
import type { Demand } from '../demand/demand.js';
import { inWholeUnits } from '../demand/whole-units.js';
import { evaluateInstantly } from '../exact/evaluate-policy.js';
import { relativeValueIteration } from '../exact/relative-value-iteration.js';
import { distributionOf, isSeries } from '../inventory/demand-draw.js';
import { inventoryBounds } from '../inventory/inventory-bounds.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import type { InstantPolicy } from '../policy.js';

type Problem = InventoryOptions & { readonly demand: Demand };

/** What the exact methods say about an inventory problem. */
export interface ExactAnswers {
  /** Classic policies with their exact long-run cost. */
  readonly classics: readonly BestPolicy[];
  /** The optimum, where the model is small. */
  readonly optimum?: BestPolicy;
}

/**
 * Solves what can be solved exactly of an inventory problem: nothing where demand is a series or a function, since its
 * distribution then changes with the period.
 */
export function exactAnswers(options: InventoryOptions): ExactAnswers {
  const demand = isSeries(options.demand) ? undefined : distributionOf(options.demand);
  if (!demand || options.holding === 0 || options.penalty === 0) return { classics: [] };
  const problem: Problem = { ...options, demand, initialStock: 0 };
  const { unmet = 'lost', fixedOrderCost = 0, shelfLife = Number.POSITIVE_INFINITY, maxOrder, capacity } = problem;
  const isPlain = maxOrder === undefined && capacity === undefined && shelfLife === Number.POSITIVE_INFINITY;
  if (fixedOrderCost > 0) {
    const best = bestReorder({ ...problem, fixedOrderCost });
    if (unmet === 'backordered' && isPlain) return { classics: [best], optimum: best };
    return { classics: [exactCost({ ...problem, maxOrder: maxOrder ?? best.orderUpTo }, best.policy)] };
  }
  if (unmet === 'backordered') {
    const best = bestBaseStock(problem);
    return isPlain ? { classics: [best], optimum: best } : { classics: [best] };
  }
  return isSmall(problem) ? lostSalesAnswers(problem) : { classics: [] };
}

function lostSalesAnswers(problem: Problem): ExactAnswers {
  const classics: BestPolicy[] = [bestBaseStock(problem), bestCappedBaseStock(problem)];
  if ((problem.shelfLife ?? Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY)
    classics.push(exactCost(problem, myopicPolicy(problem)));
  return { classics, optimum: lostSalesOptimum(problem) };
}

function exactCost(problem: InventoryOptions, policy: InstantPolicy): BestPolicy {
  return { policy, cost: -evaluateInstantly(inventoryModel(problem), policy).averageReward };
}

function lostSalesOptimum(problem: InventoryOptions): BestPolicy {
  const { averageReward, policy } = relativeValueIteration(inventoryModel(problem, { withinBounds: true }));
  return { policy, cost: -averageReward };
}

// An upper bound of the transitions that the exact methods would write out: a few seconds' work at most.
function isSmall({
  demand,
  leadTime = 0,
  holding,
  penalty,
  shelfLife = 1,
  maxOrder = Number.POSITIVE_INFINITY,
}: Problem): boolean {
  const [stock, ...orders] = inventoryBounds({ demand: inWholeUnits(demand), leadTime, holding, penalty });
  const order = Math.min(maxOrder, orders.at(-1) ?? stock!) + 1;
  const ages = Number.isFinite(shelfLife) ? shelfLife : 1;
  return stock! * order ** (Math.max(0, leadTime - 1) + ages - 1) * order * stock! < 5e7;
}

/**
 * The base-stock level that costs least in simulation, for problems that are not solved exactly: from the largest
 * order down, while the cost falls; `cost` plays the same episodes for every level.
 */
export async function tunedBaseStock(
  maxLevel: number,
  cost: (policy: InstantPolicy) => Promise<number>,
): Promise<InstantPolicy> {
  let [low, high] = [0, maxLevel];
  const known = new Map<number, number>();
  const costAt = async (level: number) => {
    const found = known.get(level) ?? (await cost(baseStockPolicy({ level })));
    known.set(level, found);
    return found;
  };
  while (high - low > 2) {
    const third = Math.max(1, Math.floor((high - low) / 3));
    if ((await costAt(low + third)) <= (await costAt(high - third))) high -= third;
    else low += third;
  }
  let best = low;
  for (let level = low; level <= high; level += 1) if ((await costAt(level)) < (await costAt(best))) best = level;
  return baseStockPolicy({ level: best });
}
