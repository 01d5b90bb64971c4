import { requireOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { type InstantPolicy, nearestLegal, requireObservation } from '../acting/policy.js';
import { position } from '../inventory/inventory-rules.js';
import { nameWithPacks, requireWholePacks, type WholePacks } from './whole-packs.js';

/**
 * Orders what was sold: whatever stock and orders under way fall short of the level.
 *
 *     order = min(max(level - position, 0), cap)
 *
 * With packs it waits until a whole one is missing, or the least order. It is optimal where unmet demand waits and an order has no fixed cost. Where unmet demand is lost, a cap keeps it
 * from ordering too much after a period without stock.
 *
 * @returns The policy; where an order is illegal, it takes the largest legal one below it. Observations are rounded to whole
 *   units and must be finite.
 * @throws RangeError when an option is out of range.
 * @see Xin, "Understanding the Performance of Capped Base-Stock Policies in Lost-Sales Inventory Models" (2021)
 * @example
 * baseStockPolicy({ level: 12 }).act([3, 5]); // 4
 * baseStockPolicy({ level: 12, cap: 3 }).act([3, 5]); // 3
 */
export function baseStockPolicy(
  options: WholePacks & {
    /** Units in stock and on order together, after ordering: an integer >= 0. */
    readonly level: number;
    /** Most units of one order, an integer >= 1: the capped base-stock policy. Default Infinity. */
    readonly cap?: number;
  },
): InstantPolicy {
  requireOptions('baseStockPolicy', options, { level: true, cap: true, packSize: true, minimumOrder: true });
  const { level, cap = Number.POSITIVE_INFINITY, packSize = 1 } = options ?? {};
  requireWholeNumber('baseStockPolicy', 'level', level, 0, 1e9);
  if (cap !== Number.POSITIVE_INFINITY) requireWholeNumber('baseStockPolicy', 'cap', cap, 1, 1e9);
  const least = requireWholePacks('baseStockPolicy', options);
  const name = cap === Number.POSITIVE_INFINITY ? `base-stock ${level}` : `base-stock ${level}, at most ${cap}`;
  return {
    name: nameWithPacks(name, options, least),
    act: (observation, mask) => {
      requireObservation(observation);
      const order = Math.min(Math.max(level - Math.round(position(observation)), 0), cap);
      return nearestLegal(order < least ? 0 : order - (order % packSize), mask);
    },
  };
}
