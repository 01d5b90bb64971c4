import { refuse, requireBetween } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { inWholeUnits } from '../demand/whole-units.js';
import { requireWhole } from '../inventory/inventory-rules.js';
import type { BestPolicy } from './best-base-stock.js';
import { newsvendorCost } from './newsvendor.js';
import { reorderPolicy } from './reorder-policy.js';

/** Options of {@link bestReorder}. */
export interface BestReorderOptions {
  /** Demand of one period. */
  readonly demand: Demand;
  /** Periods from an order to its arrival, an integer >= 0. Default 0. */
  readonly leadTime?: number;
  /** Cost per unit left at the end of a period, > 0. */
  readonly holding: number;
  /** Cost per unit that waits at the end of a period, > 0. */
  readonly penalty: number;
  /** Cost of an order of any size, > 0. */
  readonly fixedOrderCost: number;
}

/** What {@link bestReorder} finds. */
export interface BestReorder extends BestPolicy {
  /** s: order when stock and orders under way together are at or below it. */
  readonly reorderPoint: number;
  /** S. */
  readonly orderUpTo: number;
}

/**
 * The optimal (s, S) policy where unmet demand waits and every order has a fixed cost.
 *
 *     cost(s, S) = (K + sum over d = 0..S-s-1 of m(d) G(S - d)) / (m(0) + ... + m(S-s-1))
 *
 * G(y) is the mean holding and penalty cost of the period that ends when what is ordered now has arrived, with y units
 * in stock and on order; m(d) is the expected number of periods in which the demand since the last order sums to d. It
 * is optimal among all policies, not only among those of this form.
 *
 * @returns s, S, the exact long-run average cost per period and the policy.
 * @throws RangeError when an option is out of range.
 * @see Zheng and Federgruen, "Finding Optimal (s, S) Policies Is About As Simple As Evaluating a Single Policy" (1991)
 * @example
 * const { reorderPoint, orderUpTo, cost } = bestReorder({
 *   demand: poissonDemand(6), holding: 1, penalty: 4, fixedOrderCost: 5,
 * });
 * [reorderPoint, orderUpTo]; // [4, 10]
 * cost; // 8.0341
 */
export function bestReorder(options: BestReorderOptions): BestReorder {
  const { leadTime = 0, fixedOrderCost } = requireOptions(options);
  const demand = inWholeUnits(options.demand);
  const periodCost = costByLevel(demand.over(leadTime + 1), options);
  const renewals = renewalDensity(demand);
  const cost = (low: number, high: number) => {
    let sum = fixedOrderCost;
    let periods = 0;
    for (let sold = 0; sold < high - low; sold += 1) {
      sum += renewals(sold) * periodCost(high - sold);
      periods += renewals(sold);
    }
    return sum / periods;
  };
  const best = search(cost, periodCost, demand.over(leadTime + 1).quantile(0.5));
  return { ...best, policy: reorderPolicy(best) };
}

// The paper's algorithm: s goes down until ordering is cheaper than waiting, then S up while a period there could pay.
function search(cost: (low: number, high: number) => number, periodCost: (level: number) => number, start: number) {
  let bottom = start;
  while (periodCost(bottom - 1) < periodCost(bottom)) bottom -= 1;
  while (periodCost(bottom + 1) < periodCost(bottom)) bottom += 1;
  let orderUpTo = bottom;
  let reorderPoint = bottom - 1;
  while (cost(reorderPoint, orderUpTo) > periodCost(reorderPoint)) reorderPoint -= 1;
  let least = cost(reorderPoint, orderUpTo);
  for (let high = bottom + 1; periodCost(high) <= least; high += 1) {
    if (cost(reorderPoint, high) >= least) continue;
    orderUpTo = high;
    while (reorderPoint + 1 < orderUpTo && cost(reorderPoint, orderUpTo) <= periodCost(reorderPoint + 1)) {
      reorderPoint += 1;
    }
    least = cost(reorderPoint, orderUpTo);
  }
  return { reorderPoint, orderUpTo, cost: least };
}

function costByLevel(demand: Demand, { holding, penalty }: BestReorderOptions): (level: number) => number {
  const known = new Map<number, number>();
  return (level) => {
    const cost = known.get(level) ?? newsvendorCost(level, { demand, holding, penalty });
    known.set(level, cost);
    return cost;
  };
}

// m(0) = 1 / (1 - P(D = 0)), m(d) = sum over k = 1..d of P(D = k) m(d - k) / (1 - P(D = 0)).
function renewalDensity({ probabilities }: Demand): (sold: number) => number {
  const known: number[] = [1 / (1 - probabilities![0]!)];
  return (sold) => {
    for (let units = known.length; units <= sold; units += 1) {
      let sum = 0;
      for (let k = 1; k <= Math.min(units, probabilities!.length - 1); k += 1) {
        sum += probabilities![k]! * known[units - k]!;
      }
      known.push(sum * known[0]!);
    }
    return known[sold]!;
  };
}

function requireOptions(options: BestReorderOptions): BestReorderOptions {
  requireWhole('bestReorder', 'leadTime', options.leadTime ?? 0, 0, 1000);
  for (const name of ['holding', 'penalty', 'fixedOrderCost'] as const) {
    requireBetween('bestReorder', name, options[name], 0, Number.POSITIVE_INFINITY);
    if (options[name] === 0) refuse('bestReorder', name, 'be above 0', 0);
  }
  if (options.demand.mean <= 0) refuse('bestReorder', 'demand', 'have a mean above 0', options.demand.mean);
  return options;
}
