import { refuse } from '../../internal/require.js';
import type { DecisionModel } from './decision-model.js';
import { createNumberList } from './number-list.js';
import { createStateIndex, type StateIndex } from './state-index.js';

/** A model written out: for every state its choices, for every choice the states that follow. */
export interface TransitionTable {
  readonly states: StateIndex;
  /** `[S + 1]`: choices of state s are those from `firstChoice[s]` to before `firstChoice[s + 1]`. */
  readonly firstChoice: Int32Array;
  /** `[C]`: the action of each choice. */
  readonly actions: Int32Array;
  /** `[C]`: its mean reward. */
  readonly rewards: Float64Array;
  /** `[C + 1]`: where each choice's followers begin. */
  readonly firstFollower: Int32Array;
  /** `[F]`: numbers of states. */
  readonly followers: Int32Array;
  /** `[F]`: their probabilities. */
  readonly probabilities: Float64Array;
}

/** Writes a model out, state by state, from its start. */
export interface TableWriter {
  /** States met so far; those from {@link TableWriter.written} on still wait for their choices. */
  readonly states: StateIndex;
  /** How many states have their choices. */
  written(): number;
  /** Adds the choices of the next state. */
  write(actions: Iterable<number>): void;
  /** The table, once no state waits. */
  finish(): TransitionTable;
}

const mostStates = 2_000_000;
// 0.6 GB.
const mostFollowers = 50_000_000;

/** Makes a writer that has met the start and nothing else. */
export function createTableWriter(where: string, model: DecisionModel): TableWriter {
  const size = model.start.length;
  const states = createStateIndex(size, mostStates, () =>
    refuse(where, 'model', `have at most ${mostStates} states that can be reached`, 'more'),
  );
  states.add(model.start);
  const state = new Int32Array(size);
  const firstChoice = createNumberList(Int32Array);
  const actions = createNumberList(Int32Array);
  const rewards = createNumberList(Float64Array);
  const firstFollower = createNumberList(Int32Array);
  const followers = createNumberList(Int32Array);
  const probabilities = createNumberList(Float64Array);
  const writeFollowers = outcomeWriter(where, model, states, followers, probabilities);
  return {
    states,
    written: () => firstChoice.length(),
    write: (chosen) => {
      if (followers.length() > mostFollowers)
        refuse(where, 'model', `have at most ${mostFollowers} transitions`, 'more');
      states.read(firstChoice.length(), state);
      firstChoice.push(actions.length());
      for (const action of chosen) {
        actions.push(action);
        firstFollower.push(followers.length());
        rewards.push(writeFollowers(state, action));
      }
      if (firstChoice.last() === actions.length()) refuse(where, 'model', 'have a legal action in every state', 'none');
    },
    finish: () => {
      firstChoice.push(actions.length());
      firstFollower.push(followers.length());
      return {
        states,
        firstChoice: firstChoice.values(),
        actions: actions.values(),
        rewards: rewards.values(),
        firstFollower: firstFollower.values(),
        followers: followers.values(),
        probabilities: probabilities.values(),
      };
    },
  };
}

type List = ReturnType<typeof createNumberList>;

// Outcomes side by side that lead to the same state become one: demand beyond the stock leaves the same empty shelf.
function outcomeWriter(where: string, model: DecisionModel, states: StateIndex, followers: List, probabilities: List) {
  const next = new Int32Array(model.start.length);
  return (state: Int32Array, action: number): number => {
    const outcomes = model.outcomes(state, action);
    const first = followers.length();
    let reward = 0;
    let sum = 0;
    for (let outcome = 0; outcome < outcomes.length; outcome += 1) {
      const probability = outcomes[outcome]!;
      if (probability === 0) continue;
      reward += probability * model.advance(state, action, outcome, next);
      sum += probability;
      const follower = states.add(next);
      if (followers.length() > first && followers.last() === follower) probabilities.addToLast(probability);
      else {
        followers.push(follower);
        probabilities.push(probability);
      }
    }
    if (!(Math.abs(sum - 1) < 1e-6)) refuse(where, 'model', 'have outcomes whose probabilities sum to 1', sum);
    if (!Number.isFinite(reward)) refuse(where, 'model', 'have finite rewards', reward);
    return reward;
  };
}
