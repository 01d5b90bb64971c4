import { refuse } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { inWholeUnits } from '../demand/whole-units.js';
import { type InventoryBoundsOptions, inventoryBounds } from '../inventory/inventory-bounds.js';
import type { InstantPolicy } from '../policy.js';
import { mostLegal } from './most-legal.js';
import { newsvendorCost } from './newsvendor.js';

/**
 * Orders what is best for the period in which the order arrives, and looks no further. For lost sales.
 *
 * From the stock, the orders under way and the demand it works out the distribution of what will be left when the
 * order arrives, and takes the smallest order that minimises the mean holding and penalty cost of that period.
 *
 * @returns The policy. It remembers what it worked out.
 * @throws RangeError when an option is out of range.
 * @see Morton, "The Near-Myopic Nature of the Lagged-Proportional-Cost Inventory Problem with Lost Sales" (1971)
 * @example
 * const policy = myopicPolicy({ demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4 });
 * policy.act([5, 5]); // 6
 */
export function myopicPolicy(options: InventoryBoundsOptions): InstantPolicy {
  const { leadTime = 0, holding, penalty } = options;
  const demand = inWholeUnits(options.demand);
  const most = inventoryBounds({ ...options, demand }).at(-1)!;
  const known = new Map<string, number>();
  const periodCost = costTable(demand, holding, penalty);
  const size = Math.max(1, leadTime);
  return {
    name: 'myopic',
    act: (observation, mask) => {
      if (observation.length !== size) refuse('act', 'observation', `have ${size} numbers`, observation.length);
      const key = Array.from(observation).join(' ');
      const order = known.get(key) ?? bestOrder(leftAtArrival(observation, demand, leadTime), most, periodCost);
      known.set(key, order);
      return mostLegal(order, mask);
    },
  };
}

/** `[N]`: P(so many units are left just before the order arrives). */
function leftAtArrival(observation: ArrayLike<number>, demand: Demand, leadTime: number): Float64Array {
  let stock = pointMass(observation[0]!);
  for (let period = 1; period <= leadTime; period += 1) {
    stock = shifted(afterDemand(stock, demand), period < leadTime ? observation[period]! : 0);
  }
  return stock;
}

function pointMass(units: number): Float64Array {
  const mass = new Float64Array(units + 1);
  mass[units] = 1;
  return mass;
}

function afterDemand(stock: Float64Array, { probabilities, cumulative }: Demand): Float64Array {
  const left = new Float64Array(stock.length);
  for (let units = 0; units < stock.length; units += 1) {
    for (let kept = 1; kept <= units; kept += 1) left[kept]! += stock[units]! * (probabilities![units - kept] ?? 0);
    // All demand of `units` or more leaves nothing.
    left[0]! += stock[units]! * (1 - cumulative(units - 1));
  }
  return left;
}

function shifted(stock: Float64Array, units: number): Float64Array {
  const moved = new Float64Array(stock.length + units);
  moved.set(stock, units);
  return moved;
}

function costTable(demand: Demand, holding: number, penalty: number): (units: number) => number {
  const costs: number[] = [];
  return (units) => {
    costs[units] ??= newsvendorCost(units, { demand, holding, penalty });
    return costs[units];
  };
}

function bestOrder(left: Float64Array, most: number, periodCost: (units: number) => number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let order = 0; order <= most; order += 1) {
    const cost = left.reduce((sum, probability, units) => sum + probability * periodCost(units + order), 0);
    if (cost < least - 1e-12) [best, least] = [order, cost];
  }
  return best;
}
