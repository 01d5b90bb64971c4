import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireFlag, requireIndex, requireProbability } from '../../internal/require.js';
import { requireMask } from '../environments/environment-door.js';
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
 *   lies outside [0, 1], or no next action is legal; {@link NonFiniteLossError} when the value would not stay finite.
 * @see Watkins and Dayan, "Q-learning" (1992)
 * @example
 * const q = createQTable({ states: 2, actions: 2 });
 * q.values.set([0, 0, 4, 6]);
 * const transition = { state: 0, action: 1, reward: 1, nextState: 1 };
 * qLearningUpdate(q, transition, { learningRate: 0.5, discount: 0.5 }); // 4
 * q.values; // Float64Array [0, 2, 4, 6]
 */
export function qLearningUpdate(q: QTable, transition: TabularTransition, options: TabularUpdateOptions): number {
  const where = 'qLearningUpdate';
  requireOptions(where, options, names);
  requireTransition(where, q, transition);
  const { learningRate, discount } = options ?? {};
  requireProbability(where, 'learningRate', learningRate);
  requireProbability(where, 'discount', discount);
  const step = q.visits[transition.state * q.actions + transition.action]! + 1;
  return updateTable(where, step, q, transition, learningRate, discount);
}

const names: OptionNames<TabularUpdateOptions> = { learningRate: true, discount: true };
const transitionNames: OptionNames<TabularTransition> = {
  state: true,
  action: true,
  reward: true,
  nextState: true,
  terminated: true,
  nextMask: true,
};

/** {@link qLearningUpdate} of what was checked before; step number `step` of `where`. */
export function updateTable(
  where: string,
  step: number,
  q: QTable,
  { state, action, reward, nextState, terminated = false, nextMask }: TabularTransition,
  learningRate: number,
  discount: number,
): number {
  const { values, visits, actions } = q;
  let target = reward;
  if (!terminated && discount > 0) {
    const next = bestAction(q, nextState, nextMask);
    if (next < 0) refuse(where, 'nextMask', 'have a legal action', nextMask);
    target += discount * values[nextState * actions + next]!;
  }
  const place = state * actions + action;
  const error = target - values[place]!;
  const moved = values[place]! + learningRate * error;
  // The table keeps its last finite values. An error that is not finite leaves no value finite, 0 times infinity included.
  if (!Number.isFinite(moved)) throw new NonFiniteLossError(where, 'table', step, error, 'weights');
  values[place] = moved;
  visits[place]! += 1;
  return error;
}

function requireTransition(where: string, { states, actions }: QTable, transition: TabularTransition): void {
  requireGivenOptions(where, transition, transitionNames, 'transition');
  const { state, action, reward, nextState, terminated, nextMask } = transition;
  requireIndex(where, 'state', state, states);
  requireIndex(where, 'action', action, actions);
  requireIndex(where, 'nextState', nextState, states);
  requireFinite(where, 'reward', reward);
  if (terminated !== undefined) requireFlag(where, 'terminated', terminated);
  if (nextMask !== undefined) requireMask(where, 'nextMask', nextMask, actions);
}
