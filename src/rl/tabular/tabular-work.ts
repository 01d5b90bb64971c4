import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { StepWork } from '../../training/run-steps.js';
import { randomAction } from '../acting/random-action.js';
import { checkedEnvironment } from '../environments/environment-door.js';
import type { PlacedEnvironment } from '../environments/environment-place.js';
import { addStates, createStateIndex } from '../exact/state-index.js';
import { updateTable } from './q-learning-update.js';
import { bestAction, createQTable, type QTable } from './q-table.js';
import { explorationNow, rateNow } from './rates.js';
import { requireStateNumbers } from './state-numbers.js';
import type { IndexedTable } from './table-policy.js';
import { requireTabularState, type TabularState } from './tabular-state.js';
import type { FullTrainQTableOptions, QTableReport } from './train-q-table-options.js';

/** What the loop runs, some steps at a time, and where it stands. */
export interface TabularWork extends StepWork<Omit<QTableReport, 'step' | 'totalSteps' | 'samplesPerSecond'>> {
  readonly table: IndexedTable;
  /** Numbers in a state. */
  readonly width: number;
  state(): TabularState;
  restore(state: unknown): Promise<void>;
}

const averageShare = 0.05;
// The most steps from one moment at which the event loop may turn to the next: a step of a world of others may take its time.
const chunk = 64;

/** Sets an agent out in its environment. */
export function createTabularWork(
  where: string,
  options: FullTrainQTableOptions,
  place: PlacedEnvironment,
): TabularWork {
  const { steps, stateOf, exploration, maxStates, seed } = options;
  const environment = checkedEnvironment(where, place.environment);
  const q = createQTable({
    states: maxStates,
    actions: environment.actionSpace.size,
    initialValue: options.initialValue,
  });
  const rng = createRng(seed).stream('explore');
  const learner = createLearner(where, q, options);
  let { observation, actionMask } = environment.reset({ seed });
  const width = requireStateNumbers(where, stateOf(observation)).length;
  const emptyIndex = () =>
    createStateIndex(width, maxStates, () => refuse(where, 'maxStates', 'be at least the number of states', maxStates));
  let index = emptyIndex();
  const numberOf = (seen: Float32Array) => requireStateNumbers(where, stateOf(seen), width);
  let state = index.add(numberOf(observation));
  let [done, rewards, reported] = [0, 0, 0];
  const takeStep = () => {
    const explores = rng.uniform() < explorationNow(exploration, done);
    const action = explores ? randomAction(rng, q.actions, actionMask) : bestAction(q, state, actionMask);
    const next = environment.step(action);
    const nextState = index.add(numberOf(next.observation));
    learner.learn(done + 1, state, action, next.reward, nextState, next.terminated, next.actionMask);
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
      // A run that goes on has the index that it had.
      get index() {
        return index;
      },
      numbersOf: (numbers) => numberOf(Float32Array.from(numbers)),
      otherwise: 'nearest',
    },
    totalSteps: () => steps,
    done: () => done,
    step: async () => {
      const [start, end] = [done, chunkEnd(done, options)];
      while (done < end) takeStep();
      return end - start;
    },
    report: async () => {
      const meanReward = rewards / (done - reported);
      rewards = 0;
      reported = done;
      return { states: index.count(), meanReward, exploration: explorationNow(exploration, done) };
    },
    state: () => ({
      states: index.all(),
      values: q.values.subarray(0, index.count() * q.actions),
      visits: q.visits.subarray(0, index.count() * q.actions),
      average: learner.average,
      ...{ done, reported, rewards, state, ...(actionMask && { actionMask }) },
      ...{ explore: rng.state(), place: place.state() },
    }),
    restore: async (given) => {
      const saved = requireTabularState(given, q, width);
      const restored = emptyIndex();
      const twice = await piecemeal(addStates(restored, saved.states, width), createPause());
      if (twice >= 0) refuse('restore', 'state.states', 'hold each state once', twice);
      place.restore(saved.place);
      index = restored;
      q.values.set(saved.values);
      q.visits.set(saved.visits);
      learner.average = saved.average;
      ({ done, reported, rewards, state, actionMask } = saved);
      rng.restore(saved.explore);
    },
  };
}

// Every report and every checkpoint comes after a whole chunk; what is learned does not depend on where chunks end.
function chunkEnd(done: number, { steps, reportEvery, checkpointEvery }: FullTrainQTableOptions): number {
  const nextOf = (every: number) => (Math.floor(done / every) + 1) * every;
  return Math.min(steps, done + chunk, nextOf(reportEvery), nextOf(checkpointEvery));
}

/** Moves values of a table, and without a discount the average reward that they are relative to. */
interface TableLearner {
  average: number;
  learn(
    step: number,
    state: number,
    action: number,
    reward: number,
    nextState: number,
    terminated: boolean,
    nextMask: Uint8Array | undefined,
  ): void;
}

function createLearner(where: string, q: QTable, { discount, learningRate }: FullTrainQTableOptions): TableLearner {
  const learner: TableLearner = {
    average: 0,
    learn: (step, state, action, reward, nextState, terminated, nextMask) => {
      const rate = rateNow(learningRate, q.visits[state * q.actions + action]!);
      if (discount !== undefined) {
        updateTable(where, step, q, { state, action, reward, nextState, terminated, nextMask }, rate, discount);
        return;
      }
      if (terminated) refuse(where, 'discount', 'be given where episodes truly end', discount);
      const transition = { state, action, reward: reward - learner.average, nextState, nextMask };
      learner.average += averageShare * rate * updateTable(where, step, q, transition, rate, 1);
    },
  };
  return learner;
}
