import { type OptionNames, requireOptions } from '../../internal/options.js';
import { atOnce, type Pieces } from '../../internal/pieces.js';
import { refuse, requireProbability, requireWholeNumber } from '../../internal/require.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { createStateIndex, type StateIndex } from '../exact/state-index.js';
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
 * What an outcome leads to is worked out when it is first met and kept, up to 100 MB in all. Work and memory are in
 * proportion to the pairs of states and actions, which may be up to 2^20; {@link learnFromDemand} lets the event loop turn
 * between pieces of it.
 *
 * @returns The table, all values 0.
 * @throws RangeError when the model is too large, or leaves no legal action in a state.
 * @see Gong and Simchi-Levi, "Provably More Efficient Q-Learning in the One-Sided-Feedback/Full-Feedback Settings" (2020)
 * @example
 * const model = inventoryModel({ demand: empiricalDemand([1, 2, 3]), holding: 1, penalty: 4 });
 * const table = createFullInformationTable(model);
 * table.update(2, { learningRate: 1, discount: 0.5 });
 * const start = table.stateOf([0]) * model.actions;
 * table.q.values.subarray(start, start + model.actions); // Float64Array [-8, -4, 0, -1]
 */
export function createFullInformationTable(model: DecisionModel): FullInformationTable {
  const { q, index, update } = atOnce(makeFullInformation('createFullInformationTable', model));
  return {
    q,
    stateOf: (observation) => (observation?.length === model.start.length ? index.find(observation) : -1),
    update: (outcome, options) => {
      requireWholeNumber('update', 'outcome', outcome);
      requireOptions('update', options, names);
      const { learningRate, discount } = options ?? {};
      requireProbability('update', 'learningRate', learningRate);
      requireProbability('update', 'discount', discount);
      atOnce(update(outcome, learningRate, discount));
    },
  };
}

const names: OptionNames<TabularUpdateOptions> = { learningRate: true, discount: true };
const mostPairs = 2 ** 20;
/** Pairs times outcomes whose consequences are kept: 12 bytes each. */
const mostKept = 2 ** 23;
/** Pairs between two moments at which the event loop may turn. */
const inPiece = 4096;

/** A {@link FullInformationTable} that works in pieces. */
export interface FullInformation {
  readonly q: QTable;
  readonly index: StateIndex;
  update(outcome: number, learningRate: number, discount: number): Pieces<void>;
}

export function* makeFullInformation(where: string, model: DecisionModel): Pieces<FullInformation> {
  const states = yield* reachableStates(where, model);
  const q = createQTable({ states: states.count(), actions: model.actions });
  yield* markIllegal(q, model, states);
  const kept = new Map<number, Consequences>();
  const best = new Float64Array(q.states);
  return {
    q,
    index: states,
    update: function* (outcome, learningRate, discount) {
      // In two steps: a generator cannot yield from within `??` once it is made CommonJS.
      let known = kept.get(outcome);
      if (known === undefined) known = yield* consequencesOf(model, q, states, outcome);
      if ((kept.size + 1) * q.values.length <= mostKept) kept.set(outcome, known);
      for (let state = 0; state < q.states; state += 1) {
        best[state] = q.values[state * q.actions + bestAction(q, state)]!;
        if ((state * q.actions) % (8 * inPiece) < q.actions) yield;
      }
      yield* moveAll(q, known, best, learningRate, discount);
    },
  };
}

/** What one outcome leads to, for every pair of state and action. */
interface Consequences {
  /** `[S, A]`; -1 where the action is illegal. */
  readonly next: Int32Array;
  /** `[S, A]`. */
  readonly rewards: Float64Array;
}

function* moveAll(
  { values, visits }: QTable,
  { next, rewards }: Consequences,
  best: Float64Array,
  rate: number,
  discount: number,
): Pieces<void> {
  const average = discount === 1 ? best[0]! : 0;
  for (let pair = 0; pair < values.length; pair += 1) {
    if (pair % (8 * inPiece) === 0) yield;
    if (next[pair]! < 0) continue;
    const target = rewards[pair]! - average + discount * best[next[pair]!]!;
    values[pair]! += rate * (target - values[pair]!);
    visits[pair]! += 1;
  }
}

function* consequencesOf(model: DecisionModel, q: QTable, states: StateIndex, outcome: number): Pieces<Consequences> {
  const next = new Int32Array(q.values.length).fill(-1);
  const rewards = new Float64Array(q.values.length);
  const state = new Int32Array(model.start.length);
  const following = new Int32Array(model.start.length);
  for (let pair = 0; pair < next.length; pair += 1) {
    if (pair % inPiece === 0) yield;
    if (q.values[pair] === Number.NEGATIVE_INFINITY) continue;
    states.read(Math.floor(pair / q.actions), state);
    rewards[pair] = model.advance(state, pair % q.actions, outcome, following);
    next[pair] = states.find(following);
    if (next[pair]! < 0) refuse('update', 'outcome', 'lead to states of the model', outcome);
    if (!Number.isFinite(rewards[pair])) refuse('update', 'outcome', 'lead to finite rewards', rewards[pair]);
  }
  return { next, rewards };
}

// States are numbered in the order in which they are met; nothing but their numbers is kept.
function* reachableStates(where: string, model: DecisionModel): Pieces<StateIndex> {
  const most = Math.floor(mostPairs / model.actions);
  const states = createStateIndex(model.start.length, most, () =>
    refuse(where, 'model', `have at most ${most} states that can be reached, with ${model.actions} actions`, 'more'),
  );
  states.add(model.start);
  const state = new Int32Array(model.start.length);
  const next = new Int32Array(model.start.length);
  for (let number = 0; number < states.count(); number += 1) {
    const mask = model.actionMask(states.read(number, state));
    if (!mask.includes(1)) refuse(where, 'model', 'have a legal action in every state', 'none');
    for (let action = 0; action < model.actions; action += 1) {
      if (mask[action] !== 1) continue;
      const outcomes = model.outcomes(state, action);
      for (let outcome = 0; outcome < outcomes.length; outcome += 1) {
        if (outcomes[outcome] === 0) continue;
        model.advance(state, action, outcome, next);
        states.add(next);
      }
    }
    yield;
  }
  return states;
}

function* markIllegal(q: QTable, model: DecisionModel, states: StateIndex): Pieces<void> {
  const state = new Int32Array(model.start.length);
  for (let index = 0; index < q.states; index += 1) {
    if (index % inPiece === 0) yield;
    model.actionMask(states.read(index, state)).forEach((legal, action) => {
      if (!legal) q.values[index * q.actions + action] = Number.NEGATIVE_INFINITY;
    });
  }
}
