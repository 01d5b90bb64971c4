import { createVocabulary, type Id } from '../../data/vocabulary.js';
import { requireGivenFunction, requireId } from '../../internal/require.js';
import { type PeriodSales, periodSales, requireSales } from '../series/period-sales.js';

/** To which group a product belongs, such as its category. */
export type GroupOf = (product: Id) => Id;

/**
 * Sales of groups of products: what is forecast more surely than each of them.
 *
 * @param sales - Of products.
 * @param groupOf - To which group a product belongs.
 * @returns The sales of groups, in the order in which they first come; a group is on sale from the first of its products on.
 * @throws RangeError when `sales` are none or `groupOf` is no function.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2], mate: [NaN, 1, 1], mug: [1, 0, 0] });
 * const groups = groupSales(sales, (product) => (product === 'mug' ? 'things' : 'drinks'));
 * groups.series('drinks'); // [3, 1, 3]
 */
export function groupSales(sales: PeriodSales, groupOf: GroupOf): PeriodSales {
  requireSales('groupSales', sales);
  requireGivenFunction('groupSales', 'groupOf', groupOf);
  return sumGroups(sales, groupsOf('groupSales', sales, groupOf));
}

/** The groups of products. */
export interface Groups {
  readonly ids: readonly Id[];
  /** `[P]`: the place of each product's group. */
  readonly places: Int32Array;
}

/** Finds the groups of products; 1 and '1' are one. */
export function groupsOf(where: string, { products }: Pick<PeriodSales, 'products'>, groupOf: GroupOf): Groups {
  const known = new Map<string, number>();
  const ids: Id[] = [];
  const places = Int32Array.from(products.toJSON().ids, (product) => {
    const group = groupOf(product);
    requireId(where, `groupOf('${product}')`, group);
    const place = known.get(String(group)) ?? known.size;
    if (place === ids.length) ids.push(group);
    known.set(String(group), place);
    return place;
  });
  return { ids, places };
}

/** As {@link groupSales}, of groups that were found. */
export function sumGroups(sales: PeriodSales, { ids, places }: Groups): PeriodSales {
  const { periods } = sales;
  const sums = new Float64Array(ids.length * periods);
  const onSale = new Int32Array(ids.length).fill(periods);
  for (const [product, group] of places.entries()) {
    for (let at = 0; at < periods; at += 1) sums[group * periods + at]! += sales.sales[product * periods + at]!;
    onSale[group] = Math.min(onSale[group]!, sales.onSale[product]!);
  }
  return periodSales({ ...sales, products: createVocabulary(ids), sales: sums, onSale });
}
