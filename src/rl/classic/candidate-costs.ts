import { createPause } from '../../internal/pause.js';
import { createRng } from '../../random/rng.js';
import { type Estimate, type Interval, meanEstimate } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { Demand } from '../demand/demand.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { inventoryRules } from '../inventory/inventory-rules.js';
import { type BestPolicy, positionModel, type StockProblem } from './stock-problem.js';

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

/** The same days for every policy that is asked for. */
export interface CostSimulation {
  /** Mean cost per period with its 95% interval, from runs that are independent of each other. */
  costOf(policy: InstantPolicy): Promise<Required<Estimate>>;
}

/** How long to simulate. */
interface CostSimulationOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Periods of a run, the first of which do not count. */
  readonly periods: number;
}

const runs = 20;
// So long a stretch is simulated without a pause.
const stretch = 2000;

/** Draws the demand of all runs. */
function createCostSimulation(
  where: string,
  problem: InventoryOptions,
  demand: Demand,
  { seed, signal, periods }: CostSimulationOptions,
): CostSimulation {
  const rules = inventoryRules(where, { ...problem, initialStock: 0 });
  const { maxOrder = Number.POSITIVE_INFINITY } = problem;
  const warmUp = 200 + 5 * rules.size;
  const rng = createRng(seed).stream('demand');
  const days = Int32Array.from({ length: runs * (warmUp + periods) }, () => demand.sample(rng));
  const pause = createPause(8, signal);
  const costOfRun = async (policy: InstantPolicy, first: number): Promise<number> => {
    const state = new Float64Array(rules.size);
    let sum = 0;
    for (let period = 0; period < warmUp + periods; period += 1) {
      const order = Math.min(policy.act(state), rules.mostOrder(state, maxOrder));
      const { cost } = rules.advance(state, order, days[first + period]!, state);
      if (period >= warmUp) sum += cost;
      if (period % stretch === 0) await pause();
    }
    return sum / periods;
  };
  return {
    costOf: async (policy) => {
      const costs: number[] = [];
      for (let run = 0; run < runs; run += 1) costs.push(await costOfRun(policy, run * (warmUp + periods)));
      return meanEstimate(costs);
    },
  };
}
