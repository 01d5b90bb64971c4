import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction } from '../../internal/require.js';
import { reserve } from '../../internal/reserve.js';
import { type LoopOptions, requireLoopOptions, runSteps } from '../../training/run-steps.js';
import type { QTable } from './q-table.js';
import type { TablePolicy } from './table-policy.js';
import { fullTabularOptions, type TabularOptions, type TabularSettings, type TabularWorld } from './tabular-options.js';
import { createTabularWork, type TabularReport } from './tabular-work.js';

/** Options of {@link trainQTable}. */
export type TrainQTableOptions = TabularOptions & TrainQTableLoop;

/** How the training is followed. */
export interface TrainQTableLoop extends LoopOptions {
  /** Called with each report; it may be async, and training waits for it. */
  readonly onProgress?: (report: TabularReport) => void | Promise<void>;
}

const names: OptionNames<TrainQTableLoop & TabularSettings & TabularWorld> = {
  environment: true,
  stateOf: true,
  updates: true,
  discount: true,
  learningRate: true,
  exploration: true,
  initialValue: true,
  maxStates: true,
  seed: true,
  reportEvery: true,
  signal: true,
  onProgress: true,
};

/** What {@link trainQTable} gives. */
export interface TrainQTableResult {
  /** Acts greedily by the table; in a state that was never met as in the nearest one that was, and counts how often. */
  readonly policy: TablePolicy;
  /** The table; rows are states in the order in which they were met. */
  readonly q: QTable;
  /** Updates done. */
  readonly updates: number;
  /** Distinct states met. */
  readonly states: number;
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
 * @returns The greedy policy, the table and counts.
 * @throws RangeError when an option is out of range, an observation holds fractions and no `stateOf` is given, there
 *   are more states than `maxStates`, or an episode truly ends and no discount is given; {@link NonFiniteLossError} when a
 *   value would not stay finite; the reason of `signal`.
 * @see Wan, Naik and Sutton, "Learning and Planning in Average-Reward Markov Decision Processes" (2021)
 * @example
 * const shop = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };
 * const { policy } = await trainQTable({ environment: inventoryEnvironment(shop), updates: 200_000, seed: 7 });
 * const { averageReward } = await evaluatePolicy(inventoryModel({ ...shop, maxOrder: 7 }), policy);
 * averageReward > -4.16; // true
 */
export async function trainQTable(options: TrainQTableOptions): Promise<TrainQTableResult> {
  const where = 'trainQTable';
  if (options === undefined) refuse(where, 'options', 'be an object of options', options);
  requireOptions(where, options, names);
  const { onProgress, reportEvery = 1, signal } = options;
  requireLoopOptions(where, options);
  requireFunction(where, 'onProgress', onProgress);
  const full = fullTabularOptions(where, options);
  const release = reserve(where, { environment: full.environment });
  try {
    const work = createTabularWork(where, full, signal);
    for await (const report of runSteps(work, { reportEvery, ...(signal && { signal }) })) await onProgress?.(report);
    return { policy: work.policy, q: work.q, updates: full.updates, states: work.states() };
  } finally {
    release();
  }
}
