import { requireGivenOptions } from '../../internal/options.js';
import { requirePositive, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { finiteAnswer } from './finite-answer.js';
import { type CheckedProduct, leastPacks, requireProducts, type SharedProduct } from './shared-products.js';

/** What {@link sharedDelivery} finds. */
export interface SharedDelivery {
  /** Periods from one delivery to the next. */
  readonly every: number;
  /** `[N]`: each product is ordered up to this when the delivery is ordered; whole packs. */
  readonly levels: Float64Array;
  /** Mean cost per period of deliveries and all products. */
  readonly cost: number;
  /** `[mostPeriods]`: the least cost with a delivery every 1, 2, ... periods. */
  readonly costs: Float64Array;
}

/**
 * How often several products should come in one delivery that costs something, and how much of each: the periodic-review (R, S) policy.
 *
 *     cost(R) = K / R + sum over products of min over S of (1 / R) sum over k = 1..R of G_(leadTime + k)(S)
 *
 * G_n is the newsvendor's cost of the demand of n periods: with S in stock and on order when the delivery is ordered, the period that
 * ends `leadTime + k` later. Exact where customers wait and units are ordered singly: that whole packs cannot always reach the level is
 * not counted.
 *
 * @param products - Each with its demand of one period and its costs.
 * @returns How often, the levels in the order of the products, and the cost of every other rhythm.
 * @throws RangeError when an option is unknown or out of range; the reason of `signal`.
 * @see Atkins and Iyogun, "Periodic Versus 'Can-Order' Policies for Coordinated Multi-Item Inventory Systems" (1988)
 * @example
 * const products = [
 *   { demand: poissonDemand(4), holding: 0.1, penalty: 2 },
 *   { demand: poissonDemand(1), holding: 0.2, penalty: 4 },
 * ];
 * const { every, levels } = await sharedDelivery(products, { fixedOrderCost: 10 });
 * every; // 5
 * levels; // Float64Array [24, 7]
 */
export async function sharedDelivery(
  products: readonly SharedProduct[],
  options: {
    /** Cost of a delivery, whatever is in it, > 0. */
    readonly fixedOrderCost: number;
    /** The longest time between deliveries to look at, a whole number from 1 to 365. Default 30. */
    readonly mostPeriods?: number;
    /** Stops the work: the promise then rejects with its reason. */
    readonly signal?: AbortSignal;
  },
): Promise<SharedDelivery> {
  const where = 'sharedDelivery';
  requireGivenOptions(where, options, { fixedOrderCost: true, mostPeriods: true, signal: true });
  const { fixedOrderCost, mostPeriods = 30, signal } = options;
  const pause = pauseFor(where, signal);
  requirePositive(where, 'fixedOrderCost', fixedOrderCost);
  requireWholeNumber(where, 'mostPeriods', mostPeriods, 1, 365);
  const checked = requireProducts(where, products);
  const costs = new Float64Array(mostPeriods);
  let best: SharedDelivery | undefined;
  for (let every = 1; every <= mostPeriods; every += 1) {
    const levels = new Float64Array(checked.length);
    let cost = fixedOrderCost / every;
    for (const [place, product] of checked.entries()) {
      await pause();
      const found = bestLevel(product, every);
      levels[place] = found.level;
      cost += found.cost;
    }
    costs[every - 1] = cost;
    if (!best || cost < best.cost) best = { every, levels, cost, costs };
  }
  // Where no cost is finite none is below another.
  return finiteAnswer(where, { ...best! });
}

function bestLevel({ costAfter, leadTime, packSize }: CheckedProduct, every: number) {
  const costOf = (packs: number) => {
    let sum = 0;
    for (let period = 1; period <= every; period += 1) sum += costAfter(packs * packSize, leadTime + period);
    return sum / every;
  };
  const packs = leastPacks(costOf);
  return { level: packs * packSize, cost: costOf(packs) };
}
