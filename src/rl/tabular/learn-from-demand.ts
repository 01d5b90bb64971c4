import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { empiricalDemand, requireSeries } from '../demand/empirical-demand.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import type { InstantPolicy } from '../policy.js';
import { createFullInformationTable } from './full-information.js';
import { type LearningRateDecay, learningRateAt, requireLearningRate } from './learning-rate.js';
import type { QTable } from './q-table.js';
import { tablePolicy } from './table-policy.js';

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
}

/** What {@link learnFromDemand} gives. */
export interface LearnFromDemandResult {
  /** Acts greedily by the table. */
  readonly policy: InstantPolicy;
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
 * @returns The greedy policy, the table and counts.
 * @throws RangeError when an option is out of range.
 * @see Gong and Simchi-Levi, "Provably More Efficient Q-Learning in the One-Sided-Feedback/Full-Feedback Settings" (2020)
 * @example
 * const observed = [4, 6, 5, 3, 7, 5, 2, 8, 4, 6];
 * const { policy, updates } = learnFromDemand({ observed, leadTime: 1, holding: 1, penalty: 4 });
 * updates; // 50
 * policy.act([0]); // 6
 */
export function learnFromDemand(options: LearnFromDemandOptions): LearnFromDemandResult {
  const { observed: given, passes = 5, discount = 1, learningRate = { power: 0.8 }, seed = 0, ...problem } = options;
  requirePositiveInteger('learnFromDemand', 'passes', passes);
  requireBetween('learnFromDemand', 'discount', discount, 0, 1, { closed: true });
  requireLearningRate('learnFromDemand', learningRate);
  if (!Number.isSafeInteger(seed)) refuse('learnFromDemand', 'seed', 'be a safe integer', seed);
  const observed = requireSeries('learnFromDemand', 'observed', given);
  const model = inventoryModel({ ...problem, demand: empiricalDemand(observed) });
  const table = createFullInformationTable(model);
  const rng = createRng(seed).stream('replay');
  let updates = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const order = pass === 0 ? observed.keys() : rng.permutation(observed.length);
    for (const place of order) {
      table.update(observed[place]!, { learningRate: learningRateAt(learningRate, updates), discount });
      updates += 1;
    }
  }
  return { policy: tablePolicy('full-information Q', table.q, table.stateOf), q: table.q, updates };
}
