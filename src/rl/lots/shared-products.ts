import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireFilled,
  requireNonNegative,
  requirePositive,
  requireWholeNumber,
} from '../../internal/require.js';
import { type Demand, requireDistribution } from '../demand/demand.js';
import { wholeUnitDemand } from '../demand/whole-units.js';

/** One of several products that are ordered together. */
export interface SharedProduct {
  /** What reports call it. Default: its place in the list. */
  readonly name?: string;
  /** Demand of one period. */
  readonly demand: Demand;
  /** Periods from an order to its arrival, a whole number from 0 to 1000. Default 0. */
  readonly leadTime?: number;
  /** Cost per unit left at the end of a period, > 0. */
  readonly holding: number;
  /** Cost per unit and period of demand not met, > 0. */
  readonly penalty: number;
  /** Money that a unit takes up while it is in stock or on order, >= 0. Default 1. */
  readonly unitCost?: number;
  /** Units of a pack: levels are whole packs. Default 1. */
  readonly packSize?: number;
}

/** A product, checked, its demand in whole units. */
export interface CheckedProduct extends Required<SharedProduct> {
  /** Mean cost of the period that ends `periods` after the order, with so many units in stock and on order when it was made. */
  costAfter(level: number, periods: number): number;
}

const productNames: OptionNames<SharedProduct> = {
  name: true,
  demand: true,
  leadTime: true,
  holding: true,
  penalty: true,
  unitCost: true,
  packSize: true,
};

/** Checks a list of products. */
export function requireProducts(where: string, products: readonly SharedProduct[]): CheckedProduct[] {
  if (!Array.isArray(products)) refuse(where, 'products', 'be an array of products', products);
  requireFilled(where, 'products', products);
  return products.map((product: SharedProduct, place) => checkedProduct(where, product, place));
}

function checkedProduct(where: string, product: SharedProduct, place: number): CheckedProduct {
  const at = (name: string) => `products[${place}].${name}`;
  requireGivenOptions(where, product, productNames, `products[${place}]`);
  const { name = String(place), leadTime = 0, holding, penalty, unitCost = 1, packSize = 1 } = product;
  requireDistribution(where, at('demand'), product.demand);
  if (!(product.demand.mean > 0)) refuse(where, at('demand'), 'have a mean above 0', product.demand.mean);
  requireWholeNumber(where, at('leadTime'), leadTime, 0, 1000);
  requirePositive(where, at('holding'), holding);
  requirePositive(where, at('penalty'), penalty);
  requireNonNegative(where, at('unitCost'), unitCost);
  requireWholeNumber(where, at('packSize'), packSize, 1, 100_000);
  const demand = wholeUnitDemand(product.demand);
  const sums = new Map<number, Demand>();
  const over = (periods: number): Demand => {
    const sum = sums.get(periods) ?? demand.over(periods);
    sums.set(periods, sum);
    return sum;
  };
  return {
    ...{ name, demand, leadTime, holding, penalty, unitCost, packSize },
    costAfter: (level, periods) => {
      const asked = over(periods);
      const short = asked.shortage(level);
      return holding * (level - asked.mean + short) + penalty * short;
    },
  };
}

/** The whole number of packs from 0 on at which a convex cost is least. */
export function leastPacks(costOf: (packs: number) => number): number {
  let high = 1;
  while (costOf(high + 1) < costOf(high)) high *= 2;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (costOf(middle + 1) < costOf(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
