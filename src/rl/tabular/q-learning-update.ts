import { refuse } from '../../internal/require.js';
import { bestAction, type QTable } from './q-table.js';

/** One step of an agent, states and actions by their numbers. */
export interface TabularTransition {
  /** Where it was. */
  readonly state: number;
  /** What it did there. */
  readonly action: number;
  /** What that earned: a finite number. */
  readonly reward: number;
  /** Where it led. */
  readonly nextState: number;
  /** Whether that was the true end of an episode; one that was only cut off is none. Default false. */
  readonly terminated?: boolean;
  /** `[A]`: 1 where an action is legal in the next state. Without it all are. */
  readonly nextMask?: Uint8Array;
}

/** Options of {@link qLearningUpdate}. */
export interface TabularUpdateOptions {
  /** How far the value moves toward its target, in [0, 1]. */
  readonly learningRate: number;
  /** What a reward one step later is worth, in [0, 1]. */
  readonly discount: number;
}

/**
 * The Q-learning update, in place.
 *
 *     Q(s, a) += learningRate (reward + discount max over legal a' of Q(s', a') - Q(s, a))
 *
 * At the true end of an episode the target is the reward alone. With `discount` 1 and rewards from which the average
 * reward has been taken, it learns relative values: see {@link trainQTable}.
 *
 * @param q - The table; the value and its count of visits change.
 * @param transition - What happened.
 * @returns The temporal-difference error: the bracket of the formula.
 * @throws RangeError when a state or an action is out of range, `reward` is not finite, `learningRate` or `discount`
 *   lies outside [0, 1], or no next action is legal.
 * @see Watkins and Dayan, "Q-learning" (1992)
 * @example
 * const q = createQTable({ states: 2, actions: 2 });
 * q.values.set([0, 0, 4, 6]);
 * const transition = { state: 0, action: 1, reward: 1, nextState: 1 };
 * qLearningUpdate(q, transition, { learningRate: 0.5, discount: 0.5 }); // 4
 * q.values; // Float64Array [0, 2, 4, 6]
 */
export function qLearningUpdate(q: QTable, transition: TabularTransition, options: TabularUpdateOptions): number {
  const { state, action, reward, nextState, terminated = false, nextMask } = transition;
  const { learningRate, discount } = options;
  const { values, visits, states, actions } = q;
  requireIndex('state', state, states);
  requireIndex('action', action, actions);
  requireIndex('nextState', nextState, states);
  requireShare('learningRate', learningRate);
  requireShare('discount', discount);
  if (!Number.isFinite(reward)) refuse('qLearningUpdate', 'reward', 'be a finite number', reward);
  let target = reward;
  if (!terminated && discount > 0) {
    const next = bestAction(q, nextState, nextMask);
    if (next < 0) refuse('qLearningUpdate', 'nextMask', 'have a legal action', nextMask);
    target += discount * values[nextState * actions + next]!;
  }
  const place = state * actions + action;
  const error = target - values[place]!;
  values[place]! += learningRate * error;
  visits[place]! += 1;
  return error;
}

function requireIndex(name: string, value: number, size: number): void {
  if (!(value >= 0 && value < size && Number.isInteger(value))) {
    refuse('qLearningUpdate', name, `be an integer in [0, ${size - 1}]`, value);
  }
}

function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) refuse('qLearningUpdate', name, 'be a number in [0, 1]', value);
}
