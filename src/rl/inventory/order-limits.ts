import type { Demand } from '../demand/demand.js';
import { zipkinBounds } from './inventory-bounds.js';
import type { InventoryOptions } from './inventory-options.js';
import { leastOrderOf } from './inventory-rules.js';

/** What some optimal policy does not exceed, proven for the problem at hand. */
export interface OrderLimits {
  /** Most units of one order in any state. */
  readonly most: number;
  /** Most units of an order in a state. */
  mostIn(state: ArrayLike<number>): number;
  /** About how many states there are within the limits, rather too few than too many. */
  readonly states: number;
  /** The bounds of stock and orders that limit orders, where there are such: {@link inventoryBounds}. */
  readonly bounds?: readonly number[];
}

/**
 * The limits of an optimal policy where unmet demand is lost; nothing where there are none, as without a holding cost, or none are known,
 * as where the freshest goods are sold first.
 *
 * Where goods last, an order costs nothing by itself and no `maxOrder` or `capacity` binds, they are Zipkin's. His
 * argument puts a unit off to the next period, which may be forbidden, cost another order, or make goods fresher: in all
 * other cases a unit is left out instead. Without the last unit of an order everything can go on as if it were there: its
 * costs are saved, and at most one customer is lost, when it would have been sold. That is no worse whenever
 *
 *     unitCost + holding E[periods in which it surely lies unsold] + wasteCost P(surely unsold to the end)
 *       >= penalty P(perhaps sold)
 *
 * and it surely lies unsold while demand has not reached the units that are sold before it. Of packs the last one is left out where
 * that holds of each of its units, one after the other: what is left is rounded up to whole packs, and to the least order.
 */
export function orderLimits(options: InventoryOptions, demand: Demand): OrderLimits | undefined {
  const { holding, penalty, unmet = 'lost', shelfLife = Number.POSITIVE_INFINITY, fixedOrderCost = 0 } = options;
  const isLasting = unmet === 'lost' && !Number.isFinite(shelfLife) && holding > 0 && penalty > 0 && demand.mean > 0;
  if (!isLasting) return leftOutLimits(options, demand);
  const { leadTime = 0, maxOrder = Number.POSITIVE_INFINITY, capacity = Number.POSITIVE_INFINITY } = options;
  const bounds = zipkinBounds(demand, leadTime, penalty / (penalty + holding));
  const isWide = maxOrder >= bounds[leadTime]! && capacity >= bounds[0]!;
  const isFree = fixedOrderCost === 0 && leastOrderOf(options) === 1 && isWide;
  return isFree ? limitsOf(bounds) : leftOutLimits(options, demand);
}

/**
 * {@link orderLimits} by units that are left out alone. What a unit saves there falls with demand, so that the limits of a demand hold
 * of any that is smaller (in the sense of distributions), also where it changes from period to period.
 */
export function leftOutLimits(options: InventoryOptions, demand: Demand): OrderLimits | undefined {
  const { holding, penalty, unmet = 'lost', shelfLife = Number.POSITIVE_INFINITY } = options;
  if (unmet !== 'lost') return undefined;
  if (penalty === 0 || demand.mean <= 0) return { most: 0, mostIn: () => 0, states: 1 };
  // What is said of the units sold before one holds where the oldest are sold first.
  if (options.issuing === 'lifo') return undefined;
  if (Number.isFinite(shelfLife)) return inPacks(perishableLimits(options, shelfLife, demand), options);
  const found = holding === 0 ? undefined : lastingBounds(options, demand);
  return found && inPacks(limitsOf(found), options);
}

function inPacks(limits: OrderLimits, options: InventoryOptions): OrderLimits {
  const { packSize = 1 } = options;
  const least = leastOrderOf(options);
  if (least === 1) return limits;
  const rounded = (units: number) => (units === 0 ? 0 : Math.max(least, packSize * Math.ceil(units / packSize)));
  const { most, mostIn, states } = limits;
  return { most: rounded(most), mostIn: (state) => rounded(mostIn(state)), states };
}

// x_l + ... + x_(L-1) + order <= bounds[l] for every l.
function limitsOf(bounds: readonly number[]): OrderLimits {
  const leadTime = bounds.length - 1;
  let states = leadTime === 0 ? bounds[0]! : 1;
  for (let place = 0; place < leadTime; place += 1) states *= bounds[place]! / (place + 1);
  return {
    most: bounds[leadTime]!,
    states,
    bounds,
    mostIn: (state) => {
      let most = bounds[leadTime]!;
      let sum = 0;
      for (let place = leadTime - 1; place >= 0; place -= 1) {
        sum += state[place]!;
        most = Math.min(most, bounds[place]! - sum);
      }
      if (leadTime === 0) most -= state[0]!;
      return Math.max(0, most);
    },
  };
}

// Above this, bounds are not worked out: no model of such a size is solved anyway.
const mostWork = 2e7;

// For every l the largest y with unitCost + holding sum over n > L - l of P(D of n periods < y) < penalty. With M(y), the
// renewal function of demand, the sum over all n >= 1 is M(y - 1).
function lastingBounds(options: InventoryOptions, demand: Demand): number[] | undefined {
  const { leadTime = 0, holding, penalty, unitCost = 0 } = options;
  const periods = (penalty - unitCost) / holding;
  const sums = Array.from({ length: leadTime }, (_, place) => demand.over(place + 1));
  const { probabilities } = demand;
  const density: number[] = [];
  const bounds: number[] = new Array(leadTime + 1).fill(-1);
  let renewals = 0;
  for (let units = 0; bounds.includes(-1); units += 1) {
    if (units * Math.min(units, probabilities!.length) > mostWork) return undefined;
    // One more unit is the one after `units` others: y - 1 = units.
    density.push(nextDensity(probabilities!, density));
    renewals += density[units]!;
    let unsold = renewals;
    for (let place = leadTime; place >= 0; place -= 1) {
      if (bounds[place] === -1 && unsold >= periods) bounds[place] = units;
      if (place > 0) unsold -= sums[leadTime - place]!.cumulative(units);
    }
  }
  return bounds;
}

// m(k) = P(D = k) + sum over j = 0..k of P(D = j) m(k - j), solved for m(k).
function nextDensity(probabilities: Float64Array, density: readonly number[]): number {
  const units = density.length;
  let sum = probabilities[units] ?? 0;
  for (let sold = 1; sold <= Math.min(units, probabilities.length - 1); sold += 1) {
    sum += probabilities[sold]! * density[units - sold]!;
  }
  return sum / (1 - probabilities[0]!);
}

function perishableLimits(options: InventoryOptions, shelfLife: number, demand: Demand): OrderLimits {
  const { leadTime = 0 } = options;
  const isNeedless = needlessUnit(options, shelfLife, demand);
  const before = new Float64Array(leadTime + shelfLife);
  const empty = new Float64Array(shelfLife + Math.max(leadTime - 1, 0));
  const mostIn = (state: ArrayLike<number>): number => {
    sumBatches(state, leadTime, shelfLife, before);
    let order = 0;
    while (!isNeedless(order + 1, before)) order += 1;
    return order;
  };
  const most = mostIn(empty);
  let states = 1;
  for (let place = 0; place < empty.length; place += 1) states *= (most + 1) / Math.sqrt(place + 1);
  return { most, mostIn, states };
}

// Units of the batches before the order: in place i those of the i last ones.
function sumBatches(state: ArrayLike<number>, leadTime: number, shelfLife: number, before: Float64Array): void {
  let sum = 0;
  for (let back = 0; back < before.length; back += 1) {
    // The batch that arrives `back` periods before the order: on its way, or in stock.
    const arrives = leadTime - back;
    if (back > 0) sum += arrives >= 1 ? state[shelfLife + arrives - 1]! : (state[shelfLife - 1 + arrives] ?? 0);
    before[back] = sum;
  }
}

// Whether an order's last unit is better left out, by the rule above.
function needlessUnit(options: InventoryOptions, shelfLife: number, demand: Demand) {
  const { leadTime = 0, holding, penalty, unitCost = 0, wasteCost = 0 } = options;
  const sums = [demand];
  const chanceBelow = (periods: number, units: number): number => {
    // Nothing is as little as can be said of what is far away.
    while (sums.length < periods) {
      if (sums.at(-1)!.cumulative(units - 1) < 1e-18) return 0;
      sums.push(demand.over(sums.length + 1));
    }
    return sums[periods - 1]!.cumulative(units - 1);
  };
  // Those of the last batches do not expire before it, and are sold first.
  const unsold = (order: number, age: number, before: Float64Array): number => {
    let chance = 0;
    for (let back = 0; back < Math.min(before.length, shelfLife - age); back += 1) {
      chance = Math.max(chance, chanceBelow(age + 1 + Math.min(back, leadTime), before[back]! + order));
    }
    return chance;
  };
  return (order: number, before: Float64Array): boolean => {
    let saved = unitCost;
    for (let age = 0; age < shelfLife - 1 && holding > 0; age += 1) {
      const chance = unsold(order, age, before);
      if (chance === 0) break;
      saved += holding * chance;
    }
    const wasted = unsold(order, shelfLife - 1, before);
    return saved + wasteCost * wasted >= penalty * (1 - wasted);
  };
}
