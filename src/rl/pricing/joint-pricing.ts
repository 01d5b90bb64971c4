import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireFinite,
  requireNonNegative,
  requirePositive,
  requireText,
  requireWholeNumber,
} from '../../internal/require.js';
import { poissonDemand } from '../demand/poisson-demand.js';

/** One of several products whose prices are set together. */
export interface JointProduct {
  /** What results call it. Default: its place in the list. */
  readonly name?: string;
  /** Mean units asked for in a period while every product has its price `at`, > 0. */
  readonly units: number;
  /** The price at which that is so, > 0: that of today. */
  readonly at: number;
  /** By how many percent its demand falls when its own price rises by one, >= 0. */
  readonly elasticity: number;
  /** The prices to choose from, each > 0, at most 200. */
  readonly prices: readonly number[];
  /** What a unit sold costs, >= 0. Default 0. */
  readonly unitCost?: number;
  /** Units that can be sold in a period, a whole number >= 1. Default: as many as are asked for. */
  readonly capacity?: number;
}

/** Several products and what their prices do to each other's demand. */
export interface JointPricing {
  /** The products, at most 100. */
  readonly products: readonly JointProduct[];
  /**
   * `[P, P]`: row `p`, place `q` says by how many percent the demand for product `p` rises when the price of product `q` does by one: above 0 where one
   * takes the place of the other, below 0 where they go together. What stands on the diagonal does not count. Default: all 0.
   */
  readonly crossElasticities?: readonly (readonly number[])[];
}

/** A choice of prices, by their places in the lists of the products. */
export type Choice = Int32Array;

/** The problem in numbers. */
export interface JointMarket {
  readonly products: readonly Required<JointProduct>[];
  /** `[P][P][K]`: of the logarithm of demand for `p` what the price `k` of `q` adds. */
  readonly effects: readonly (readonly Float64Array[])[];
  /** Mean profit of one product by its own price and the logarithm of what all prices do to its demand. */
  profitOf(product: number, price: number, effect: number): number;
  /** Mean units of each product that are sold. */
  units(choice: Choice): Float64Array;
  profit(choice: Choice): number;
}

const productNames: OptionNames<JointProduct> = {
  name: true,
  units: true,
  at: true,
  elasticity: true,
  prices: true,
  unitCost: true,
  capacity: true,
};
const [mostProducts, mostPrices, mostUnits] = [100, 200, 1e5];

/** Checks the problem and works out what it takes. */
export function jointMarket(where: string, { products: given, crossElasticities }: JointPricing): JointMarket {
  if (!Array.isArray(given) || given.length === 0 || given.length > mostProducts) {
    refuse(where, 'products', `be an array of 1 to ${mostProducts} products`, given);
  }
  const products = given.map((product: JointProduct, place) => checkedProduct(where, product, place));
  const cross = requireCross(where, crossElasticities, products.length);
  const effects = products.map(({ elasticity }, p) =>
    products.map(({ prices, at }, q) => {
      const power = p === q ? -elasticity : cross[p]![q]!;
      return Float64Array.from(prices, (price) => power * Math.log(price / at));
    }),
  );
  const unitsOf = (product: number, effect: number) => {
    const { units, capacity, name } = products[product]!;
    const mean = units * Math.exp(effect);
    if (!Number.isFinite(mean)) refuse(where, 'crossElasticities', `leave finite demand (product ${name})`, mean);
    return soldOf(mean, capacity);
  };
  const effectOn = (product: number, choice: Choice) =>
    effects[product]!.reduce((sum, own, other) => sum + own[choice[other]!]!, 0);
  const profitOf = (product: number, price: number, effect: number) => {
    const { prices, unitCost } = products[product]!;
    return (prices[price]! - unitCost) * unitsOf(product, effect);
  };
  return {
    products,
    effects,
    profitOf,
    units: (choice) => Float64Array.from(products, (_, product) => unitsOf(product, effectOn(product, choice))),
    profit: (choice) =>
      products.reduce((sum, _, product) => sum + profitOf(product, choice[product]!, effectOn(product, choice)), 0),
  };
}

/** E min(D, capacity) of a Poisson number. */
function soldOf(mean: number, capacity: number): number {
  if (mean <= Number.MIN_VALUE || capacity === Number.POSITIVE_INFINITY) return mean;
  if (mean > mostUnits) return capacity;
  return mean - poissonDemand(mean).shortage(capacity);
}

function checkedProduct(where: string, product: JointProduct, place: number): Required<JointProduct> {
  const at = (name: string) => `products[${place}].${name}`;
  requireGivenOptions(where, product, productNames, `products[${place}]`);
  const { name = String(place), unitCost = 0, capacity = Number.POSITIVE_INFINITY } = product;
  requireText(where, at('name'), name);
  requirePositive(where, at('units'), product.units);
  requirePositive(where, at('at'), product.at);
  requireNonNegative(where, at('elasticity'), product.elasticity);
  requireNonNegative(where, at('unitCost'), unitCost);
  if (capacity !== Number.POSITIVE_INFINITY) requireWholeNumber(where, at('capacity'), capacity, 1, mostUnits);
  const { prices } = product;
  if (!Array.isArray(prices) || prices.length === 0 || prices.length > mostPrices) {
    refuse(where, at('prices'), `be an array of 1 to ${mostPrices} prices`, prices);
  }
  for (const [number, price] of prices.entries()) requirePositive(where, `${at('prices')}[${number}]`, price);
  return { ...product, name, unitCost, capacity };
}

function requireCross(where: string, given: unknown, count: number): readonly (readonly number[])[] {
  if (given === undefined) return Array.from({ length: count }, () => Array<number>(count).fill(0));
  const isTable = Array.isArray(given) && given.length === count && given.every((row) => row?.length === count);
  if (!isTable) refuse(where, 'crossElasticities', `be a table of ${count} by ${count}`, given);
  for (const [p, row] of given.entries()) {
    for (let q = 0; q < count; q += 1) if (q !== p) requireFinite(where, `crossElasticities[${p}][${q}]`, row[q]);
  }
  return given;
}
