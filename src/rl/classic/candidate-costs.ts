import { createPause } from '../../internal/pause.js';
import { createRng } from '../../random/rng.js';
import { type Estimate, type Interval, meanEstimate } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { Demand } from '../demand/demand.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { type InventoryPeriod, inventoryRules } from '../inventory/inventory-rules.js';
import { type BestPolicy, positionModel, type StockProblem, widestOrder } from './stock-problem.js';

/** Exact cost of a base-stock or (s, S) policy whose orders are at most `order`. */
export async function exactCost(problem: StockProblem, policy: InstantPolicy, order: number): Promise<number> {
  const { where, options, signal } = problem;
  const model = problem.waits
    ? positionModel(problem, widestOrder(problem), problem.capacity)
    : inventoryModel({ ...options, maxOrder: options.maxOrder ?? Math.max(problem.leastOrder, order) });
  return -(await evaluateInModel(where, model, policy, { signal })).averageReward;
}

/** About how many transitions a policy has that keeps stock and orders at `level` or below. */
export function transitionsAt({ demand, leadTime, shelfLife, waits }: StockProblem, level: number): number {
  const underWay = waits ? 0 : Math.max(leadTime - 1, 0);
  const entries = (Number.isFinite(shelfLife) ? shelfLife : 1) + underWay;
  let states = 1;
  for (let entry = 1; entry <= entries && states < 1e12; entry += 1) states *= (level + entry) / entry;
  return states * Math.min(level + 1, demand.probabilities!.length);
}

/** A simulation on other days than those to choose by. */
export function freshSimulationOf({ where, options, demand, seed, signal }: StockProblem): CostSimulation {
  return createCostSimulation(where, options, demand, { seed: seed + 1, signal, periods: 8000 });
}

/** A simulation to choose by. */
export function simulationOf({ where, options, demand, seed, signal }: StockProblem): CostSimulation {
  return createCostSimulation(where, options, demand, { seed, signal, periods: 4000 });
}

/** The cost of a policy chosen by simulation, on other days than those it was chosen by. */
export async function simulatedCost(
  problem: StockProblem,
  policy: InstantPolicy,
): Promise<BestPolicy & { readonly interval: Interval }> {
  const { value: cost, interval } = await freshSimulationOf(problem).costOf(policy);
  return { policy, cost, interval };
}

/** The same days for every policy that is asked for. */
export interface CostSimulation {
  /** Mean cost per period with its 95% interval, from runs that are independent of each other. */
  costOf(policy: InstantPolicy): Promise<Required<Estimate>>;
  /** What happened, each a mean per period with the penalties left out of the cost. */
  serviceOf(policy: InstantPolicy): Promise<SimulatedService>;
}

/** How customers fared in a simulation, and what it cost beside penalties. */
export interface SimulatedService {
  readonly cost: Required<Estimate>;
  /** Share of the demand that was met at once. */
  readonly fillRate: Required<Estimate>;
  /** Share of the periods in which nothing was missed. */
  readonly cycleService: Required<Estimate>;
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
  const playRun = async (policy: InstantPolicy, first: number, add: (period: InventoryPeriod) => void) => {
    const state = new Float64Array(rules.size);
    for (let period = 0; period < warmUp + periods; period += 1) {
      const order = rules.wholeOrder(Math.min(policy.act(state), rules.mostOrder(state, maxOrder)));
      const happened = rules.advance(state, order, days[first + period]!, state);
      if (period >= warmUp) add(happened);
      if (period % stretch === 0) await pause();
    }
  };
  const costOfRun = async (policy: InstantPolicy, first: number): Promise<number> => {
    let sum = 0;
    await playRun(policy, first, ({ cost }) => {
      sum += cost;
    });
    return sum / periods;
  };
  const serviceOfRun = async (policy: InstantPolicy, first: number) => {
    const total = { cost: 0, asked: 0, met: 0, full: 0 };
    await playRun(policy, first, ({ cost, short, sold, demand: asked }) => {
      total.cost += cost - problem.penalty * short;
      total.asked += asked;
      total.met += sold;
      total.full += sold < asked ? 0 : 1;
    });
    const { cost, asked, met, full } = total;
    return { cost: cost / periods, fillRate: asked === 0 ? 1 : met / asked, cycleService: full / periods };
  };
  return {
    costOf: async (policy) => {
      const costs: number[] = [];
      for (let run = 0; run < runs; run += 1) costs.push(await costOfRun(policy, run * (warmUp + periods)));
      return meanEstimate(costs);
    },
    serviceOf: async (policy) => {
      const found = [];
      for (let run = 0; run < runs; run += 1) found.push(await serviceOfRun(policy, run * (warmUp + periods)));
      return {
        cost: meanEstimate(found.map(({ cost }) => cost)),
        fillRate: meanEstimate(found.map(({ fillRate }) => fillRate)),
        cycleService: meanEstimate(found.map(({ cycleService }) => cycleService)),
      };
    },
  };
}
