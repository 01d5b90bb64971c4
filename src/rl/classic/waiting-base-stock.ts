import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { convolve } from '../demand/convolve.js';
import type { Demand } from '../demand/demand.js';
import { tableDemand } from '../demand/discrete-demand.js';
import { baseStockPolicy } from './base-stock-policy.js';
import { newsvendorCost } from './newsvendor.js';
import type { StockProblem } from './stock-problem.js';

/**
 * The best base-stock policy where customers wait, in closed form: the newsvendor's quantity for V + D, with D the demand
 * of lead time and one period and V what limited orders leave open. V is the same for every level, so the cost is convex;
 * and where an order has no fixed cost, no other policy is better (Federgruen and Zipkin, 1986).
 */
export async function waitingBaseStock(problem: StockProblem) {
  const { demand, leadTime, options, capacity, fixedOrderCost } = problem;
  const { holding, penalty, unitCost = 0 } = options;
  const open = await openUnits(problem);
  const asked = convolve(open, demand.over(leadTime + 1).probabilities!);
  const total = tableDemand('demand and open units', asked);
  const level = Math.min(total.quantile(penalty / (penalty + holding)), capacity);
  // Something is ordered after every period but those that found nothing open and asked for nothing.
  const orders = 1 - open[0]! * demand.probabilities![0]!;
  const cost = newsvendorCost({ quantity: level, demand: total, holding, penalty });
  return {
    level,
    cost: cost + unitCost * demand.mean + fixedOrderCost * orders,
    policy: baseStockPolicy({ level }),
  };
}

// The stationary distribution of V' = max(0, V + D - maxOrder).
async function openUnits({ where, demand, options, signal }: StockProblem): Promise<Float64Array> {
  const { maxOrder } = options;
  if (maxOrder === undefined) return Float64Array.of(1);
  requireEnough(where, maxOrder, demand);
  const pause = createPause(8, signal);
  let open: Float64Array = Float64Array.of(1);
  for (let step = 0; step < 100_000; step += 1) {
    const asked = convolve(open, demand.probabilities!);
    const next = leftOpen(asked, maxOrder);
    let change = 0;
    for (let units = 0; units < Math.max(next.length, open.length); units += 1) {
      change += Math.abs((next[units] ?? 0) - (open[units] ?? 0));
    }
    open = next;
    if (change < 1e-13) break;
    await pause();
  }
  return open;
}

function leftOpen(asked: Float64Array, maxOrder: number): Float64Array {
  let length = Math.max(1, asked.length - maxOrder);
  while (length > 1 && asked[maxOrder + length - 1]! < 1e-18) length -= 1;
  const open = new Float64Array(length);
  asked.forEach((probability, units) => {
    open[Math.min(Math.max(0, units - maxOrder), length - 1)]! += probability;
  });
  return open;
}

// About two seconds.
const mostWork = 2e6;

function requireEnough(where: string, maxOrder: number, demand: Demand): void {
  if (maxOrder <= demand.mean) {
    refuse(where, 'maxOrder', `exceed the mean demand where customers wait, ${demand.mean}`, maxOrder);
  }
  // Steps until little changes, each about as long as the table and what is open.
  const { mean, deviation, probabilities } = demand;
  const slack = maxOrder - mean;
  const steps = 1 + (30 * deviation ** 2) / slack ** 2;
  if (steps * (probabilities!.length + (20 * deviation ** 2) / slack) > mostWork) {
    refuse(where, 'maxOrder', 'exceed the mean demand by more, or demand be counted in larger units', maxOrder);
  }
}
