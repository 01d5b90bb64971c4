import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireNumbers, requirePositiveInteger, requireWholeNumber } from '../../internal/require.js';
import { createRng, type Rng, type RngState, restoreRng } from '../../random/rng.js';
import type { Environment } from '../environments/environment.js';
import { resetSeed } from '../environments/environment-door.js';
import { type SharedInventoryOptions, sharedInventoryNames, sharedRules } from './shared-rules.js';

const where = 'sharedInventoryEnvironment';

function optionNames(): OptionNames<SharedInventoryOptions & { horizon?: number }> {
  return { ...sharedInventoryNames(), horizon: true };
}

/**
 * Keeping several products in stock from one budget. In each period the products are ordered one after the other, a step for each; then demand comes, and
 * the last step has the reward of the period:
 *
 *     -(sum over products of holding left + penalty short)
 *
 * The action is the number of packs; what stock and orders under way leave of the budget limits it, and unmet demand is lost. The observation is, for each
 * product, its stock and the orders that arrive in 1, 2, ... `leadTime - 1` periods; then the units ordered in this period of each product but the last; then,
 * of two products and more, the place of the product whose turn it is. A mean reward per step is one `products.length`th of that of a period.
 *
 * Demand does not answer to orders: with one seed all policies meet the same.
 *
 * @returns The environment; an episode begins without stock, and is cut off after `horizon` periods.
 * @throws RangeError when an option is unknown or out of range, a product costs nothing, or the budget buys no pack.
 * @example
 * const products = [{ demand: poissonDemand(2), holding: 1, penalty: 9 }, { demand: poissonDemand(1), holding: 1, penalty: 20, unitCost: 2 }];
 * const shop = sharedInventoryEnvironment({ products, budget: 7, mostPacks: 4 });
 * shop.reset({ seed: 7 }).observation; // Float32Array [0, 0, 0, 0]
 * const { observation, actionMask, reward } = shop.step(4);
 * observation; // Float32Array [0, 0, 4, 1]
 * actionMask; // Uint8Array [1, 1, 0, 0, 0]
 * reward; // 0
 */
export function sharedInventoryEnvironment(
  options: SharedInventoryOptions & {
    /** Periods of an episode, a whole number >= 1. Default 1000. */
    readonly horizon?: number;
  },
): Environment {
  requireGivenOptions(where, options, optionNames());
  const { horizon = 1000, ...problem } = options;
  requirePositiveInteger(where, 'horizon', horizon);
  const rules = sharedRules(where, problem);
  const { products, size } = rules;
  const actions = problem.mostPacks + 1;
  let state: Int32Array<ArrayBufferLike> = new Int32Array(size);
  let period = horizon;
  let draws = streamsOf(products.length, createRng(0));
  const masks = (most: number) => new Uint8Array(actions).fill(1, 0, most + 1);
  const shown = () => ({ observation: new Float32Array(state), actionMask: masks(rules.mostPacks(state)) });
  return {
    name: 'shared inventory',
    observationSpace: { kind: 'box', low: new Float32Array(size), high: rules.high },
    actionSpace: { kind: 'discrete', size: actions },
    reset: (given) => {
      const seed = resetSeed('reset', given);
      if (seed !== undefined) draws = streamsOf(products.length, createRng(seed));
      state = new Int32Array(size);
      period = 0;
      return shown();
    },
    legalActions: (observation) => {
      requireNumbers('legalActions', 'observation', observation, size);
      return masks(rules.mostPacks(observation));
    },
    step: (action) => {
      if (period >= horizon) refuse('step', 'action', 'follow a reset: no episode is under way', action);
      requireWholeNumber('step', 'action', action, 0, rules.mostPacks(state));
      const isLast = rules.turnIn(state) === products.length - 1;
      let cost = 0;
      if (isLast) {
        const demands = products.map(({ demand }, product) => demand.sample(draws[product]!));
        cost = rules.advance(state, action, demands, state);
        period += 1;
      } else rules.order(state, action, state);
      const reward = cost === 0 ? 0 : -cost;
      return { ...shown(), reward, terminated: false, truncated: period >= horizon };
    },
    state: () => ({ streams: draws.map((each) => each.state()), period, state: state.slice() }),
    restore: (saved) => {
      const given = (saved ?? {}) as Saved;
      requireNumbers('restore', 'state.state', given.state, size);
      requireWholeNumber('restore', 'state.period', given.period, 0, horizon);
      if (!Array.isArray(given.streams) || given.streams.length !== products.length) {
        refuse('restore', 'state.streams', `be an array of ${products.length}`, given.streams);
      }
      draws = given.streams.map(restoreRng);
      ({ period } = given);
      state = Int32Array.from(given.state);
    },
  };
}

interface Saved {
  readonly streams: readonly RngState[];
  readonly period: number;
  readonly state: Int32Array;
}

// Each product has a stream of its own.
function streamsOf(count: number, rng: Rng): Rng[] {
  return Array.from({ length: count }, (_, product) => rng.stream(`demand ${product}`));
}
