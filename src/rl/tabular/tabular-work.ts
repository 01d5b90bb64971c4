import { refuse } from '../../internal/require.js';
import { createRng, type Rng } from '../../random/rng.js';
import type { Progress, StepWork } from '../../training/run-steps.js';
import { createStateIndex } from '../exact/state-index.js';
import type { InstantPolicy } from '../policy.js';
import { explorationAt } from './exploration.js';
import { learningRateAt } from './learning-rate.js';
import { qLearningUpdate } from './q-learning-update.js';
import { bestAction, createQTable, type QTable } from './q-table.js';
import { tablePolicy } from './table-policy.js';
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
  readonly policy: InstantPolicy;
  states(): number;
}

const updatesInStep = 1000;
const averageShare = 0.05;

/** Sets an agent out in its environment. */
export function createTabularWork(where: string, options: FullTabularOptions): TabularWork {
  const { environment, updates, stateOf, exploration, maxStates, seed } = options;
  const q = createQTable({
    states: maxStates,
    actions: environment.actionSpace.size,
    initialValue: options.initialValue,
  });
  const rng = createRng(seed).stream('explore');
  const learn = createUpdate(where, q, options);
  let { observation, actionMask } = environment.reset({ seed });
  const index = createStateIndex(stateOf(observation).length, maxStates, () =>
    refuse(where, 'maxStates', 'be at least the number of states', maxStates),
  );
  let state = index.add(stateOf(observation));
  let done = 0;
  let rewards = 0;
  let reported = 0;
  const takeStep = () => {
    const explores = rng.uniform() < explorationAt(exploration, done);
    const action = explores ? anyLegal(rng, q.actions, actionMask) : bestAction(q, state, actionMask);
    const next = environment.step(action);
    const nextState = index.add(stateOf(next.observation));
    learn(state, action, next.reward, nextState, next.terminated, next.actionMask);
    ({ observation, actionMask } = next.terminated || next.truncated ? environment.reset() : next);
    state = next.terminated || next.truncated ? index.add(stateOf(observation)) : nextState;
    rewards += next.reward;
    done += 1;
  };
  return {
    q,
    policy: tablePolicy('tabular Q', q, (numbers) => index.find(stateOf(Float32Array.from(numbers)))),
    states: () => index.count(),
    totalSteps: () => Math.ceil(updates / updatesInStep),
    step: async () => {
      const end = Math.min(updates, done + updatesInStep);
      const taken = end - done;
      while (done < end) takeStep();
      return taken;
    },
    report: async () => {
      const meanReward = rewards / (done - reported);
      rewards = 0;
      reported = done;
      return { updates: done, states: index.count(), meanReward, exploration: explorationAt(exploration, done) };
    },
  };
}

type Learn = (s: number, a: number, reward: number, next: number, ended: boolean, mask: Uint8Array | undefined) => void;

function createUpdate(where: string, q: QTable, { discount, learningRate }: FullTabularOptions): Learn {
  let average = 0;
  return (state, action, reward, nextState, terminated, nextMask) => {
    const rate = learningRateAt(learningRate, q.visits[state * q.actions + action]!);
    if (discount !== undefined) {
      qLearningUpdate(q, { state, action, reward, nextState, terminated, nextMask }, { learningRate: rate, discount });
      return;
    }
    if (terminated) refuse(where, 'discount', 'be given where episodes truly end', discount);
    const transition = { state, action, reward: reward - average, nextState, nextMask };
    average += averageShare * rate * qLearningUpdate(q, transition, { learningRate: rate, discount: 1 });
  };
}

function anyLegal(rng: Rng, actions: number, mask: Uint8Array | undefined): number {
  if (!mask) return rng.integer(actions);
  let count = 0;
  for (let action = 0; action < actions; action += 1) count += mask[action]!;
  let place = rng.integer(count);
  for (let action = 0; action < actions; action += 1) {
    if (mask[action] === 1 && place-- === 0) return action;
  }
  return -1;
}
