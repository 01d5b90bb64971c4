import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFilled, requireNonNegative, requirePositive } from '../../internal/require.js';
import type { JointPricing } from '../../rl/pricing/joint-pricing.js';
import { constantElasticityResponse } from '../../rl/pricing/price-response.js';
import type { PricingOptions } from '../../rl/pricing/pricing-options.js';
import type { Estimate } from '../../statistics/estimate.js';

/**
 * What the record says of a product's price. Only of `'falls with the price'` a pricing problem can be made.
 *
 * - `'too few sales'`: fewer than 30 order lines, or fewer than 56 days from the first to the last.
 * - `'price never changed'`, `'price changed once'`: what a single change did cannot be told from what else happened then.
 * - `'several prices a day'`: on more than a fifth of the days with several order lines these had different prices, by customer,
 *   channel or quantity. Who buys much pays less then, and no list price moves demand as the elasticity says.
 * - `'no answer'`: the price changed on the very days on which something else did, such as a promotion.
 */
export type PriceVerdict =
  | 'falls with the price'
  | 'not told from 0'
  | 'rises with the price'
  | 'several prices a day'
  | 'price changed once'
  | 'price never changed'
  | 'too few sales'
  | 'no answer';

/** How the demand for one product answers to prices. */
export interface ProductPriceResponse {
  /** The product's id. */
  readonly product: string;
  /** What the record says. */
  readonly verdict: PriceVerdict;
  /**
   * By how many percent demand falls when the price rises by one, with its 95% interval: `own`, drawn to what all products have in
   * common. The interval holds the truth as often as it says only where all promotions were named (without: 55% on simulated shops).
   * Missing where nothing could be estimated; with `'several prices a day'` it is `own`, and not the effect of a list price.
   */
  readonly elasticity?: Required<Estimate>;
  /** The same by the days of this product alone. */
  readonly own?: Required<Estimate>;
  /** Of products in one list of `together`: by how many percent demand rises when their price does by one. */
  readonly cross: readonly {
    /** The other product. */
    readonly product: string;
    /** With its 95% interval. */
    readonly elasticity: Required<Estimate>;
  }[];
  /** Factor of the demand on promoted days, beyond what their price does. Missing where no promotion was named. */
  readonly uplift?: Required<Estimate>;
  /** The last list price. Default: missing, where no order line had a price. */
  readonly price?: number;
  /** The different list prices, rising. */
  readonly prices: readonly number[];
  /** How often the list price changed. */
  readonly changes: number;
  /** Mean pieces a day at the last list prices, its own and those of `cross`, without promotion, closed days included. Default: missing, where there is no `own`. */
  readonly units?: number;
}

/** Options of {@link PriceResponses.pricing}. */
export interface PriceProblemOptions {
  /** What a piece costs, >= 0. Default 0. */
  readonly unitCost?: number;
  /** Prices to choose from, between the lowest and the highest that were seen. Default: those that were seen, 20 of more. */
  readonly prices?: readonly number[];
}

/** Options of {@link PriceResponses.pricingTogether}. */
export interface JointPriceProblemOptions {
  /** What a piece of each product costs, in the order of the products, >= 0. Default 0 each. */
  readonly unitCosts?: readonly number[];
  /** For each product the prices to choose from, between the lowest and the highest that were seen. Default: those that were seen, 20 of more. */
  readonly prices?: readonly (readonly number[])[];
  /** Whether effects of other prices count whose interval holds 0, which may be chance alone. Default false. */
  readonly unsure?: boolean;
}

/** How demand answers to prices. Made by {@link learnPriceResponse}. */
export interface PriceResponses {
  /** What was found of each product, in the order of the demand's. */
  readonly products: readonly ProductPriceResponse[];
  /**
   * What was found of one product.
   *
   * @throws RangeError when the product is not there.
   */
  of(product: Id): ProductPriceResponse;
  /**
   * The problem of pricing a product day by day, as {@link bestFixedPrice}, {@link pricingEnvironment} and {@link pricingModel} take it:
   * demand of constant elasticity through the last list price. A price that nobody has seen is refused: what demand does there, the
   * record cannot say.
   *
   * @throws RangeError when the product is not there, its verdict is not `'falls with the price'`, a price is lower or higher than any
   *   list price was, or an option is wrong.
   */
  pricing(product: Id, options?: PriceProblemOptions): PricingOptions;
  /**
   * The problem of pricing several products together, as {@link bestPrices} takes it: demand of constant elasticities through the last list
   * prices. Effects of other prices are those of `cross`: of products that were named `together`, in a list of theirs.
   *
   * @throws RangeError as `pricing` does, or when products are named twice.
   */
  pricingTogether(products: readonly Id[], options?: JointPriceProblemOptions): JointPricing;
}

const names: OptionNames<PriceProblemOptions> = { unitCost: true, prices: true };
const mostPrices = 20;

/** Makes the problem of pricing one product. */
export function pricingOf(response: ProductPriceResponse, options: PriceProblemOptions = {}): PricingOptions {
  const { list, unitCost, units, at, elasticity } = pricesOf('pricing', response, options);
  return { prices: list, unitCost, demand: constantElasticityResponse({ units, at, elasticity }) };
}

/** What a problem of pricing takes of a product; refuses one that has no answer, and prices that nobody has seen. */
export function pricesOf(where: string, response: ProductPriceResponse, options: PriceProblemOptions) {
  requireGivenOptions(where, options, names);
  const { unitCost = 0, prices = spread(response.prices) } = options;
  requireNonNegative(where, 'unitCost', unitCost);
  const { product, verdict, elasticity, price, units } = response;
  if (verdict !== 'falls with the price' || !elasticity || price === undefined || units === undefined) {
    refuse(where, 'product', "have the verdict 'falls with the price'", `${product}: ${verdict}`);
  }
  if (!Array.isArray(prices)) refuse(where, 'prices', 'be an array of prices', prices);
  requireFilled(where, 'prices', prices);
  const [lowest, highest] = [response.prices[0]!, response.prices.at(-1)!];
  for (const [place, each] of prices.entries()) {
    requirePositive(where, `prices[${place}]`, each);
    if (each < lowest || each > highest) {
      refuse(where, `prices[${place}]`, `lie between prices that were seen, from ${lowest} to ${highest}`, each);
    }
  }
  return { list: prices, unitCost, units, at: price, elasticity: elasticity.value };
}

function spread(prices: readonly number[]): readonly number[] {
  if (prices.length <= mostPrices) return prices;
  const step = (prices.length - 1) / (mostPrices - 1);
  return Array.from({ length: mostPrices }, (_, place) => prices[Math.round(place * step)]!);
}
