import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { createPause } from '../../internal/pause.js';
import { requireFinite, requireWholeNumber } from '../../internal/require.js';
import { type Rng, type RngState, restoreRng } from '../../random/rng.js';
import type { Recovery } from '../../training/recovery.js';
import type { StepWork } from '../../training/run-steps.js';
import type { TrainingBatches } from './batches/training-batches.js';
import type { AnyLearner, Learner } from './learners/step-learner.js';
import type { NamedWeight } from './model-weights.js';
import type { RecommenderReport } from './recommender-options.js';

/** What a report says besides where the run stands. */
type Measured = Pick<RecommenderReport, 'epoch' | 'loss'>;

/** How long a run is. */
export interface RunPlan {
  readonly where: string;
  readonly epochs: number;
  readonly steps: number;
}

/** The work of a run, and its end. */
export interface RecommenderWork extends StepWork<Measured> {
  /** Steps of one epoch. */
  readonly perEpoch: number;
  /** What the run consists of besides the model. */
  readonly learner: AnyLearner;
  /** What it does about numbers that are not finite. */
  readonly recovery: Recovery;
  /** Where it stands between two steps, as plain data, when losses are read. */
  state(): unknown;
  restore(state: unknown): Promise<void>;
  /** Reads what is not read yet. */
  settle(): Promise<void>;
  /** Makes the model's own weights current and frees what training needed. */
  close(): Promise<void>;
}

/** Every random stream that decides what a run learns from. */
export interface TrainingStreams {
  readonly shuffle: Rng;
  readonly negatives: Rng;
  readonly dropout: Rng;
}

/** Steps after which losses are read at the latest, so that they do not pile up and NaN is soon found. */
const unreadSteps = 64;

/**
 * What the loop runs: batches, and an update on each.
 *
 * @param findBroken - Finds a weight of the model that is not finite.
 */
export function createRecommenderWork<B>(
  { where, epochs, steps, recovery }: RunPlan & { readonly recovery: Recovery },
  findBroken: () => Promise<NamedWeight | undefined>,
  batches: TrainingBatches<B>,
  learner: Learner<B>,
  { dropout, ...drawing }: TrainingStreams,
): RecommenderWork {
  const losses = createLossReader(where, learner);
  let current: Iterator<B, void> | undefined;
  let done = 0;
  // The streams before the present epoch was begun: its batches are drawn again by who goes on within it.
  let atEpoch = statesOf(drawing);
  const begin = () => {
    atEpoch = statesOf(drawing);
    current = batches.epoch();
  };
  const step = async () => {
    if (done % batches.perEpoch === 0) begin();
    const { value } = current!.next();
    await recovery.begin(done);
    await recovery.update(done + 1, 'model', () => learner.learn(value as B, done + 1));
    done += 1;
    if (done % unreadSteps === 0 || done % batches.perEpoch === 0) await losses.read();
    await recovery.keep(done, learner.settle);
    return learner.size(value as B);
  };
  return {
    perEpoch: batches.perEpoch,
    totalSteps: () => Math.min(steps, epochs * batches.perEpoch),
    step,
    learner,
    recovery,
    settle: async () => {
      await recovery.check(done, learner.settle);
      await losses.read();
    },
    state: () => ({ done, atEpoch, drawing: statesOf(drawing), dropout: dropout.state(), losses: losses.state() }),
    restore: async (state) => {
      const saved = requireSaved(state);
      const pause = createPause();
      dropout.restore(saved.dropout);
      losses.restore(saved.losses);
      const within = saved.done % batches.perEpoch;
      if (within > 0) {
        putBack(drawing, saved.atEpoch);
        begin();
        for (let taken = 0; taken < within; taken += 1) {
          current!.next();
          await pause();
        }
      }
      putBack(drawing, saved.drawing);
      done = saved.done;
    },
    report: async () => {
      await recovery.check(done, learner.settle);
      const loss = await losses.mean();
      return { epoch: Math.ceil(done / batches.perEpoch), loss };
    },
    finish: () =>
      recovery.check(done, async () => {
        await learner.settle();
        const broken = await findBroken();
        if (broken) throw new NonFiniteLossError(where, 'model', done, broken.value, 'weights', broken.name);
      }),
    close: async () => {
      await learner.settle();
      learner.dispose();
    },
  };
}

type Drawing = Omit<TrainingStreams, 'dropout'>;
type DrawingStates = Readonly<Record<keyof Drawing, RngState>>;

interface Losses {
  readonly sum: number;
  readonly count: number;
  readonly before: number;
}

interface SavedWork {
  readonly done: number;
  readonly atEpoch: DrawingStates;
  readonly drawing: DrawingStates;
  readonly dropout: RngState;
  readonly losses: Losses;
}

function requireSaved(state: unknown): SavedWork {
  const saved = (state ?? {}) as SavedWork;
  requireWholeNumber('restore', 'state.done', saved.done);
  const { atEpoch, drawing, dropout, losses } = saved;
  for (const each of [atEpoch?.shuffle, atEpoch?.negatives, drawing?.shuffle, drawing?.negatives, dropout])
    restoreRng(each);
  const { sum, count, before } = losses ?? {};
  requireFinite('restore', 'state.losses.sum', sum);
  requireWholeNumber('restore', 'state.losses.count', count);
  requireWholeNumber('restore', 'state.losses.before', before);
  return saved;
}

function statesOf({ shuffle, negatives }: Drawing): DrawingStates {
  return { shuffle: shuffle.state(), negatives: negatives.state() };
}

function putBack({ shuffle, negatives }: Drawing, states: DrawingStates): void {
  shuffle.restore(states.shuffle);
  negatives.restore(states.negatives);
}

// The mean loss of the steps since the last report; stops the run at the first that is not finite.
function createLossReader<B>(where: string, learner: Learner<B>) {
  let [sum, count, before] = [0, 0, 0];
  const read = async () => {
    const losses = Array.from(await learner.readLosses());
    losses.forEach((loss, index) => {
      if (!Number.isFinite(loss)) throw new NonFiniteLossError(where, 'model', before + index + 1, loss);
      sum += loss;
    });
    count += losses.length;
    before += losses.length;
  };
  return {
    read,
    state: () => ({ sum, count, before }),
    restore: (saved: Losses) => {
      ({ sum, count, before } = saved);
    },
    mean: async () => {
      await read();
      const mean = sum / count;
      [sum, count] = [0, 0];
      return mean;
    },
  };
}
