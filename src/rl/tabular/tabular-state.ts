import { refuse, requireArray, requireFinite, requireIndex, requireWholeNumber } from '../../internal/require.js';
import { type RngState, restoreRng } from '../../random/rng.js';
import { requireMask } from '../environments/environment-door.js';
import type { QTable } from './q-table.js';

/** Where a run of {@link trainQTable} stands. */
export interface TabularState {
  /** `[S, N]`: the states that were met, in order. */
  readonly states: Int32Array;
  /** `[S, A]`. */
  readonly values: Float64Array;
  /** `[S, A]`. */
  readonly visits: Uint32Array;
  /** Mean reward of a step as it is learned, where there is no discount. */
  readonly average: number;
  /** Steps done, and those that were reported. */
  readonly done: number;
  readonly reported: number;
  /** Sum of the rewards since. */
  readonly rewards: number;
  /** Number of the state in which the next action is taken, and the actions that are legal there. */
  readonly state: number;
  readonly actionMask?: Uint8Array;
  readonly explore: RngState;
  /** The environment's own. */
  readonly place: unknown;
}

/** Refuses what is no such state of a run with this table and `width` numbers in a state, and gives it. */
export function requireTabularState(state: unknown, q: QTable, width: number): TabularState {
  const where = 'restore';
  const saved = (state ?? {}) as TabularState;
  const { states, values, visits, actionMask } = saved;
  const count = states?.length / width;
  if (!(states instanceof Int32Array)) refuse(where, 'state.states', 'be an Int32Array', states);
  requireWholeNumber(where, 'state.states.length / width', count, 1, q.states);
  requireArray(where, 'state.values', values, Float64Array, count * q.actions);
  requireArray(where, 'state.visits', visits, Uint32Array, count * q.actions);
  requireWholeNumber(where, 'state.done', saved.done);
  requireWholeNumber(where, 'state.reported', saved.reported, 0, saved.done);
  requireIndex(where, 'state.state', saved.state, count);
  for (const name of ['average', 'rewards'] as const) requireFinite(where, `state.${name}`, saved[name]);
  if (actionMask !== undefined) requireMask(where, 'state.actionMask', actionMask, q.actions);
  restoreRng(saved.explore);
  return saved;
}
