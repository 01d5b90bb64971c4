import { requireOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { type InstantPolicy, nearestLegal, requireObservation } from '../acting/policy.js';
import { position } from '../inventory/inventory-rules.js';
import { nameWithPacks, requireWholePacks, type WholePacks } from './whole-packs.js';

/**
 * The (s, S) policy: does nothing until the position falls to s, then orders up to S.
 *
 *     order = max(S - position in whole packs, least order) when position <= s, otherwise 0
 *
 * @returns The policy; where an order is illegal, it takes the largest legal one below it. Observations are rounded to whole
 *   units and must be finite.
 * @throws RangeError when an option is out of range.
 * @see Scarf, "The Optimality of (S, s) Policies in the Dynamic Inventory Problem" (1960)
 * @example
 * const policy = reorderPolicy({ reorderPoint: 4, orderUpTo: 10 });
 * policy.act([5]); // 0
 * policy.act([4]); // 6
 */
export function reorderPolicy(
  options: WholePacks & {
    /** Order when stock and orders under way together are at or below this: s, any integer. */
    readonly reorderPoint: number;
    /** Order up to this: S, an integer above s. */
    readonly orderUpTo: number;
  },
): InstantPolicy {
  requireOptions('reorderPolicy', options, { reorderPoint: true, orderUpTo: true, packSize: true, minimumOrder: true });
  const { reorderPoint, orderUpTo, packSize = 1 } = options ?? {};
  requireWholeNumber('reorderPolicy', 'reorderPoint', reorderPoint, -1e9, 1e9);
  requireWholeNumber('reorderPolicy', 'orderUpTo', orderUpTo, reorderPoint + 1, 2e9);
  const least = requireWholePacks('reorderPolicy', options);
  return {
    name: nameWithPacks(`(${reorderPoint}, ${orderUpTo})`, options, least),
    act: (observation, mask) => {
      requireObservation(observation);
      const held = Math.round(position(observation));
      const order = Math.max(orderUpTo - held, least);
      return nearestLegal(held > reorderPoint ? 0 : order - (order % packSize), mask);
    },
  };
}
