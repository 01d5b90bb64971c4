import { refuse } from '../../internal/require.js';
import type { DecisionModel } from './decision-model.js';
import { createNumberList } from './number-list.js';
import { possibleOutcomes } from './possible-outcomes.js';
import { createStateIndex, type StateIndex } from './state-index.js';
import { UnsolvedModelError } from './unsolved-model-error.js';

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
  /** How many transitions these have. */
  transitions(): number;
  /** Turns to the next state, whose choices then follow. */
  begin(): void;
  /** Adds a choice of that state. */
  choose(action: number): void;
  /** Adds all choices of the next state. */
  write(actions: Iterable<number>): void;
  /** The table, once no state waits. */
  finish(): TransitionTable;
}

/** The most that is written out. */
export interface TableLimits {
  readonly states: number;
  readonly transitions: number;
}

/** 0.4 GB. */
export const tableLimits: TableLimits = { states: 2_000_000, transitions: 2 ** 25 };

/** Makes a writer that has met the start and nothing else. */
export function createTableWriter(where: string, model: DecisionModel, limits: TableLimits = tableLimits): TableWriter {
  const size = model.start.length;
  const tooLarge = (rule: string) => {
    throw new UnsolvedModelError(where, 'size', rule, 'more');
  };
  const states = createStateIndex(size, limits.states, () =>
    tooLarge(`have at most ${limits.states} states that can be reached`),
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
  const isTooLong = lengthCheck(limits.transitions);
  const begin = () => {
    const written = firstChoice.length();
    if (isTooLong(written, followers.length(), states.count())) {
      tooLarge(`have at most ${limits.transitions} transitions`);
    }
    states.read(written, state);
    firstChoice.push(actions.length());
  };
  const choose = (action: number) => {
    actions.push(action);
    firstFollower.push(followers.length());
    rewards.push(writeFollowers(state, action));
  };
  return {
    states,
    written: () => firstChoice.length(),
    transitions: () => followers.length(),
    begin,
    choose,
    write: (chosen) => {
      begin();
      for (const action of chosen) choose(action);
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

// States that wait will have about as many transitions as the last ones, or more: what is met later is fuller.
function lengthCheck(most: number) {
  let last = { written: 0, transitions: 0 };
  let perState = 0;
  return (written: number, transitions: number, states: number): boolean => {
    if (written - last.written >= 256) {
      perState = (transitions - last.transitions) / (written - last.written);
      last = { written, transitions };
    }
    return transitions > most || transitions + (states - written) * perState > 1.5 * most;
  };
}

type List = ReturnType<typeof createNumberList>;

const unwritten = -(2 ** 31);

// Outcomes side by side that lead to the same state become one: demand beyond the stock leaves the same empty shelf.
function outcomeWriter(where: string, model: DecisionModel, states: StateIndex, followers: List, probabilities: List) {
  const next = new Int32Array(model.start.length);
  const possible = possibleOutcomes(where);
  return (state: Int32Array, action: number): number => {
    const outcomes = model.outcomes(state, action);
    const first = followers.length();
    let reward = 0;
    for (const outcome of possible(outcomes)) {
      const probability = outcomes[outcome]!;
      next.fill(unwritten);
      const earned = model.advance(state, action, outcome, next);
      if (!Number.isFinite(earned)) refuse(where, 'model', 'have finite rewards', earned);
      reward += probability * earned;
      if (next.includes(unwritten)) refuse(where, 'model', 'write every entry of the state that follows', next);
      const follower = states.add(next);
      if (followers.length() > first && followers.last() === follower) probabilities.addToLast(probability);
      else {
        followers.push(follower);
        probabilities.push(probability);
      }
    }
    return reward;
  };
}

/** Whether the choices of a state lead nowhere else and earn nothing: there an episode ends. */
export function isEnd({ firstChoice, firstFollower, followers, rewards }: TransitionTable, state: number): boolean {
  for (let choice = firstChoice[state]!; choice < firstChoice[state + 1]!; choice += 1) {
    if (rewards[choice] !== 0 || firstFollower[choice + 1]! - firstFollower[choice]! !== 1) return false;
    if (followers[firstFollower[choice]!] !== state) return false;
  }
  return true;
}

/** Whether episodes end in the table. Where nothing ever happens, the start is no end. */
export function hasEnds(table: TransitionTable): boolean {
  for (let state = 1; state < table.states.count(); state += 1) if (isEnd(table, state)) return true;
  return false;
}
