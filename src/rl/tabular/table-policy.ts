import { refuse } from '../../internal/require.js';
import type { InstantPolicy } from '../acting/policy.js';
import { requireMask } from '../environments/environment-door.js';
import type { StateIndex } from '../exact/state-index.js';
import type { QTable } from './q-table.js';

/** A policy that acts by a table, and can say where the table knows nothing. */
export interface TablePolicy extends InstantPolicy {
  /** Whether a legal action was ever tried in the state behind an observation. */
  knows(observation: ArrayLike<number>, actionMask?: Uint8Array): boolean;
  /** How often it was asked to act so far. */
  asked(): {
    /** Times that it knew something. */
    readonly known: number;
    /** Times that it fell back on a rule. */
    readonly unknown: number;
  };
}

/**
 * Acts by a table: in each state the best of the legal actions that were ever tried there. What was never tried is passed
 * over, also where its first value looks best, as 0 does among costs. Where no legal action was tried it takes the first
 * legal one; `asked` counts how often, and `knows` tells beforehand.
 *
 * @param name - What reports call it.
 * @param q - The table; what it learns later counts too.
 * @param stateOf - Number of the state behind an observation, or -1 when it was never seen.
 * @returns The policy.
 * @throws RangeError from `act` where no action is legal, a mask is of another length, or `stateOf` gives no state.
 * @example
 * const q = createQTable({ states: 4, actions: 2 });
 * qLearningUpdate(q, { state: 3, action: 1, reward: 1, nextState: 0 }, { learningRate: 1, discount: 0 });
 * const policy = tablePolicy('learned', q, ([stock]) => stock!);
 * policy.act([3]); // 1
 * policy.knows([2]); // false
 */
export function tablePolicy(name: string, q: QTable, stateOf: (observation: readonly number[]) => number): TablePolicy {
  return policyWith(name, q, stateOf, (_, mask) => (mask ? mask.findIndex(Boolean) : 0));
}

/** A table whose states are numbered by the whole numbers behind an observation. */
export interface IndexedTable {
  /** What reports call its policy. */
  readonly name: string;
  readonly q: QTable;
  readonly index: StateIndex;
  /** The whole numbers behind an observation, as many as a state has. */
  numbersOf(observation: readonly number[]): ArrayLike<number>;
  /** How to act where no legal action was tried: as in the nearest state where one was, or by the first legal action. */
  readonly otherwise: 'nearest' | 'first';
}

/** Acts by such a table. */
export function indexedPolicy({ name, q, index, numbersOf, otherwise }: IndexedTable): TablePolicy {
  if (otherwise === 'first') return tablePolicy(name, q, (observation) => index.find(numbersOf(observation)));
  return policyWith(
    name,
    q,
    (observation) => index.find(numbersOf(observation)),
    (observation, mask) => actAsNearest(q, index, numbersOf(observation), mask),
  );
}

// `fallback` says what to do where nothing is known, or -1.
function policyWith(
  name: string,
  q: QTable,
  stateOf: (observation: readonly number[]) => number,
  fallback: (observation: readonly number[], mask: Uint8Array | undefined) => number,
): TablePolicy {
  let [known, unknown] = [0, 0];
  const best = (observation: ArrayLike<number>, mask: Uint8Array | undefined): number => {
    requireWideMask(mask, q.actions);
    const state = stateOf(Array.from(observation));
    if (!(Number.isInteger(state) && state >= -1 && state < q.states)) {
      refuse('act', 'stateOf', `give an integer in [-1, ${q.states})`, state);
    }
    return state < 0 ? -1 : bestTried(q, state, mask);
  };
  return {
    name,
    act: (observation, mask) => {
      const tried = best(observation, mask);
      if (tried >= 0) {
        known += 1;
        return tried;
      }
      unknown += 1;
      const action = fallback(Array.from(observation), mask);
      if (action < 0) refuse('act', 'actionMask', 'leave a legal action', mask);
      return action;
    },
    knows: (observation, mask) => best(observation, mask) >= 0,
    asked: () => ({ known, unknown }),
  };
}

// A state that was never met is answered as the nearest one where a legal action was tried, by the sum of differences.
function actAsNearest(q: QTable, index: StateIndex, asked: ArrayLike<number>, mask: Uint8Array | undefined): number {
  const state = new Int32Array(asked.length);
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (let number = 0; number < index.count(); number += 1) {
    index.read(number, state);
    let distance = 0;
    for (let place = 0; place < state.length; place += 1) distance += Math.abs(state[place]! - asked[place]!);
    if (distance < least && bestTried(q, number, mask) >= 0) [nearest, least] = [number, distance];
  }
  if (nearest >= 0) return bestTried(q, nearest, mask);
  return mask ? mask.findIndex(Boolean) : 0;
}

// A table may know fewer actions than the world it acts in; never more.
function requireWideMask(mask: Uint8Array | undefined, actions: number): void {
  if (mask === undefined) return;
  if (!(mask?.length >= actions)) refuse('act', 'actionMask', `hold ${actions} numbers or more`, mask?.length ?? mask);
  requireMask('act', 'actionMask', mask, mask.length);
}

/** The best of the legal actions that were tried in a state, or -1. */
function bestTried({ values, visits, actions }: QTable, state: number, mask?: Uint8Array): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let action = 0; action < actions; action += 1) {
    const place = state * actions + action;
    if (visits[place] === 0 || (mask && !mask[action]) || !(values[place]! > most)) continue;
    most = values[place]!;
    best = action;
  }
  return best;
}
