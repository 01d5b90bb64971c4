import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireNonNegative, requireOneOf, requirePositive } from '../../internal/require.js';
import { finiteAnswer } from './finite-answer.js';

/** A step of a price list. */
export interface QuantityDiscount {
  /** Units from which the price holds, >= 0. */
  readonly from: number;
  /** Cost per unit, > 0. */
  readonly unitCost: number;
}

/** Options of {@link discountedOrderQuantity}. */
export interface DiscountedOrderQuantityOptions {
  /** Units asked for per period, > 0, every period alike. */
  readonly demand: number;
  /** Cost of an order of any size, > 0. */
  readonly fixedOrderCost: number;
  /** Cost per period of what a unit of money lies in stock as, > 0: 0.25 a year is common. */
  readonly holdingRate: number;
  /** The price list: the first step from 0, amounts rising, prices falling. */
  readonly prices: readonly QuantityDiscount[];
  /** A lower price holds for all units of the order, or for those above its step only. Default `'all units'`. */
  readonly discount?: 'all units' | 'incremental';
}

const optionNames: OptionNames<DiscountedOrderQuantityOptions> = {
  demand: true,
  fixedOrderCost: true,
  holdingRate: true,
  prices: true,
  discount: true,
};

/** What {@link discountedOrderQuantity} finds. */
export interface DiscountedOrderQuantity {
  /** Units of one order. */
  readonly quantity: number;
  /** Cost of an order's units divided by their number. */
  readonly unitCost: number;
  /** Cost per period of goods, orders and stock. */
  readonly cost: number;
}

/**
 * How much to order at a time, when more at a time is cheaper per unit.
 *
 *     cost(Q) = demand c(Q) + K demand / Q + holdingRate c(Q) Q / 2
 *
 * c(Q) is what a unit of an order of Q costs on average. Of each step of the price list it looks at the quantity where the cost is least
 * and, for discounts on all units, at its edge.
 *
 * @returns The cheapest quantity, not rounded, what a unit then costs, and the cost per period, that of the goods included.
 * @throws RangeError when an option is unknown or out of range, or the list does not begin at 0, rise in amounts and fall in prices.
 * @see Hadley and Whitin, "Analysis of Inventory Systems" (1963); Snyder and Shen, "Fundamentals of Supply Chain Theory" (2019)
 * @example
 * const prices = [{ from: 0, unitCost: 0.75 }, { from: 400, unitCost: 0.72 }, { from: 800, unitCost: 0.68 }];
 * const { quantity, cost } = discountedOrderQuantity({ demand: 1300, fixedOrderCost: 8, holdingRate: 0.3, prices });
 * quantity; // 800
 * cost; // 978.6
 */
export function discountedOrderQuantity(options: DiscountedOrderQuantityOptions): DiscountedOrderQuantity {
  const where = 'discountedOrderQuantity';
  requireGivenOptions(where, options, optionNames);
  const { demand, fixedOrderCost, holdingRate, prices, discount = 'all units' } = options;
  requirePositive(where, 'demand', demand);
  requirePositive(where, 'fixedOrderCost', fixedOrderCost);
  requirePositive(where, 'holdingRate', holdingRate);
  requireOneOf(where, 'discount', ['all units', 'incremental'], discount);
  requirePrices(where, prices);
  const steps = discount === 'incremental' ? incremental(prices) : prices.map((price) => ({ ...price, extra: 0 }));
  let best: DiscountedOrderQuantity = { quantity: 0, unitCost: 0, cost: Number.POSITIVE_INFINITY };
  steps.forEach(({ from, unitCost: stepCost, extra }, place) => {
    const least = Math.sqrt((2 * (fixedOrderCost + extra) * demand) / (holdingRate * stepCost));
    const quantity = Math.max(least, from);
    if (quantity >= (steps[place + 1]?.from ?? Number.POSITIVE_INFINITY)) return;
    const unitCost = stepCost + extra / quantity;
    const cost = demand * unitCost + (fixedOrderCost * demand) / quantity + (holdingRate * unitCost * quantity) / 2;
    if (cost < best.cost) best = { quantity, unitCost, cost };
  });
  return finiteAnswer(where, { ...best });
}

// What the units below a step cost more than its price: it acts as a part of the fixed cost.
function incremental(prices: readonly QuantityDiscount[]) {
  let extra = 0;
  return prices.map(({ from, unitCost }, place) => {
    if (place > 0) extra += (prices[place - 1]!.unitCost - unitCost) * from;
    return { from, unitCost, extra };
  });
}

function requirePrices(where: string, prices: readonly QuantityDiscount[]): void {
  if (!Array.isArray(prices) || prices.length === 0) refuse(where, 'prices', 'be a list of steps', prices);
  prices.forEach((step: QuantityDiscount, place) => {
    const { from, unitCost } = step ?? {};
    requireNonNegative(where, `prices[${place}].from`, from);
    requirePositive(where, `prices[${place}].unitCost`, unitCost);
    const before: QuantityDiscount | undefined = prices[place - 1];
    if (!before && from !== 0) refuse(where, 'prices[0].from', 'be 0', from);
    if (before && !(from > before.from)) refuse(where, `prices[${place}].from`, `be above ${before.from}`, from);
    if (before && !(unitCost < before.unitCost)) {
      refuse(where, `prices[${place}].unitCost`, `be below ${before.unitCost}`, unitCost);
    }
  });
}
