import { refuse, requireBetween } from '../../internal/require.js';
import type { DecisionModel } from '../exact/decision-model.js';
import type { StateIndex } from '../exact/state-index.js';
import { createTableWriter } from '../exact/transition-table.js';
import type { TabularUpdateOptions } from './q-learning-update.js';
import { bestAction, createQTable, type QTable } from './q-table.js';

/** A table over all states of a model, in which one observed outcome updates every value. */
export interface FullInformationTable {
  /** Rows are the model's states, `visits` counts updates, and illegal actions are worth -Infinity. */
  readonly q: QTable;
  /** Number of the state behind an observation, or -1. */
  stateOf(observation: ArrayLike<number>): number;
  /**
   * Updates every state and action with one outcome, all from the values before it:
   *
   *     Q(s, a) += learningRate (reward + discount max Q(next state, a') - Q(s, a))
   *
   * With `discount` 1 the value of the start is taken from every reward, which keeps values relative.
   */
  update(outcome: number, options: TabularUpdateOptions): void;
}

/**
 * Makes a table that learns from outcomes which do not depend on what the agent does, as demand does not depend on
 * what is in stock: one observed demand tells what every order in every state would have cost.
 *
 * The model gives the rules alone, not the probabilities of its outcomes. Demand must have been observed in full, also
 * where stock ran out.
 *
 * @param model - The rules. Its outcomes in the start state say which states can be reached.
 * @returns The table, all values 0.
 * @throws RangeError when the model is too large.
 * @see Gong and Simchi-Levi, "Provably More Efficient Q-Learning in the One-Sided-Feedback/Full-Feedback Settings" (2020)
 * @example
 * const model = inventoryModel({ demand: empiricalDemand([1, 2, 3]), holding: 1, penalty: 4 });
 * const table = createFullInformationTable(model);
 * table.update(2, { learningRate: 1, discount: 0.5 });
 * const start = table.stateOf([0]) * model.actions;
 * table.q.values.subarray(start, start + model.actions); // Float64Array [-8, -4, 0, -1]
 */
export function createFullInformationTable(model: DecisionModel): FullInformationTable {
  const states = allStates(model);
  const q = createQTable({ states: states.count(), actions: model.actions });
  markIllegal(q, model, states);
  const consequences = new Map<number, Consequences>();
  const best = new Float64Array(q.states);
  const update = (outcome: number, { learningRate, discount }: TabularUpdateOptions) => {
    requireBetween('update', 'learningRate', learningRate, 0, 1, { closed: true });
    requireBetween('update', 'discount', discount, 0, 1, { closed: true });
    const known = consequences.get(outcome) ?? consequencesOf(model, q, states, outcome);
    consequences.set(outcome, known);
    for (let state = 0; state < q.states; state += 1) best[state] = q.values[state * q.actions + bestAction(q, state)]!;
    moveAll(q, known, best, learningRate, discount);
  };
  return { q, stateOf: (observation) => states.find(observation), update };
}

/** What one outcome leads to, for every pair of state and action. */
interface Consequences {
  /** `[S, A]`; -1 where the action is illegal. */
  readonly next: Int32Array;
  /** `[S, A]`. */
  readonly rewards: Float64Array;
}

function moveAll(q: QTable, { next, rewards }: Consequences, best: Float64Array, rate: number, discount: number): void {
  const { values, visits } = q;
  const average = discount === 1 ? best[0]! : 0;
  for (let pair = 0; pair < values.length; pair += 1) {
    if (next[pair]! < 0) continue;
    const target = rewards[pair]! - average + discount * best[next[pair]!]!;
    values[pair]! += rate * (target - values[pair]!);
    visits[pair]! += 1;
  }
}

function consequencesOf(model: DecisionModel, q: QTable, states: StateIndex, outcome: number): Consequences {
  if (!(Number.isSafeInteger(outcome) && outcome >= 0)) refuse('update', 'outcome', 'be an integer >= 0', outcome);
  const next = new Int32Array(q.values.length).fill(-1);
  const rewards = new Float64Array(q.values.length);
  const state = new Int32Array(model.start.length);
  const following = new Int32Array(model.start.length);
  for (let pair = 0; pair < next.length; pair += 1) {
    if (q.values[pair] === Number.NEGATIVE_INFINITY) continue;
    states.read(Math.floor(pair / q.actions), state);
    rewards[pair] = model.advance(state, pair % q.actions, outcome, following);
    next[pair] = states.find(following);
    if (next[pair]! < 0) refuse('update', 'outcome', 'lead to states of the model', outcome);
  }
  return { next, rewards };
}

function allStates(model: DecisionModel): StateIndex {
  const writer = createTableWriter('createFullInformationTable', model);
  const state = new Int32Array(model.start.length);
  while (writer.written() < writer.states.count()) {
    const mask = model.actionMask(writer.states.read(writer.written(), state));
    writer.write([...mask.keys()].filter((action) => mask[action] === 1));
  }
  return writer.states;
}

function markIllegal(q: QTable, model: DecisionModel, states: StateIndex): void {
  const state = new Int32Array(model.start.length);
  for (let index = 0; index < q.states; index += 1) {
    model.actionMask(states.read(index, state)).forEach((legal, action) => {
      if (!legal) q.values[index * q.actions + action] = Number.NEGATIVE_INFINITY;
    });
  }
}
