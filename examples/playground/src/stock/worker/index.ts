import {
  bestBaseStock,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  memoryStore,
  poissonDemand,
  relativeValueIteration,
  trainQTable,
} from 'minimart';
import { type Call, serve } from '../../link/serve.js';
import type { Learned, Problem, StockServices } from '../services.js';
import { mapOf } from './policy-map.js';

serve<StockServices>({
  solve: async (problem, { signal }) => {
    const options = optionsOf(problem);
    const { averageReward, policy, states } = await relativeValueIteration({ model: inventoryModel(options), signal });
    const baseStock = await bestBaseStock({ ...options, signal });
    return {
      optimum: await mapOf(policy, problem, -averageReward),
      baseStock: await mapOf(baseStock.policy, problem, baseStock.cost),
      states,
    };
  },
  learn: async (problem, call) => {
    await learn(problem, call);
    return undefined;
  },
});

/** Trains in pieces, each twice as long as all before it, and tells what has been learnt after each. */
async function learn(problem: StockServices['learn']['ask'], { signal, tell }: Call<Learned>): Promise<void> {
  const options = optionsOf(problem);
  const environment = inventoryEnvironment(options);
  const model = inventoryModel({ ...options, maxOrder: environment.options.maxOrder });
  const store = memoryStore();
  for (let days = 1000; ; days = Math.min(2 * days, problem.days)) {
    const keeping = { checkpoint: { store, keep: 1 }, resume: store };
    const { policy } = await trainQTable({ environment, steps: days, seed: problem.seed, signal, ...keeping });
    const { averageReward } = await evaluatePolicy({ model, policy, signal });
    tell({ ...(await mapOf(policy, problem, -averageReward)), days });
    if (days >= problem.days) return;
  }
}

// The shelf is far longer than any good policy needs. It ends somewhere so that a policy that never stops ordering has a cost too.
function optionsOf({ demand, leadTime, penalty }: Problem) {
  const capacity = 4 * demand * (leadTime + 2);
  return { demand: poissonDemand(demand), leadTime, penalty, holding: 1, unmet: 'lost', capacity } as const;
}
