import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireNumbers, requireSeed, requireWholeNumber } from '../../internal/require.js';
import { createRng, type Rng, type RngState, restoreRng } from '../../random/rng.js';
import type { Environment, EnvironmentStep } from '../environments/environment.js';
import type { PricingOptions } from './pricing-options.js';
import { type PricingPeriod, type PricingRules, pricingRules } from './pricing-rules.js';

/** One product to price. Made by {@link pricingEnvironment}. */
export interface PricingEnvironment extends Environment {
  /** What it was made of. */
  readonly options: PricingOptions;
  /** Asks for the price of that number. */
  step(action: number): EnvironmentStep & {
    /** What happened in the period. */
    readonly sales: PricingPeriod;
  };
}

const resetNames: OptionNames<{ readonly seed?: number }> = { seed: true };

/**
 * Pricing one product: choose a price, sell what is asked for at it, again and again.
 *
 * The observation holds whole numbers: in a season the units and the periods left; then the numbers of the prices that
 * customers remember, the latest first (all the last of the list at the start), and of markdowns the last price in any case;
 * then the number of the competitors' price; a single 0 where there is none of these. The reward is `(price - unitCost) sold`, at the end of a season with
 * `salvage` for every unit left.
 *
 * A season is over (`terminated`) when its periods or its units are. Without `stock` an episode is only cut off
 * (`truncated`) after `horizon` periods.
 *
 * @returns The environment. Observations are fresh arrays; every price is always legal, but for markdowns, which come with an action mask.
 * @throws RangeError when an option is unknown or out of range, probabilities do not sum to 1, or a season has no horizon.
 * @see Gallego and van Ryzin, "Optimal Dynamic Pricing of Inventories with Stochastic Demand over Finite Horizons" (1994)
 * @example
 * const shop = pricingEnvironment({ prices: [8, 10, 12], demand: () => 0, stock: 5, salvage: 2, horizon: 1 });
 * shop.reset({ seed: 7 }).observation; // Float32Array [5, 1]
 * const { reward, terminated } = shop.step(1);
 * reward; // 10
 * terminated; // true
 */
export function pricingEnvironment(options: PricingOptions): PricingEnvironment {
  const rules = pricingRules('pricingEnvironment', options);
  const actions = options.prices.length;
  let rng = createRng(0).stream('market');
  let state = rules.start();
  let left = 0;
  const shown = () => {
    const observation = new Float32Array(state);
    return options.markdown ? { observation, actionMask: rules.maskOf(state) } : { observation };
  };
  return {
    name: 'pricing',
    options,
    observationSpace: { kind: 'box', low: new Float32Array(rules.size), high: highest(rules) },
    actionSpace: { kind: 'discrete', size: actions },
    reset: (how = {}) => {
      requireOptions('reset', how, resetNames);
      const { seed } = how;
      requireSeed('reset', seed);
      if (seed !== undefined) rng = createRng(seed).stream('market');
      state = rules.start();
      left = rules.horizon;
      return shown();
    },
    step: (action) => {
      if (left === 0) refuse('step', 'action', 'follow a reset: no episode is under way', action);
      requireWholeNumber('step', 'action', action, 0, actions - 1);
      if (rules.maskOf(state)[action] === 0) refuse('step', 'action', 'ask for the last price or a lower one', action);
      const demand = draw(rng, rules.demandAt(state, action));
      const competitor = draw(rng, rules.competitorsAt(state));
      const next = new Int32Array(rules.size);
      const sales = rules.advance(state, action, demand, competitor, next);
      state = next;
      const terminated = rules.isOver(state);
      left = terminated ? 0 : left - 1;
      return {
        ...shown(),
        reward: sales.profit,
        terminated,
        truncated: !terminated && left === 0,
        sales,
      };
    },
    state: () => ({ stream: rng.state(), left, state: Int32Array.from(state) }),
    restore: (saved) => {
      const given = (saved ?? {}) as { readonly stream: RngState; readonly left: number; readonly state: Int32Array };
      const stream = restoreRng(given.stream);
      requireWholeNumber('restore', 'state.left', given.left, 0, rules.horizon);
      requireNumbers('restore', 'state.state', given.state, rules.size);
      rng = stream;
      left = given.left;
      state = Int32Array.from(given.state);
    },
  };
}

// One number from the stream for each draw, so that the same seed gives the same luck at any price.
function draw(rng: Rng, probabilities: Float64Array): number {
  let rest = rng.uniform();
  for (let outcome = 0; outcome < probabilities.length - 1; outcome += 1) {
    rest -= probabilities[outcome]!;
    if (rest < 0) return outcome;
  }
  return probabilities.length - 1;
}

function highest({ options, horizon, size, kept, isSeason }: PricingRules): Float32Array {
  const { prices, stock = 0, competitors } = options;
  const high = new Float32Array(size);
  if (isSeason) high.set([stock, horizon]);
  const first = isSeason ? 2 : 0;
  high.fill(prices.length - 1, first, first + kept);
  if (competitors) high[size - 1] = competitors.prices.length - 1;
  return high;
}
