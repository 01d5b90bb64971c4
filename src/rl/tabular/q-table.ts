import { requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { greedyAt } from '../acting/greedy-action.js';

/** What {@link createQTable} makes. */
export interface QTable {
  /** Number of states, `S`. */
  readonly states: number;
  /** Number of actions, `A`. */
  readonly actions: number;
  /** `[S, A]`, row by row: `values[state * actions + action]`. */
  readonly values: Float64Array;
  /** `[S, A]`: how often each value was updated. */
  readonly visits: Uint32Array;
}

/**
 * Makes a table of action values for states and actions that are numbered from 0.
 *
 * @param config - Sizes and the first value.
 * @returns The table, 12 bytes for every pair of state and action.
 * @throws RangeError when a size is no positive integer or the table would hold more than 2^28 values.
 * @example
 * const q = createQTable({ states: 3, actions: 2, initialValue: 1 });
 * q.values; // Float64Array [1, 1, 1, 1, 1, 1]
 */
export function createQTable(config: {
  /** Number of states, >= 1. */
  readonly states: number;
  /** Number of actions, >= 1. */
  readonly actions: number;
  /** What every value is at first: any finite number. High values make a learner try everything. Default 0. */
  readonly initialValue?: number;
}): QTable {
  requireOptions('createQTable', config, { states: true, actions: true, initialValue: true }, 'config');
  const { states, actions, initialValue = 0 } = config ?? {};
  requirePositiveInteger('createQTable', 'states', states);
  requirePositiveInteger('createQTable', 'actions', actions);
  requireBetween('createQTable', 'initialValue', initialValue, -Number.MAX_VALUE, Number.MAX_VALUE, { closed: true });
  if (states * actions > 2 ** 28) refuse('createQTable', 'states', `be at most 2^28 / ${actions}`, states);
  return {
    states,
    actions,
    values: new Float64Array(states * actions).fill(initialValue),
    visits: new Uint32Array(states * actions),
  };
}

/**
 * The action of the largest value in a state; the first of several.
 * An action that was never tried has its first value still: where all rewards are costs it looks best. For acting,
 * {@link tablePolicy} passes it over.
 */
export function bestAction(q: QTable, state: number, mask?: Uint8Array): number {
  return greedyAt(q.values, state * q.actions, q.actions, mask, 0);
}
