import { type InstantPolicy, nearestLegal, requireObservation } from '../acting/policy.js';
import type { TransitionTable } from './transition-table.js';

/**
 * Acts by the choice that was found for each state of a table; outside of them as in the nearest one: that with the least
 * sum of absolute differences, the first met among equals.
 */
export function statePolicy({ states, actions }: TransitionTable, choices: Int32Array, size: number): InstantPolicy {
  // Not the table itself: it is large, and a policy may live long.
  const chosen = choices.map((choice) => actions[choice]!);
  const state = new Int32Array(size);
  const nearest = (observation: ArrayLike<number>): number => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < chosen.length; index += 1) {
      states.read(index, state);
      let distance = 0;
      for (let place = 0; place < size && distance < least; place += 1) {
        distance += Math.abs(observation[place]! - state[place]!);
      }
      if (distance < least) [best, least] = [index, distance];
    }
    return best;
  };
  return {
    name: 'optimal',
    act: (observation, mask) => {
      requireObservation(observation, size);
      const found = states.find(observation);
      return nearestLegal(chosen[found >= 0 ? found : nearest(observation)]!, mask);
    },
  };
}
