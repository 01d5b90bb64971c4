import type { InstantPolicy } from '../acting/policy.js';
import type { StockProblem } from '../classic/stock-problem.js';
import { solveModel } from '../exact/relative-value-iteration.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import { refuseTarget } from './search-for-service.js';
import { type BestForService, exactValuation, type ServiceTarget } from './service-measures.js';

interface Optimal {
  readonly policy: InstantPolicy;
  readonly penalty: number;
  /** The largest order of its model. */
  readonly most: number;
  readonly service: number;
}

// Costs of a missed unit are told apart by so much.
const nearness = 1.01;
// So many times the newsvendor's penalty, and the target is out of reach.
const mostTimes = 2 ** 20;

/** The policy of least cost among all that optimal policies for some penalty are, or the simple one where that costs less. */
export async function anyForService(
  problem: StockProblem,
  target: ServiceTarget,
  simple: BestForService,
): Promise<BestForService> {
  const { where, options, demand, signal } = problem;
  const valuation = exactValuation(problem, target);
  let bound = 0;
  const solveAt = async (penalty: number): Promise<Optimal> => {
    const model = inventoryModel({ ...options, penalty, withinBounds: true });
    const { averageReward, policy } = await solveModel(where, model, { signal });
    bound = Math.max(bound, -averageReward - penalty * (1 - target.least) * demand.mean);
    const most = model.actions - 1;
    return { policy, penalty, most, service: await valuation.serviceOf(policy, most) };
  };
  const meets = ({ service }: Optimal) => service >= target.least - 1e-9;
  let good = await solveAt(options.penalty);
  while (!meets(good)) {
    if (good.penalty > mostTimes * options.penalty) refuseTarget(problem, target, good.service);
    good = await solveAt(4 * good.penalty);
  }
  let low = good.penalty / 4;
  for (let tried = await solveAt(low); meets(tried) && low > options.penalty / mostTimes; tried = await solveAt(low)) {
    good = tried;
    low /= 4;
  }
  while (good.penalty / low > nearness) {
    const tried = await solveAt(Math.sqrt(low * good.penalty));
    if (meets(tried)) good = tried;
    else low = tried.penalty;
  }
  const found = { policy: good.policy, ...(await valuation.measuresOf(good.policy, good.most)) };
  // Of costs that are exact, both are known to six digits.
  const isBetter = !simple.intervals && simple.cost <= found.cost * (1 + 1e-6);
  return { ...(isBetter ? simple : found), penalty: good.penalty, bound };
}
