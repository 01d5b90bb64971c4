import { requireOptions } from '../../internal/options.js';
import { requirePositive, requirePositiveInteger, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { growTrees, scoreRows } from '../../trees/boosted-trees.js';
import { logisticLoss } from '../../trees/tree-loss.js';
import { type CustomerHistory, requireFuture } from '../history/history.js';
import { type ChurnFeature, featureColumns, knownFeatures, requireFeatures } from './churn-features.js';
import { type ChurnModel, type ChurnOptions, churnLabels, churnModelOf, futureOf } from './churn-model.js';

/** Options of {@link treeChurn}. */
export interface TreeChurnOptions extends ChurnOptions {
  /** What it looks at. By default all that the history knows. */
  readonly features?: readonly ChurnFeature[];
  /** Number of trees, >= 1. Default 60. */
  readonly rounds?: number;
  /** Leaves of a tree, >= 2. Default 4: a few thousand customers teach no more. */
  readonly leaves?: number;
  /** What share of each tree is added, > 0. Default 0.05. */
  readonly learningRate?: number;
}

/** Customers of a leaf. */
const leastRows = 50;

/**
 * Learns who will buy nothing by boosted trees: thresholds and their combinations, which {@link logisticChurn} does not see. With a few
 * thousand customers it is seldom better.
 *
 * @param history - With a `horizon`: 10 customers or more who bought in it, and as many who did not; with fewer than 100 no tree finds a
 *   split.
 * @returns The model.
 * @throws RangeError when the history has no future, too few customers of a kind, or not the features.
 * @see Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001)
 * @example
 * const shop = simulateShop({ seed: 7, users: 400, items: 30, days: 180 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 3, 28), horizon: 4 });
 * const model = await treeChurn(history, { rounds: 20 });
 * (await model.predict(history)).length === history.length; // true
 */
export async function treeChurn(history: CustomerHistory, options: TreeChurnOptions = {}): Promise<ChurnModel> {
  const where = 'treeChurn';
  requireOptions(where, options, { features: true, rounds: true, leaves: true, learningRate: true, signal: true });
  const { rounds = 60, leaves = 4, learningRate = 0.05, signal } = options;
  requirePositiveInteger(where, 'rounds', rounds);
  requireWholeNumber(where, 'leaves', leaves, 2);
  requirePositive(where, 'learningRate', learningRate);
  const pause = pauseFor(where, signal);
  requireFuture(where, history);
  const { features = knownFeatures(history) } = options;
  requireFeatures(where, history, features);
  const labels = churnLabels(where, history);
  const rules = { loss: logisticLoss, rounds, leaves, learningRate, leastRows };
  const trees = await growTrees(await featureColumns(history, features, pause), labels, rules, pause);
  const scorer = {
    name: 'boosted trees',
    horizon: history.future.horizon,
    learnedFrom: futureOf(history),
    unit: history.unit,
    features: [...features],
    score: async (columns: readonly Float64Array[], pauseEach: () => Promise<void>) =>
      (await scoreRows(trees, columns, pauseEach))[0]!,
  };
  return churnModelOf(scorer, history, pause);
}
