import { requireOptions } from '../../internal/options.js';
import { refuse, requireWholeNumber } from '../../internal/require.js';
import { type InstantPolicy, nearestLegal, requireObservation } from '../acting/policy.js';
import { requireProducts, type SharedProduct } from './shared-products.js';
import { startsOf } from './shared-rules.js';

/**
 * Base-stock for each of several products, in the turns of a {@link sharedInventoryEnvironment}: each is ordered up to its level in whole packs, as far
 * as the budget goes. {@link shareBudget} has levels that it always pays for.
 *
 * @returns The policy.
 * @throws RangeError when an option is unknown or out of range, or levels are not as many as products.
 * @see Hadley and Whitin, "Analysis of Inventory Systems" (1963)
 * @example
 * const products = [{ demand: poissonDemand(2), holding: 1, penalty: 9 }, { demand: poissonDemand(1), holding: 1, penalty: 20, unitCost: 2 }];
 * const { levels } = await shareBudget(products, { budget: 9 });
 * const policy = sharedBaseStockPolicy({ products, levels });
 * policy.name; // 'base-stock 4, 2'
 * policy.act([1, 0, 0, 0]); // 3
 */
export function sharedBaseStockPolicy(options: {
  /** The products of the environment. */
  readonly products: readonly SharedProduct[];
  /** `[P]`: units in stock and on order together, after ordering, of each product: whole numbers >= 0. */
  readonly levels: ArrayLike<number>;
}): InstantPolicy {
  const where = 'sharedBaseStockPolicy';
  requireOptions(where, options, { products: true, levels: true });
  const products = requireProducts(where, options?.products);
  const { levels } = options;
  if (levels?.length !== products.length) refuse(where, 'levels', `be a list of ${products.length}`, levels);
  for (let place = 0; place < products.length; place += 1) {
    requireWholeNumber(where, `levels[${place}]`, levels[place], 0, 1e9);
  }
  const starts = startsOf(products);
  const count = products.length;
  const size = starts[count]! + count - 1 + (count > 1 ? 1 : 0);
  return {
    name: `base-stock ${Array.from(levels).join(', ')}`,
    act: (observation, mask) => {
      requireObservation(observation, size);
      const turn = count > 1 ? Math.round(observation[size - 1]!) : 0;
      if (!(turn >= 0 && turn < count)) refuse('act', 'observation', `end with a turn from 0 to ${count - 1}`, turn);
      let missing = levels[turn]!;
      for (let place = starts[turn]!; place < starts[turn + 1]!; place += 1) missing -= Math.round(observation[place]!);
      return nearestLegal(Math.max(0, Math.floor(missing / products[turn]!.packSize)), mask);
    },
  };
}
