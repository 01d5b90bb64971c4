import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositive, requireWholeNumber } from '../../internal/require.js';
import { type Demand, requireDistribution } from '../demand/demand.js';

/** What {@link inventoryBounds} needs to know. */
export interface InventoryBoundsOptions {
  /** Demand of one period. */
  readonly demand: Demand;
  /** Periods from an order to its arrival, an integer >= 0. Default 0. */
  readonly leadTime?: number;
  /** Cost per unit left at the end of a period, > 0. */
  readonly holding: number;
  /** Cost per unit of lost demand, > 0. */
  readonly penalty: number;
}

const optionNames: OptionNames<InventoryBoundsOptions> = { demand: true, leadTime: true, holding: true, penalty: true };

/**
 * How much an optimal policy holds and orders at most when unmet demand is lost, goods last, orders have no fixed cost and
 * may be of any size.
 *
 *     s_l = smallest s with P(demand of L - l + 1 periods > s) <= holding / (holding + penalty), l = 0..L
 *
 * In every period x_l + ... + x_(L-1) + order <= s_l: stock, orders under way and the new order stay within s_0, and
 * an order within s_L. Nothing is lost by planning no further. It does not hold for goods that expire.
 *
 * @returns `[L + 1]`, s_0 to s_L, whole units.
 * @throws RangeError when an option is unknown, a cost or the lead time is out of range, or demand is no distribution.
 * @see Zipkin, "Old and New Methods for Lost-Sales Inventory Systems" (2008)
 * @example
 * inventoryBounds({ demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4 }); // [18, 13, 7]
 */
export function inventoryBounds(options: InventoryBoundsOptions): number[] {
  requireOptions('inventoryBounds', options, optionNames);
  requireBoundsOptions('inventoryBounds', options);
  const { demand, leadTime = 0, holding, penalty } = options;
  return zipkinBounds(demand, leadTime, penalty / (penalty + holding));
}

/** Checks values, not names. */
export function requireBoundsOptions(where: string, options: InventoryBoundsOptions): void {
  const { demand, leadTime = 0, holding, penalty } = options ?? {};
  requireDistribution(where, 'demand', demand);
  requireWholeNumber(where, 'leadTime', leadTime, 0, 1000);
  requirePositive(where, 'holding', holding);
  requirePositive(where, 'penalty', penalty);
}

/** As {@link inventoryBounds}, for the critical ratio. */
export function zipkinBounds(demand: Demand, leadTime: number, ratio: number): number[] {
  return Array.from({ length: leadTime + 1 }, (_, place) => wholeQuantile(demand.over(leadTime - place + 1), ratio));
}

/** The least whole number of units that meets demand with at least this probability. */
export function wholeQuantile(demand: Demand, probability: number): number {
  const units = demand.quantile(probability);
  if (!Number.isFinite(units)) refuse('quantile', 'demand', 'have finite quantiles', units);
  return Math.max(0, Math.ceil(units));
}
