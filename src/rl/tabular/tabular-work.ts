import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { StepWork } from '../../training/run-steps.js';
import { randomAction } from '../acting/random-action.js';
import { checkedEnvironment } from '../environments/environment-door.js';
import { createStateIndex } from '../exact/state-index.js';
import { updateTable } from './q-learning-update.js';
import { bestAction, createQTable, type QTable } from './q-table.js';
import { explorationNow, rateNow } from './rates.js';
import type { IndexedTable } from './table-policy.js';
import { requireStateNumbers } from './table-state.js';
import type { FullTrainQTableOptions, QTableReport } from './train-q-table-options.js';

/** What the loop runs, from one report to the next at a time. */
export interface TabularWork extends StepWork<Omit<QTableReport, 'samplesPerSecond'>> {
  readonly table: IndexedTable;
  /** Numbers in a state. */
  readonly width: number;
}

const averageShare = 0.05;

/** Sets an agent out in its environment. */
export function createTabularWork(where: string, options: FullTrainQTableOptions): TabularWork {
  const { steps, reportEvery, stateOf, exploration, maxStates, seed, signal } = options;
  const pause = createPause(8, signal);
  const environment = checkedEnvironment(where, options.environment);
  const q = createQTable({
    states: maxStates,
    actions: environment.actionSpace.size,
    initialValue: options.initialValue,
  });
  const rng = createRng(seed).stream('explore');
  const learn = createUpdate(where, q, options, () => done + 1);
  let { observation, actionMask } = environment.reset({ seed });
  const width = requireStateNumbers(where, stateOf(observation)).length;
  const index = createStateIndex(width, maxStates, () =>
    refuse(where, 'maxStates', 'be at least the number of states', maxStates),
  );
  const numberOf = (seen: Float32Array) => requireStateNumbers(where, stateOf(seen), width);
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
    width,
    table: {
      name: 'tabular Q',
      q,
      index,
      numbersOf: (numbers) => numberOf(Float32Array.from(numbers)),
      otherwise: 'nearest',
    },
    totalSteps: () => Math.ceil(steps / reportEvery),
    step: async () => {
      const end = Math.min(steps, done + reportEvery);
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
      const now = explorationNow(exploration, done);
      return { step: done, totalSteps: steps, states: index.count(), meanReward, exploration: now };
    },
  };
}

type Learn = (s: number, a: number, reward: number, next: number, ended: boolean, mask: Uint8Array | undefined) => void;

function createUpdate(
  where: string,
  q: QTable,
  { discount, learningRate }: FullTrainQTableOptions,
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
