import { type OptionNames, requireOptions } from '../../internal/options.js';
import { type InstantPolicy, nearestLegal, requireObservation } from '../acting/policy.js';
import { convolve } from '../demand/convolve.js';
import type { Demand } from '../demand/demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';
import { type InventoryBoundsOptions, requireBoundsOptions, zipkinBounds } from '../inventory/inventory-bounds.js';
import { position } from '../inventory/inventory-rules.js';

const optionNames: OptionNames<InventoryBoundsOptions> = { demand: true, leadTime: true, holding: true, penalty: true };

/**
 * Orders what is best for the period in which the order arrives, and looks no further. For lost sales.
 *
 * From the stock, the orders under way and the demand it works out the distribution of what will be left when the
 * order arrives, and takes the smallest order that minimises the mean holding and penalty cost of that period.
 *
 * @returns The policy. It remembers what it worked out. Observations are rounded to whole units; what is below zero counts
 *   as nothing.
 * @throws RangeError when an option is unknown or out of range; `act` when an observation has another length.
 * @see Morton, "The Near-Myopic Nature of the Lagged-Proportional-Cost Inventory Problem with Lost Sales" (1971)
 * @example
 * const policy = myopicPolicy({ demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4 });
 * policy.act([5, 5]); // 6
 */
export function myopicPolicy(options: InventoryBoundsOptions): InstantPolicy {
  requireOptions('myopicPolicy', options, optionNames);
  requireBoundsOptions('myopicPolicy', options);
  const { leadTime = 0, holding, penalty } = options;
  const demand = wholeUnitDemand(options.demand);
  const ratio = penalty / (penalty + holding);
  const bounds = zipkinBounds(demand, leadTime, ratio);
  const known = new Map<string, number>();
  const size = Math.max(1, leadTime);
  return {
    name: 'myopic',
    act: (observation, mask) => {
      requireObservation(observation, size);
      const state = Array.from(observation, (entry) => Math.max(0, Math.round(entry)));
      // With so much under way, what is left is enough for the critical ratio whatever else happens.
      if (position(state) >= bounds[0]!) return nearestLegal(0, mask);
      const key = state.join(' ');
      const order = known.get(key) ?? bestOrder(leftAtArrival(state, demand, leadTime), bounds.at(-1)!, demand, ratio);
      known.set(key, order);
      return nearestLegal(order, mask);
    },
  };
}

/** `[N]`: P(so many units are left just before the order arrives). */
function leftAtArrival(observation: readonly number[], demand: Demand, leadTime: number): Float64Array {
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

// All demand of what is there or more leaves nothing.
function afterDemand(stock: Float64Array, { probabilities }: Demand): Float64Array {
  const most = stock.length - 1;
  const sold = probabilities!.subarray(0, stock.length).slice().reverse();
  const products = convolve(stock, sold);
  const left = new Float64Array(stock.length);
  let sum = 0;
  for (let units = 1; units <= most; units += 1) {
    left[units] = products[units + sold.length - 1] ?? 0;
    sum += left[units]!;
  }
  left[0] = Math.max(0, 1 - sum);
  return left;
}

function shifted(stock: Float64Array, units: number): Float64Array {
  const moved = new Float64Array(stock.length + units);
  moved.set(stock, units);
  return moved;
}

// The mean cost is convex in the order and falls while P(demand <= left + order) is below the critical ratio.
function bestOrder(left: Float64Array, most: number, demand: Demand, ratio: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    const met = left.reduce((sum, probability, units) => sum + probability * demand.cumulative(units + middle), 0);
    if (met < ratio - 1e-12) low = middle + 1;
    else high = middle;
  }
  return low;
}
