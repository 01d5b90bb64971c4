import { refuse } from '../../internal/require.js';
import { withoutTail } from '../demand/whole-units.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { orderMasks } from '../inventory/inventory-rules.js';
import { type SeasonalInventoryOptions, seasonalProblem } from './seasonal-problem.js';

/**
 * The exact model of a {@link seasonalInventoryEnvironment}, for solving and for exact evaluation.
 *
 * Orders are limited by what is proven for the largest demand of all phases, so that the optimum stays in the model; where nothing is known
 * a `capacity` keeps it finite.
 *
 * @returns The model; its states are the observations of the environment, and it has `demands.length` times as many as one without a
 *   cycle.
 * @throws RangeError when an option is unknown or out of range, customers wait, or neither a bound is known nor a capacity given.
 * @see Karlin, "Dynamic Inventory Policy with Varying Stochastic Demands" (1960)
 * @example
 * const demands = [poissonDemand(1), poissonDemand(4)];
 * const model = seasonalInventoryModel({ demands, leadTime: 1, holding: 1, penalty: 9 });
 * const { policy, averageReward } = await relativeValueIteration({ model });
 * averageReward; // -3.8189
 * [policy.act([2, 0]), policy.act([2, 1])]; // [5, 2]
 */
export function seasonalInventoryModel(options: SeasonalInventoryOptions): DecisionModel {
  const where = 'seasonalInventoryModel';
  const { demands, rules, maxOrder, limits } = seasonalProblem(where, options);
  if (options.unmet === 'backordered') refuse(where, 'unmet', "be 'lost'", options.unmet);
  if (!limits && options.capacity === undefined) {
    refuse(where, 'capacity', 'be given where no bound of an optimal order is known', options.capacity);
  }
  const outcomes = demands.map(({ probabilities }) => withoutTail(probabilities!, 1e-13));
  const maskUpTo = orderMasks(maxOrder, rules);
  const isBounded = options.maxOrder === undefined || options.capacity === undefined;
  const mostIn = (state: ArrayLike<number>): number => {
    const most = rules.mostOrder(state, maxOrder);
    return limits && isBounded ? rules.wholeOrder(Math.min(most, limits.mostIn(state))) : most;
  };
  const { size } = rules;
  // Without its last entry, the phase, a state is one of the rules.
  const stock = new Int32Array(size);
  const stockOf = (state: ArrayLike<number>): Int32Array => {
    for (let place = 0; place < size; place += 1) stock[place] = state[place]!;
    return stock;
  };
  const start = new Int32Array(size + 1);
  start[rules.ages - 1] = options.initialStock ?? 0;
  return {
    name: 'seasonal inventory',
    start,
    actions: maxOrder + 1,
    actionMask: (state) => maskUpTo(mostIn(stockOf(state))),
    outcomes: (state) => outcomes[state[size]!]!,
    advance: (state, order, outcome, next) => {
      const { cost } = rules.advance(stockOf(state), order, outcome, stock);
      next.set(stock);
      next[size] = (state[size]! + 1) % demands.length;
      return -cost;
    },
  };
}
