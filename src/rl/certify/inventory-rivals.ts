import type { InstantPolicy, Policy } from '../acting/policy.js';
import { baseStockPolicy } from '../classic/base-stock-policy.js';
import { solveBaseStock, solveCappedBaseStock } from '../classic/best-base-stock.js';
import { type BestReorder, mayBind, solveReorder } from '../classic/best-reorder.js';
import { myopicPolicy } from '../classic/myopic-policy.js';
import { refine, remembered } from '../classic/search.js';
import { type BestPolicy, positionModel, type StockProblem, stockProblem } from '../classic/stock-problem.js';
import { waitingBaseStock } from '../classic/waiting-base-stock.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { solveModel } from '../exact/relative-value-iteration.js';
import type { TableLimits } from '../exact/transition-table.js';
import { UnsolvedModelError } from '../exact/unsolved-model-error.js';
import { distributionOf, isSeries } from '../inventory/demand-draw.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';

/** A policy and, where it is known, what it earns exactly. */
export interface ClassicRival {
  readonly policy: InstantPolicy;
  /** What it earns per period in the long run: minus its cost. */
  readonly reward?: number | undefined;
}

/** What the exact methods say about an inventory problem. */
export interface ExactAnswers {
  /** Classic policies; those of large problems were chosen by simulation. */
  readonly classics: readonly ClassicRival[];
  /** The most that any policy earns, where the problem is small or its solution known. */
  readonly optimum?: number | undefined;
}

// A few seconds' work at most.
const solving: TableLimits = { states: 200_000, transitions: 12_000_000 };
const evaluating: TableLimits = { states: 200_000, transitions: 2_000_000 };

/**
 * Solves what can be solved exactly of an inventory problem: nothing where demand is a series or a function, since its
 * distribution then changes with the period.
 */
export async function exactAnswers(options: InventoryOptions, signal: AbortSignal | undefined): Promise<ExactAnswers> {
  const demand = isSeries(options.demand) ? undefined : distributionOf(options.demand);
  if (!demand || options.holding === 0 || options.penalty === 0) return { classics: [] };
  const problem = stockProblem('certifyPolicy', { ...options, demand, ...(signal && { signal }) });
  return problem.waits ? waitingAnswers(problem) : lostAnswers(problem);
}

async function waitingAnswers(problem: StockProblem): Promise<ExactAnswers> {
  if (problem.demand.mean > 0 && problem.leastOrder > 1) {
    const best = await solveReorder(problem);
    return { classics: await packRivals(problem, best), optimum: await limitedOptimum(problem, best) };
  }
  if (problem.fixedOrderCost === 0 || problem.demand.mean === 0) {
    const best = await waitingBaseStock(problem);
    return { classics: [rivalOf(best)], optimum: -best.cost };
  }
  const best = await solveReorder(problem);
  return {
    classics: [rivalOf(best)],
    optimum: mayBind(problem, best) ? await limitedOptimum(problem, best) : -best.cost,
  };
}

// Base-stock waits until whole packs are missing; the other one may order earlier.
async function packRivals(problem: StockProblem, best: BestReorder): Promise<ClassicRival[]> {
  const reorder = rivalOf(best);
  return problem.fixedOrderCost > 0 ? [reorder] : [rivalOf(await solveBaseStock(problem)), reorder];
}

// Limited orders may make it worth to hold more than S: the most that may be held grows until it changes nothing.
async function limitedOptimum(problem: StockProblem, { orderUpTo }: BestReorder): Promise<number | undefined> {
  const { capacity, options, leastOrder } = problem;
  let before = Number.NEGATIVE_INFINITY;
  for (let top = Math.max(1, 2 * orderUpTo + leastOrder - 1); ; top *= 2) {
    const model = positionModel(problem, options.maxOrder!, Math.min(top, capacity));
    const reward = await optimumOf(model, problem.signal);
    if (reward === undefined) return undefined;
    if (top >= capacity || reward - before < 1e-7 * Math.max(1, Math.abs(reward))) return reward;
    before = reward;
  }
}

async function lostAnswers(problem: StockProblem): Promise<ExactAnswers> {
  const { options, signal, fixedOrderCost, demand, shelfLife } = problem;
  const classics: ClassicRival[] = [];
  if (problem.leastOrder > 1 && demand.mean > 0) {
    classics.push(...(await packRivals(problem, await solveReorder(problem))));
  } else if (fixedOrderCost > 0 && demand.mean > 0) {
    classics.push(rivalOf(await solveReorder(problem)));
  } else {
    classics.push(rivalOf(await solveBaseStock(problem)));
    classics.push(rivalOf(await solveCappedBaseStock(problem)));
    if (shelfLife === Number.POSITIVE_INFINITY) classics.push(await myopicRival(problem));
  }
  return { classics, optimum: await optimumOf(inventoryModel({ ...options, withinBounds: true }), signal) };
}

async function myopicRival({ options, demand, leadTime, signal }: StockProblem): Promise<ClassicRival> {
  const { holding, penalty } = options;
  const policy = myopicPolicy({ demand, leadTime, holding, penalty });
  return { policy, reward: await rewardOf(inventoryModel(options), policy, signal) };
}

function rivalOf({ policy, cost, interval }: BestPolicy): ClassicRival {
  return interval ? { policy } : { policy, reward: -cost };
}

function optimumOf(model: DecisionModel, signal: AbortSignal | undefined): Promise<number | undefined> {
  return ifSolved(async () => (await solveModel('certifyPolicy', model, { signal }, solving)).averageReward);
}

/** What a policy earns per step, exactly; nothing where it reaches too many states. */
export function rewardOf(
  model: DecisionModel,
  policy: Policy,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  return ifSolved(
    async () => (await evaluateInModel('certifyPolicy', model, policy, { signal }, evaluating)).averageReward,
  );
}

async function ifSolved(solve: () => Promise<number>): Promise<number | undefined> {
  try {
    return await solve();
  } catch (error) {
    if (error instanceof UnsolvedModelError) return undefined;
    throw error;
  }
}

/**
 * The base-stock level that costs least in simulation, for problems that are not solved exactly; `cost` plays the same
 * episodes for every level. Up to 40 levels are all looked at; of more, 40 and then those around the best.
 */
export async function tunedBaseStock(
  maxLevel: number,
  cost: (policy: InstantPolicy) => Promise<number>,
): Promise<InstantPolicy> {
  const { level } = await refine(
    remembered((at) => cost(baseStockPolicy({ level: at }))),
    0,
    maxLevel,
  );
  return baseStockPolicy({ level });
}
