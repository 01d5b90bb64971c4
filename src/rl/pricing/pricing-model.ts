import type { DecisionModel } from '../exact/decision-model.js';
import type { PricingOptions } from './pricing-options.js';
import { pricingRules } from './pricing-rules.js';

/**
 * The exact model of {@link pricingEnvironment}: rewards are profits, states are the environment's observations. Without a season
 * {@link relativeValueIteration} solves it, with one {@link solveEpisodes}.
 *
 * @returns The model.
 * @throws RangeError as {@link pricingEnvironment} does.
 * @example
 * const demand = logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 });
 * const { averageReward } = await relativeValueIteration({ model: pricingModel({ prices: [9, 10, 11], demand }) });
 * averageReward; // 44.8171
 */
export function pricingModel(options: PricingOptions): DecisionModel & {
  /** What each action asks for. */
  readonly prices: readonly number[];
} {
  const rules = pricingRules('pricingModel', options);
  const mask = new Uint8Array(options.prices.length).fill(1);
  const all = () => mask;
  const certain = Float64Array.of(1);
  return {
    name: 'pricing',
    prices: options.prices,
    start: rules.start(),
    actions: options.prices.length,
    actionMask: options.markdown ? rules.maskOf : all,
    // Demand and the competitors' next price together: outcome = demand * count + price.
    outcomes: (state, action) =>
      rules.isOver(state) ? certain : product(rules.demandAt(state, action), rules.competitorsAt(state)),
    advance: (state, action, outcome, next) => {
      for (let place = 0; place < next.length; place += 1) next[place] = state[place]!;
      if (rules.isOver(state)) return 0;
      const count = rules.competitorsAt(state).length;
      return rules.advance(state, action, Math.floor(outcome / count), outcome % count, next).profit;
    },
  };
}

function product(first: Float64Array, second: Float64Array): Float64Array {
  if (second.length === 1) return first;
  return Float64Array.from({ length: first.length * second.length }, (_, place) => {
    return first[Math.floor(place / second.length)]! * second[place % second.length]!;
  });
}
