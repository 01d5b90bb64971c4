import { requireOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { type InstantPolicy, nearestLegal } from '../acting/policy.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { solveEpisodesOf } from '../exact/solve-episodes.js';
import { pricingModel } from '../pricing/pricing-model.js';
import type { PricingOptions } from '../pricing/pricing-options.js';
import { requirePricingNames } from '../pricing/pricing-rules.js';

/**
 * Asks for the same price always.
 *
 * @returns The policy.
 * @throws RangeError when `action` is no such number.
 * @example
 * fixedPricePolicy({ action: 2 }).act([5, 7]); // 2
 */
export function fixedPricePolicy(options: {
  /** Number of the price, an integer >= 0. */
  readonly action: number;
}): InstantPolicy {
  requireOptions('fixedPricePolicy', options, { action: true });
  const { action } = options ?? {};
  requireWholeNumber('fixedPricePolicy', 'action', action);
  return { name: `price number ${action}`, act: (_observation, mask) => nearestLegal(action, mask) };
}

/**
 * The price that earns most when it never changes, each candidate evaluated exactly.
 *
 * @returns The price, its exact profit and the policy.
 * @throws RangeError as {@link pricingEnvironment} does.
 * @throws UnsolvedModelError when the problem is too large.
 * @example
 * const demand = logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 });
 * const { price, profit } = await bestFixedPrice({ prices: [8, 9, 10], demand });
 * price; // 8
 * profit; // 46.7877
 */
export async function bestFixedPrice(
  options: PricingOptions & {
    /** Stops the work: the promise then rejects with its reason. */
    readonly signal?: AbortSignal;
  },
): Promise<{
  /** The price. */
  readonly price: number;
  /** Its number. */
  readonly action: number;
  /** Exact mean profit: of a season where there is stock, otherwise of a period in the long run. */
  readonly profit: number;
  /** Asks for it always. */
  readonly policy: InstantPolicy;
}> {
  requirePricingNames('bestFixedPrice', options, { signal: true });
  const { signal, ...problem } = options;
  requireSignal('bestFixedPrice', signal);
  signal?.throwIfAborted();
  const model = pricingModel(problem);
  let best: Awaited<ReturnType<typeof bestFixedPrice>> | undefined;
  for (const [action, price] of problem.prices.entries()) {
    const policy = fixedPricePolicy({ action });
    const profit =
      problem.stock === undefined
        ? (await evaluateInModel('bestFixedPrice', model, policy, { signal })).averageReward
        : (await solveEpisodesOf('bestFixedPrice', model, policy, signal)).expectedReturn;
    if (!best || profit > best.profit) best = { price, action, profit, policy };
  }
  return best!;
}
