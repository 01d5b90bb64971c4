import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { Progress, StepWork } from '../../training/run-steps.js';
import { randomAction } from '../acting/random-action.js';
import { checkedEnvironment } from '../environments/environment-door.js';
import { createStateIndex, type StateIndex } from '../exact/state-index.js';
import { explorationNow } from './exploration.js';
import { rateNow } from './learning-rate.js';
import { updateTable } from './q-learning-update.js';
import { bestAction, createQTable, type QTable } from './q-table.js';
import { bestTried, type TableFallback, type TablePolicy, tablePolicyWith } from './table-policy.js';
import type { FullTabularOptions } from './tabular-options.js';

/** What {@link trainQTable} reports. A step of its loop is a thousand updates. */
export interface TabularReport extends Progress {
  /** Updates so far. */
  readonly updates: number;
  /** Distinct states met so far. */
  readonly states: number;
  /** Mean reward of a step since the last report, exploration included. */
  readonly meanReward: number;
  /** Chance of a random action now. */
  readonly exploration: number;
}

/** What the loop runs. */
export interface TabularWork extends StepWork<Omit<TabularReport, keyof Progress>> {
  readonly q: QTable;
  readonly policy: TablePolicy;
  states(): number;
}

const updatesInStep = 1000;
const averageShare = 0.05;

/** Sets an agent out in its environment. */
export function createTabularWork(where: string, options: FullTabularOptions, signal?: AbortSignal): TabularWork {
  const pause = createPause(16, signal);
  const { updates, stateOf, exploration, maxStates, seed } = options;
  const environment = checkedEnvironment(where, options.environment);
  const q = createQTable({
    states: maxStates,
    actions: environment.actionSpace.size,
    initialValue: options.initialValue,
  });
  const rng = createRng(seed).stream('explore');
  const learn = createUpdate(where, q, options, () => done + 1);
  let { observation, actionMask } = environment.reset({ seed });
  const width = stateOf(observation).length;
  const index = createStateIndex(width, maxStates, () =>
    refuse(where, 'maxStates', 'be at least the number of states', maxStates),
  );
  const numberOf = (seen: Float32Array): ArrayLike<number> => {
    const numbers = stateOf(seen);
    if (numbers.length !== width) refuse(where, 'stateOf', `always give ${width} numbers`, numbers.length);
    return numbers;
  };
  let state = index.add(numberOf(observation));
  let done = 0;
  let rewards = 0;
  let reported = 0;
  const takeStep = () => {
    const explores = rng.uniform() < explorationNow(exploration, done);
    const action = explores ? randomAction(rng, q.actions, actionMask) : bestAction(q, state, actionMask);
    const next = environment.step(action);
    const nextState = index.add(numberOf(next.observation));
    learn(state, action, next.reward, nextState, next.terminated, next.actionMask);
    ({ observation, actionMask } = next.terminated || next.truncated ? environment.reset() : next);
    state = next.terminated || next.truncated ? index.add(numberOf(observation)) : nextState;
    rewards += next.reward;
    done += 1;
  };
  return {
    q,
    policy: tablePolicyWith(
      'tabular Q',
      q,
      (numbers) => index.find(numberOf(Float32Array.from(numbers))),
      actAsNearest(q, index, (numbers) => numberOf(Float32Array.from(numbers))),
    ),
    states: () => index.count(),
    totalSteps: () => Math.ceil(updates / updatesInStep),
    step: async () => {
      const end = Math.min(updates, done + updatesInStep);
      const taken = end - done;
      while (done < end) {
        takeStep();
        // A step of a world of others may take its time.
        if (done % 64 === 0) await pause();
      }
      return taken;
    },
    report: async () => {
      const meanReward = rewards / (done - reported);
      rewards = 0;
      reported = done;
      return { updates: done, states: index.count(), meanReward, exploration: explorationNow(exploration, done) };
    },
  };
}

type Learn = (s: number, a: number, reward: number, next: number, ended: boolean, mask: Uint8Array | undefined) => void;

function createUpdate(
  where: string,
  q: QTable,
  { discount, learningRate }: FullTabularOptions,
  step: () => number,
): Learn {
  let average = 0;
  return (state, action, reward, nextState, terminated, nextMask) => {
    const rate = rateNow(learningRate, q.visits[state * q.actions + action]!);
    if (discount !== undefined) {
      updateTable(where, step(), q, { state, action, reward, nextState, terminated, nextMask }, rate, discount);
      return;
    }
    if (terminated) refuse(where, 'discount', 'be given where episodes truly end', discount);
    const transition = { state, action, reward: reward - average, nextState, nextMask };
    average += averageShare * rate * updateTable(where, step(), q, transition, rate, 1);
  };
}

// A state that was never met is answered as the nearest one where a legal action was tried, by the sum of differences.
function actAsNearest(
  q: QTable,
  index: StateIndex,
  numbersOf: (observation: readonly number[]) => ArrayLike<number>,
): TableFallback {
  return (observation, mask) => {
    const asked = numbersOf(observation);
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
  };
}
