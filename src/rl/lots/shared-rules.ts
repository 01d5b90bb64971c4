import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositive, requireWholeNumber } from '../../internal/require.js';
import { type InventoryRules, inventoryRules } from '../inventory/inventory-rules.js';
import { type CheckedProduct, requireProducts, type SharedProduct } from './shared-products.js';

/** Several products whose stock is paid from one budget, as {@link sharedInventoryEnvironment} and {@link sharedInventoryModel} play them. */
export interface SharedInventoryOptions {
  /** The products, at most 100. Each `unitCost` is to be above 0. */
  readonly products: readonly SharedProduct[];
  /** Money for stock and orders under way, > 0. */
  readonly budget: number;
  /** Most packs of one order, a whole number from 1 to 10,000: there is an action for each number from 0 to it. */
  readonly mostPacks: number;
}

/**
 * The rules. A state is a list of whole numbers: for each product its stock and the orders that arrive in 1, 2, ... `leadTime - 1` periods;
 * then the units ordered in this period of each product but the last; then, of two products and more, whose turn it is.
 */
export interface SharedRules {
  readonly products: readonly CheckedProduct[];
  /** Entries of a state. */
  readonly size: number;
  /** What a state can hold at most. */
  readonly high: Float32Array;
  /** The product whose turn it is. */
  turnIn(state: ArrayLike<number>): number;
  /** Packs that the budget leaves to it, at most `mostPacks`. */
  mostPacks(state: ArrayLike<number>): number;
  /** Writes the state that follows an order of another product than the last. */
  order(state: ArrayLike<number>, packs: number, next: Int32Array): void;
  /** Writes the state that follows the last order and the demand for each product; gives the cost of the period. */
  advance(state: ArrayLike<number>, packs: number, demands: ArrayLike<number>, next: Int32Array): number;
}

/** The names of its options. */
export function sharedInventoryNames(): OptionNames<SharedInventoryOptions> {
  return { products: true, budget: true, mostPacks: true };
}

/** Checks everything. */
export function sharedRules(where: string, options: SharedInventoryOptions): SharedRules {
  requireGivenOptions(where, options, sharedInventoryNames());
  const { budget, mostPacks } = options;
  const products = requireProducts(where, options.products);
  if (products.length > 100) refuse(where, 'products', 'be at most 100', products.length);
  for (const [place, { unitCost }] of products.entries()) {
    requirePositive(where, `products[${place}].unitCost`, unitCost);
  }
  requirePositive(where, 'budget', budget);
  requireWholeNumber(where, 'mostPacks', mostPacks, 1, 10_000);
  const cheapest = Math.min(...products.map(({ unitCost, packSize }) => unitCost * packSize));
  if (budget < cheapest) refuse(where, 'budget', `buy a pack of some product: the cheapest costs ${cheapest}`, budget);
  const rules = products.map(({ demand, leadTime, holding, penalty }) =>
    inventoryRules(where, { demand, leadTime, holding, penalty }),
  );
  return { products, ...layoutOf(products, rules, budget, mostPacks) };
}

function layoutOf(
  products: readonly CheckedProduct[],
  rules: readonly InventoryRules[],
  budget: number,
  most: number,
): Omit<SharedRules, 'products'> {
  const count = products.length;
  const first = startsOf(products);
  const pending = first[count]!;
  const size = pending + count - 1 + (count > 1 ? 1 : 0);
  const turnIn = (state: ArrayLike<number>) => (count > 1 ? state[size - 1]! : 0);
  const spentIn = (state: ArrayLike<number>, turn: number) => {
    let spent = 0;
    for (const [product, { unitCost }] of products.entries()) {
      for (let place = first[product]!; place < first[product + 1]!; place += 1) spent += unitCost * state[place]!;
      if (product < turn) spent += unitCost * state[pending + product]!;
    }
    return spent;
  };
  return {
    size,
    high: highest(products, budget, size),
    turnIn,
    mostPacks: (state) => {
      const turn = turnIn(state);
      const { unitCost, packSize } = products[turn]!;
      // What is spent to the last cent may be more than the budget by a rounding error.
      const packs = ((budget - spentIn(state, turn)) * (1 + 1e-12)) / (unitCost * packSize);
      return Math.max(0, Math.min(most, Math.floor(packs)));
    },
    order: (state, packs, next) => {
      const turn = turnIn(state);
      for (let place = 0; place < size; place += 1) next[place] = state[place]!;
      next[pending + turn] = packs * products[turn]!.packSize;
      next[size - 1] = turn + 1;
    },
    advance: (state, packs, demands, next) => {
      let cost = 0;
      const after = new Int32Array(size);
      for (const [product, { advance }] of rules.entries()) {
        const [from, to] = [first[product]!, first[product + 1]!];
        const own = Int32Array.from({ length: to - from }, (_, place) => state[from + place]!);
        const ordered = product < count - 1 ? state[pending + product]! : packs * products[product]!.packSize;
        cost += advance(own, ordered, demands[product]!, own).cost;
        after.set(own, from);
      }
      next.set(after);
      return cost;
    },
  };
}

/** Where the entries of each product begin, and behind the last those of orders. */
export function startsOf(products: readonly { readonly leadTime?: number }[]): number[] {
  const starts = [0];
  for (const { leadTime = 0 } of products) starts.push(starts.at(-1)! + Math.max(1, leadTime));
  return starts;
}

function highest(products: readonly CheckedProduct[], budget: number, size: number): Float32Array {
  const high = new Float32Array(size).fill(products.length - 1);
  const first = startsOf(products);
  for (const [product, { unitCost }] of products.entries()) {
    const units = Math.floor((budget * (1 + 1e-12)) / unitCost);
    high.fill(units, first[product]!, first[product + 1]!);
    if (product < products.length - 1) high[first[products.length]! + product] = units;
  }
  return high;
}
