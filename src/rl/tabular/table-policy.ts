import type { InstantPolicy } from '../policy.js';
import type { QTable } from './q-table.js';

/**
 * Acts by a table: in each state the best of the legal actions that were ever tried there; where none was, the first
 * legal one.
 *
 * @param name - What reports call it.
 * @param q - The table; what it learns later counts too.
 * @param stateOf - Number of the state behind an observation, or -1 when it was never seen.
 * @returns The policy.
 * @example
 * const q = createQTable({ states: 4, actions: 2 });
 * qLearningUpdate(q, { state: 3, action: 1, reward: 1, nextState: 0 }, { learningRate: 1, discount: 0 });
 * tablePolicy('learned', q, ([stock]) => stock!).act([3]); // 1
 */
export function tablePolicy(
  name: string,
  q: QTable,
  stateOf: (observation: readonly number[]) => number,
): InstantPolicy {
  return {
    name,
    act: (observation, mask) => {
      const state = stateOf(Array.from(observation));
      const tried = state < 0 ? -1 : bestTried(q, state, mask);
      return tried >= 0 ? tried : mask ? mask.indexOf(1) : 0;
    },
  };
}

function bestTried({ values, visits, actions }: QTable, state: number, mask?: Uint8Array): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let action = 0; action < actions; action += 1) {
    const place = state * actions + action;
    if (visits[place] === 0 || mask?.[action] === 0 || !(values[place]! > most)) continue;
    most = values[place]!;
    best = action;
  }
  return best;
}
