import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { requirePositiveInteger, requireProbability, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';
import { empiricalDemand, requireSeries } from '../demand/empirical-demand.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { stockProblemNames } from '../inventory/inventory-rules.js';
import { makeFullInformation } from './full-information.js';
import { type LearningRateDecay, rateNow, requireLearningRate } from './learning-rate.js';
import type { QTable } from './q-table.js';
import { type TablePolicy, tablePolicy } from './table-policy.js';

/** Options of {@link learnFromDemand}: a stock problem whose demand is known only from what was observed. */
export interface LearnFromDemandOptions extends Omit<InventoryOptions, 'demand' | 'horizon' | 'initialStock'> {
  /** Demand period by period, seen in full: also what could not be served. */
  readonly observed: ArrayLike<number>;
  /** How often each observation is used. Default 5. */
  readonly passes?: number;
  /** What a reward one period later is worth, in [0, 1]. Default 1: the average cost is minimised. */
  readonly discount?: number;
  /** Falls with the number of observations used. Default `{ power: 0.8 }`. */
  readonly learningRate?: number | LearningRateDecay;
  /** Fixes the order in later passes; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the learning; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

function optionNames(): OptionNames<LearnFromDemandOptions> {
  return {
    ...stockProblemNames,
    observed: true,
    passes: true,
    discount: true,
    learningRate: true,
    seed: true,
    signal: true,
  };
}

/** What {@link learnFromDemand} gives. */
export interface LearnFromDemandResult {
  /** Acts greedily by the table, and counts how often it was asked in a state that the problem does not lead to. */
  readonly policy: TablePolicy;
  /** The table. */
  readonly q: QTable;
  /** Observations used, passes counted. */
  readonly updates: number;
}

/**
 * Learns when and how much to order from observed demand alone, by full-information Q-learning: every observation
 * updates every state and every order. The first pass takes the observations as they came, later ones in random order.
 *
 * The more often they are passed over, the nearer the policy comes to the one that is optimal for the demand's
 * observed distribution, which {@link relativeValueIteration} gives at once; {@link createFullInformationTable} can go
 * on as demand comes in.
 *
 * Work and memory grow with the pairs of states and orders, times demands that differ: at most 2^20 pairs, which a longer
 * lead time reaches soon. The event loop turns between pieces of the work.
 *
 * @returns The greedy policy, the table and counts.
 * @throws RangeError when an option is out of range, or the problem has too many states; the reason of `signal`.
 * @see Gong and Simchi-Levi, "Provably More Efficient Q-Learning in the One-Sided-Feedback/Full-Feedback Settings" (2020)
 * @example
 * const observed = [4, 6, 5, 3, 7, 5, 2, 8, 4, 6];
 * const { policy, updates } = await learnFromDemand({ observed, leadTime: 1, holding: 1, penalty: 4 });
 * updates; // 50
 * policy.act([0]); // 6
 */
export async function learnFromDemand(options: LearnFromDemandOptions): Promise<LearnFromDemandResult> {
  const where = 'learnFromDemand';
  const { passes, discount, learningRate, seed, signal, observed, problem } = fullOptions(where, options);
  signal?.throwIfAborted();
  const model = inventoryModel({ ...problem, demand: empiricalDemand(observed) });
  const pause = createPause(16, signal);
  const table = await piecemeal(makeFullInformation(where, model), pause);
  const rng = createRng(seed).stream('replay');
  let updates = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const order = pass === 0 ? observed.keys() : rng.permutation(observed.length);
    for (const place of order) {
      await piecemeal(table.update(observed[place]!, rateNow(learningRate, updates), discount), pause);
      updates += 1;
    }
  }
  return { policy: tablePolicy('full-information Q', table.q, table.stateOf), q: table.q, updates };
}

function fullOptions(where: string, options: LearnFromDemandOptions) {
  requireOptions(where, options, optionNames());
  const {
    observed: given,
    passes = 5,
    discount = 1,
    learningRate = { power: 0.8 },
    seed = 0,
    signal,
    ...problem
  } = options;
  requirePositiveInteger(where, 'passes', passes);
  requireProbability(where, 'discount', discount);
  requireLearningRate(where, learningRate);
  requireSeed(where, seed);
  requireSignal(where, signal);
  return { passes, discount, learningRate, seed, signal, problem, observed: requireSeries(where, 'observed', given) };
}
