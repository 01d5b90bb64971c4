import { createPause } from '../../internal/pause.js';
import { createRng } from '../../random/rng.js';
import { type Estimate, meanEstimate } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { Demand } from '../demand/demand.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { inventoryRules } from '../inventory/inventory-rules.js';

/** The same days for every policy that is asked for. */
export interface CostSimulation {
  /** Mean cost per period with its 95% interval, from runs that are independent of each other. */
  costOf(policy: InstantPolicy): Promise<Required<Estimate>>;
}

/** How long to simulate. */
export interface CostSimulationOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Periods of a run, the first of which do not count. */
  readonly periods: number;
}

const runs = 20;
// So long a stretch is simulated without a pause.
const stretch = 2000;

/** Draws the demand of all runs. */
export function createCostSimulation(
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
  const pause = createPause(16, signal);
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
