import { refuse, requireBetween } from '../../internal/require.js';
import type { Demand } from '../demand/demand.js';
import { requireWhole } from './inventory-rules.js';

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

/**
 * How much an optimal policy holds and orders at most when unmet demand is lost and orders have no fixed cost.
 *
 *     s_l = smallest s with P(demand of L - l + 1 periods > s) <= holding / (holding + penalty), l = 0..L
 *
 * In every period x_l + ... + x_(L-1) + order <= s_l: stock, orders under way and the new order stay within s_0, and
 * an order within s_L. Nothing is lost by planning no further.
 *
 * @returns `[L + 1]`, s_0 to s_L, whole units.
 * @throws RangeError when a cost or the lead time is out of range.
 * @see Zipkin, "Old and New Methods for Lost-Sales Inventory Systems" (2008)
 * @example
 * inventoryBounds({ demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4 }); // [18, 13, 7]
 */
export function inventoryBounds(options: InventoryBoundsOptions): number[] {
  const { demand, leadTime = 0, holding, penalty } = options;
  requireWhole('inventoryBounds', 'leadTime', leadTime, 0, 1000);
  requireCost('holding', holding);
  requireCost('penalty', penalty);
  const ratio = penalty / (penalty + holding);
  return Array.from({ length: leadTime + 1 }, (_, place) => wholeQuantile(demand.over(leadTime - place + 1), ratio));
}

/** The least whole number of units that meets demand with at least this probability. */
export function wholeQuantile(demand: Demand, probability: number): number {
  return Math.max(0, Math.ceil(demand.quantile(probability)));
}

function requireCost(name: string, cost: number): void {
  requireBetween('inventoryBounds', name, cost, 0, Number.POSITIVE_INFINITY);
  if (cost === 0) refuse('inventoryBounds', name, 'be above 0', cost);
}
