import { requireOptions } from '../../internal/options.js';
import { piecemeal } from '../../internal/pieces.js';
import { pauseFor } from '../../internal/signal.js';
import { type Design, fitLogistic, linearScores } from '../../statistics/logistic-regression.js';
import { type CustomerHistory, requireFuture } from '../history/history.js';
import { type ChurnCategory, categoryColumns, learnCategories } from './churn-categories.js';
import {
  type ChurnFeature,
  featureColumns,
  knownFeatures,
  requireFeatures,
  scaled,
  scalesOf,
} from './churn-features.js';
import { type ChurnModel, type ChurnOptions, churnLabels, churnModelOf, futureOf } from './churn-model.js';

/** Options of {@link logisticChurn}. */
export interface LogisticChurnOptions extends ChurnOptions {
  /** What it looks at: `['sinceLast']` alone is the simple rule of recency. By default all that the history knows. */
  readonly features?: readonly ChurnFeature[];
  /** Categories that it looks at, each with a weight of its own; up to 4. By default all that the history knows, and none where `features` are named. */
  readonly categories?: readonly string[];
}

/**
 * Learns who will buy nothing by logistic regression on standardised features, with half the sum of the weights' squares as penalty.
 *
 * Of the models of churn it is the one to begin with: on CDNOW and UCI Online Retail no other was better by more than the intervals. Learn it
 * from a history that ends a horizon ago, so that the future is known, and predict on the history of today.
 *
 * @param history - With a `horizon`: 10 customers or more who bought in it, and as many who did not.
 * @returns The model.
 * @throws RangeError when the history has no future, too few customers of a kind, or not the features or categories.
 * @example
 * const shop = simulateShop({ seed: 7, users: 200, items: 30, days: 120 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const past = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 1, 20), horizon: 2 });
 * const model = await logisticChurn(past);
 * const today = await customerHistory(orders, columns);
 * const risks = await model.predict(today);
 * const why = await model.explain(today, today.customers.idAt(0)!);
 * why.contributions.length; // 7
 */
export async function logisticChurn(history: CustomerHistory, options: LogisticChurnOptions = {}): Promise<ChurnModel> {
  const where = 'logisticChurn';
  requireOptions(where, options, { features: true, categories: true, signal: true });
  const pause = pauseFor(where, options.signal);
  requireFuture(where, history);
  const { features = knownFeatures(history) } = options;
  requireFeatures(where, history, features);
  const labels = churnLabels(where, history);
  const categories = learnCategories(where, history, options);
  const columns = await featureColumns(history, features, pause);
  const scales = scalesOf(columns);
  const design = designOf(scaled(columns, scales), categoryColumns(where, history, categories), categories);
  const weights = await piecemeal(fitLogistic(design, labels), pause);
  const scorer = {
    name: 'logistic regression',
    horizon: history.future.horizon,
    learnedFrom: futureOf(history),
    unit: history.unit,
    features: [...features],
    categories,
    score: async (raw: readonly Float64Array[], pauseEach: () => Promise<void>) => {
      const asked = designOf(scaled(raw.slice(0, scales.length), scales), raw.slice(scales.length), categories);
      const scores = new Float64Array(asked.rows);
      await piecemeal(linearScores(asked, weights, scores), pauseEach);
      return scores;
    },
  };
  return churnModelOf(scorer, history, pause);
}

// Rows with a weight for each column, and one for each category that is known: an unknown one adds nothing.
function designOf(
  columns: readonly Float64Array[],
  places: readonly Float64Array[],
  categories: readonly ChurnCategory[],
): Design {
  const [rows, width] = [columns[0]!.length, columns.length + places.length];
  const cells = { places: new Int32Array(rows * width), values: new Float64Array(rows * width) };
  for (const [place, column] of columns.entries()) {
    for (let row = 0; row < rows; row += 1) {
      cells.places[row * width + place] = place + 1;
      cells.values[row * width + place] = column[row]!;
    }
  }
  let weights = columns.length + 1;
  for (const [place, codes] of places.entries()) {
    for (let row = 0; row < rows; row += 1) {
      if (codes[row] === 0) continue;
      cells.places[row * width + columns.length + place] = weights + codes[row]! - 1;
      cells.values[row * width + columns.length + place] = 1;
    }
    weights += categories[place]!.known.size;
  }
  return { rows, width, weights, ...cells };
}
