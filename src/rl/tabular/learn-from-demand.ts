import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { requireFunction, requirePositiveInteger, requireProbability, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';
import { requireObservation } from '../acting/policy.js';
import { empiricalDemand, requireSeries } from '../demand/empirical-demand.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { stockProblemNames } from '../inventory/inventory-rules.js';
import { makeFullInformation } from './full-information.js';
import { learnedTable } from './learned-table.js';
import { bestAction } from './q-table.js';
import { type LearningRateDecay, rateNow, requireLearningRate } from './rates.js';
import type { IndexedTable } from './table-policy.js';
import type { QTableResult } from './train-q-table.js';

/** Options of {@link learnFromDemand}: a stock problem whose demand is known only from what was observed. */
export interface LearnFromDemandOptions extends Omit<InventoryOptions, 'demand' | 'horizon' | 'initialStock'> {
  /** Demand period by period, seen in full: also what could not be served. */
  readonly observed: ArrayLike<number>;
  /** How often each observation is used. Default 5. */
  readonly epochs?: number;
  /** What a reward one period later is worth, in [0, 1]. Default 1: the average cost is minimised. */
  readonly discount?: number;
  /** Falls with the number of observations used. Default `{ power: 0.8 }`. */
  readonly learningRate?: number | LearningRateDecay;
  /** Fixes the order in later epochs; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the learning; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with each report, and waited for. */
  readonly onProgress?: (report: LearnFromDemandReport) => void | Promise<void>;
}

function optionNames(): OptionNames<LearnFromDemandOptions> {
  return {
    ...stockProblemNames,
    observed: true,
    epochs: true,
    discount: true,
    learningRate: true,
    seed: true,
    signal: true,
    onProgress: true,
  };
}

/** What {@link learnFromDemand} reports after each epoch. */
export interface LearnFromDemandReport {
  /** Epochs done, from 1. */
  readonly epoch: number;
  /** Observations used so far. */
  readonly step: number;
  /** What the table says that the start is worth: with `discount` 1 the average reward of a period, a cost negative. */
  readonly startValue: number;
}

/**
 * Learns when and how much to order from observed demand alone, by full-information Q-learning: every observation
 * updates every state and every order. The first epoch takes the observations as they came, later ones in random order.
 *
 * The more epochs, the nearer the policy comes to the one that is optimal for the demand's
 * observed distribution, which {@link relativeValueIteration} gives at once; {@link createFullInformationTable} can go
 * on as demand comes in.
 *
 * Work and memory grow with the pairs of states and orders, times demands that differ: at most 2^20 pairs, which a longer
 * lead time reaches soon. The event loop turns between pieces of the work.
 *
 * @returns The greedy policy, which orders nothing in a state that the problem does not lead to, and the table;
 *   {@link encodeQTable} writes both down.
 * @throws RangeError when an option is out of range, or the problem has too many states; the reason of `signal`.
 * @see Gong and Simchi-Levi, "Provably More Efficient Q-Learning in the One-Sided-Feedback/Full-Feedback Settings" (2020)
 * @example
 * const observed = [4, 6, 5, 3, 7, 5, 2, 8, 4, 6];
 * const { policy, steps } = await learnFromDemand({ observed, leadTime: 1, holding: 1, penalty: 4 });
 * steps; // 50
 * policy.act([0]); // 6
 */
export async function learnFromDemand(options: LearnFromDemandOptions): Promise<QTableResult<LearnFromDemandReport>> {
  const where = 'learnFromDemand';
  const { epochs, discount, learningRate, seed, signal, observed, onProgress, problem } = fullOptions(where, options);
  signal?.throwIfAborted();
  const model = inventoryModel({ ...problem, demand: empiricalDemand(observed) });
  const pause = createPause(8, signal);
  const { q, index, update } = await piecemeal(makeFullInformation(where, model), pause);
  const rng = createRng(seed).stream('replay');
  const history: LearnFromDemandReport[] = [];
  let steps = 0;
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const order = epoch === 1 ? observed.keys() : rng.permutation(observed.length);
    for (const place of order) {
      await piecemeal(update(observed[place]!, rateNow(learningRate, steps), discount), pause);
      steps += 1;
    }
    const report = { epoch, step: steps, startValue: q.values[bestAction(q, 0)]! };
    history.push(report);
    await onProgress?.(report);
  }
  const width = model.start.length;
  const table: IndexedTable = {
    name: 'full-information Q',
    q,
    index,
    numbersOf: (observation) => {
      requireObservation(observation, width);
      return observation;
    },
    otherwise: 'first',
  };
  return { ...learnedTable(table, width), history, steps };
}

function fullOptions(where: string, options: LearnFromDemandOptions) {
  requireOptions(where, options, optionNames());
  const {
    observed: given,
    epochs = 5,
    discount = 1,
    learningRate = { power: 0.8 },
    seed = 0,
    signal,
    onProgress,
    ...problem
  } = options;
  requirePositiveInteger(where, 'epochs', epochs);
  requireProbability(where, 'discount', discount);
  requireLearningRate(where, learningRate);
  requireSeed(where, seed);
  requireSignal(where, signal);
  requireFunction(where, 'onProgress', onProgress);
  const observed = requireSeries(where, 'observed', given);
  return { epochs, discount, learningRate, seed, signal, onProgress, problem, observed };
}
