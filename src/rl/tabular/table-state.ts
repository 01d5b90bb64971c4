import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf, requirePositiveInteger, requireText } from '../../internal/require.js';
import { createStateIndex } from '../exact/state-index.js';
import { createQTable } from './q-table.js';
import { type IndexedTable, indexedPolicy, type TablePolicy } from './table-policy.js';

/** What a policy of {@link trainQTable} or {@link learnFromDemand} knows, as plain JSON. */
export interface TablePolicyState {
  /** What reports call the policy. */
  readonly name: string;
  /** Number of actions. */
  readonly actions: number;
  /**
   * How to act where no legal action was tried: as in the `'nearest'` state where one was, by the sum of absolute
   * differences, or by the `'first'` legal action.
   */
  readonly otherwise: 'nearest' | 'first';
  /** The states that were met: of each the whole numbers behind an observation. */
  readonly states: readonly (readonly number[])[];
  /** For each of them the values of the actions; null where one was never tried. */
  readonly values: readonly (readonly (number | null)[])[];
}

const names: OptionNames<TablePolicyState> = { name: true, actions: true, otherwise: true, states: true, values: true };

/** Writes out what a policy knows. */
export function tableState({ name, q, index, otherwise }: IndexedTable, width: number): TablePolicyState {
  const { actions } = q;
  const rows = Array.from({ length: index.count() }, (_, row) => row);
  const valueAt = (place: number) => (q.visits[place] === 0 ? null : q.values[place]!);
  return {
    name,
    actions,
    otherwise,
    states: rows.map((row) => Array.from(index.read(row, new Int32Array(width)))),
    values: rows.map((row) => Array.from({ length: actions }, (_, action) => valueAt(row * actions + action))),
  };
}

/**
 * The policy that such a state was taken from: it acts as that did, also after the state was written down as JSON.
 *
 * @param state - From `state()` of what {@link trainQTable} or {@link learnFromDemand} gave.
 * @param options - `stateOf`: the same function that training was given, if any. A function cannot be written down.
 * @returns The policy; it has been asked nothing yet.
 * @throws RangeError for a state that does not fit together; from `act` for observations of another length, or with
 *   fractions where there is no `stateOf`.
 * @example
 * const shop = inventoryEnvironment({ demand: poissonDemand(5), holding: 1, penalty: 4 });
 * const { policy, state } = await trainQTable({ environment: shop, steps: 2000, seed: 7 });
 * const written = JSON.stringify(state());
 * restoreTablePolicy(JSON.parse(written)).act([2]) === policy.act([2]); // true
 */
export function restoreTablePolicy(
  state: TablePolicyState,
  options: {
    /** Makes whole numbers of an observation, as in training. Default: they are whole already. */
    readonly stateOf?: (observation: Float32Array) => ArrayLike<number>;
  } = {},
): TablePolicy {
  const where = 'restoreTablePolicy';
  requireOptions(where, options, { stateOf: true });
  const { stateOf } = options;
  requireFunction(where, 'stateOf', stateOf);
  requireState(where, state);
  const { name, actions, otherwise, states, values } = state;
  const width = states[0]!.length;
  const index = createStateIndex(width, states.length, () => refuse(where, 'state.states', 'differ', 'more'));
  const q = createQTable({ states: states.length, actions });
  for (const [row, numbers] of states.entries()) {
    if (index.add(numbers) !== row) refuse(where, `state.states[${row}]`, 'stand there once', numbers);
    for (const [action, value] of values[row]!.entries()) {
      if (value === null) continue;
      q.values[row * actions + action] = value;
      q.visits[row * actions + action] = 1;
    }
  }
  const numbersOf = (observation: readonly number[]) =>
    requireStateNumbers('act', stateOf ? stateOf(Float32Array.from(observation)) : observation, width);
  return indexedPolicy({ name, q, index, numbersOf, otherwise });
}

/** Refuses what is no list of whole numbers of 32 bits, or has another length than `width`. */
export function requireStateNumbers(where: string, state: ArrayLike<number>, width?: number): ArrayLike<number> {
  if (!(state?.length > 0)) refuse(where, 'stateOf', 'give a list of whole numbers', state);
  if (width !== undefined && state.length !== width) {
    refuse(where, 'stateOf', `always give ${width} numbers`, state.length);
  }
  for (let place = 0; place < state.length; place += 1) {
    if (!Number.isInteger(state[place]) || Math.abs(state[place]!) > 2 ** 31 - 1) {
      refuse(where, 'stateOf', 'be given where observations are not whole numbers', state[place]);
    }
  }
  return state;
}

function requireState(where: string, state: TablePolicyState): void {
  if (typeof state !== 'object' || state === null) refuse(where, 'state', 'come from state()', state);
  requireOptions(where, state, names, 'state');
  const { name, actions, otherwise, states, values } = state;
  requireText(where, 'state.name', name);
  requirePositiveInteger(where, 'state.actions', actions);
  requireOneOf(where, 'state.otherwise', ['nearest', 'first'], otherwise);
  if (!Array.isArray(states) || states.length === 0) refuse(where, 'state.states', 'hold a state or more', states);
  if (!Array.isArray(values) || values.length !== states.length) {
    refuse(where, 'state.values', `hold ${states.length} lists`, values);
  }
  for (const [row, numbers] of states.entries()) {
    const isState = Array.isArray(numbers) && numbers.length > 0 && numbers.length === states[0].length;
    if (!isState || !numbers.every((each) => Number.isInteger(each) && (each | 0) === each)) {
      refuse(where, `state.states[${row}]`, 'be a list of whole numbers, as long as the others', numbers);
    }
    const known: unknown = values[row];
    const isRow = Array.isArray(known) && known.length === actions;
    if (!isRow || !known.every((value) => value === null || Number.isFinite(value))) {
      refuse(where, `state.values[${row}]`, `be a list of ${actions} finite numbers or nulls`, known);
    }
  }
}
