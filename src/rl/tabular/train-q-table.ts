import { reserve } from '../../internal/reserve.js';
import type { Checkpoints } from '../../saving/checkpoints.js';
import { loggedRun, runSteps } from '../../training/run-steps.js';
import { placedEnvironment, unplaced } from '../environments/environment-place.js';
import { type LearnedQTable, learnedTable } from './learned-table.js';
import { createTabularWork } from './tabular-work.js';
import {
  type FullTrainQTableOptions,
  fullTrainQTableOptions,
  type QTableReport,
  type TrainQTableOptions,
} from './train-q-table-options.js';

/** What {@link trainQTable} and {@link learnFromDemand} give; {@link encodeQTable} writes it down. */
export interface QTableResult<Report = QTableReport> extends LearnedQTable {
  /** All reports, in order. */
  readonly history: readonly Report[];
  /** Steps done. */
  readonly steps: number;
}

/**
 * Learns a table of action values by acting in an environment whose observations are whole numbers, such as
 * {@link inventoryEnvironment}.
 *
 * Without a `discount` it maximises the long-run average reward, by the differential update
 *
 *     error    = reward - average + max over legal a' of Q(s', a') - Q(s, a)
 *     Q(s, a) += learningRate error,   average += 0.05 learningRate error
 *
 * with a learning rate of 1 / (1 + visits of the pair)^0.8 and one random action in five: the defaults. With a discount
 * it is {@link qLearningUpdate} as it stands. Untried actions are worth `initialValue`, which is high where rewards are
 * costs, so that all are tried.
 *
 * @returns The greedy policy, which acts in a state that was never met as in the nearest one that was, and the table;
 *   {@link encodeQTable} writes both down.
 * @throws RangeError when an option is out of range, an observation holds fractions and no `stateOf` is given, there
 *   are more states than `maxStates`, or an episode truly ends and no discount is given; {@link NonFiniteLossError} when a
 *   value would not stay finite; the reason of `signal`. Rewards are checked, and values are in double precision: that takes
 *   rewards near the largest number there is, 1.8e308, so there is nothing like the `onNonFinite` of other trainers.
 * @see Wan, Naik and Sutton, "Learning and Planning in Average-Reward Markov Decision Processes" (2021)
 * @example
 * const shop = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };
 * const { policy, history } = await trainQTable({ environment: inventoryEnvironment(shop), steps: 200_000, seed: 7 });
 * history.at(-1)!.step; // 200000
 * const { averageReward } = await evaluatePolicy({ model: inventoryModel({ ...shop, maxOrder: 7 }), policy });
 * averageReward > -4.16; // true
 */
export async function trainQTable(options: TrainQTableOptions): Promise<QTableResult> {
  const where = 'trainQTable';
  const full = fullTrainQTableOptions(where, options);
  const release = reserve(where, { environment: full.environment });
  try {
    return await runTable(where, full, options);
  } finally {
    release();
  }
}

async function runTable(where: string, full: FullTrainQTableOptions, options: TrainQTableOptions) {
  const { signal, steps, environment, reportEvery } = full;
  const keeps = options.checkpoint !== undefined || options.resume !== undefined;
  const work = createTabularWork(where, full, keeps ? placedEnvironment(where, environment) : unplaced(environment));
  let checkpoints: Checkpoints | undefined;
  try {
    if (keeps) {
      const { openQTableCheckpoints } = await import('./q-table-checkpoint.js');
      checkpoints = await openQTableCheckpoints(where, options, work);
    }
    const history: QTableReport[] = [];
    const run = runSteps(work, { reportEvery, ...(signal && { signal }) }, { checkpoints });
    for await (const report of loggedRun(run, checkpoints, history)) await options.onProgress?.(report);
    return { ...learnedTable(work.table, work.width), history, steps };
  } finally {
    await checkpoints?.close();
  }
}
