import { evaluateInstantly } from '../exact/evaluate-policy.js';
import { solveEpisodes } from '../exact/solve-episodes.js';
import type { InstantPolicy } from '../policy.js';
import { pricingModel } from '../pricing/pricing-model.js';
import type { PricingOptions } from '../pricing/pricing-options.js';

/**
 * Asks for the same price always.
 *
 * @param action - Number of the price.
 * @returns The policy.
 * @example
 * fixedPricePolicy(2).act([5, 7]); // 2
 */
export function fixedPricePolicy(action: number): InstantPolicy {
  return { name: `price number ${action}`, act: () => action };
}

/** What {@link bestFixedPrice} finds. */
export interface BestFixedPrice {
  /** The price. */
  readonly price: number;
  /** Its number. */
  readonly action: number;
  /** Exact mean profit: of a season where there is stock, otherwise of a period in the long run. */
  readonly profit: number;
  /** Asks for it always. */
  readonly policy: InstantPolicy;
}

/**
 * The price that earns most when it never changes, each candidate evaluated exactly.
 *
 * @returns The price, its exact profit and the policy.
 * @throws RangeError as {@link pricing} does.
 * @example
 * const demand = logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 });
 * const { price, profit } = bestFixedPrice({ prices: [8, 9, 10], demand });
 * price; // 8
 * profit; // 46.7877
 */
export function bestFixedPrice(options: PricingOptions): BestFixedPrice {
  const model = pricingModel(options);
  const found = options.prices.map((price, action) => {
    const policy = fixedPricePolicy(action);
    const profit =
      options.stock === undefined
        ? evaluateInstantly(model, policy).averageReward
        : solveEpisodes(model, policy).expectedReturn;
    return { price, action, profit, policy };
  });
  return found.reduce((best, each) => (each.profit > best.profit ? each : best));
}
