import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { StepWork } from '../../training/run-steps.js';
import type { TrainingBatches } from './batches/training-batches.js';
import type { Learner } from './learners/step-learner.js';
import { findBrokenWeight } from './model-weights.js';
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
  /** Makes the model's own weights current and frees what training needed. */
  close(): Promise<void>;
}

/** Steps after which losses are read at the latest, so that they do not pile up and NaN is soon found. */
const unreadSteps = 64;

/** What the loop runs: batches, and an update on each. */
export function createRecommenderWork<B>(
  plan: RunPlan,
  model: EmbeddingModel,
  batches: TrainingBatches<B>,
  learner: Learner<B>,
): RecommenderWork {
  const { where, epochs, steps } = plan;
  const losses = createLossReader(where, learner);
  let current: Iterator<B, void> | undefined;
  let done = 0;
  const step = async () => {
    if (done % batches.perEpoch === 0) current = batches.epoch();
    const { value } = current!.next();
    const taken = await learner.learn(value as B);
    done += 1;
    if (done % unreadSteps === 0 || done % batches.perEpoch === 0) await losses.read();
    return taken;
  };
  return {
    perEpoch: batches.perEpoch,
    totalSteps: () => Math.min(steps, epochs * batches.perEpoch),
    step,
    report: async () => {
      await learner.settle();
      const loss = await losses.mean();
      return { epoch: Math.ceil(done / batches.perEpoch), loss };
    },
    finish: async () => {
      await learner.settle();
      const broken = await findBrokenWeight(model);
      if (broken !== undefined) throw new NonFiniteLossError(where, 'model', done, broken, 'weights');
    },
    close: async () => {
      await learner.settle();
      learner.dispose();
    },
  };
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
    mean: async () => {
      await read();
      const mean = sum / count;
      [sum, count] = [0, 0];
      return mean;
    },
  };
}
