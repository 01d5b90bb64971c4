import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositive } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type CustomerHistory, requireHistory } from '../history/history.js';
import type { PurchaseModel } from '../purchases/purchase-model.js';
import type { ChurnFeature } from './churn-features.js';
import { type ChurnModel, type ChurnOptions, churnModelOf, scoreOf } from './churn-model.js';

/** Options of {@link purchaseChurn}. */
export interface PurchaseChurnOptions extends ChurnOptions {
  /** From {@link modifiedBgNbd} or another of its kind. */
  readonly model: PurchaseModel;
  /** How far ahead it looks, in units. By default that of the history. */
  readonly horizon?: number;
}

/**
 * A model of repeat buying as a model of churn: it ranks by the probability of no purchase within the horizon, which takes in those who
 * stay and happen to buy nothing. P(alive) does not, and ranks worse: who buys once a year is alive and silent.
 *
 * It learns nothing more, and needs no future: the way without a horizon to look back on.
 *
 * @param history - Customers that others are told apart from in explanations; the one of the fit will do.
 * @param options - The model.
 * @returns The model of churn.
 * @throws RangeError when there is no model, or no horizon.
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn() });
 * const history = await customerHistory(orders, { customer: 'Customer', time: 'Time' });
 * const model = await modifiedBgNbd(history, { noDropout: 'nbd' });
 * const churn = await purchaseChurn(history, { model, horizon: 4 });
 * const risks = await churn.predict(history);
 * risks.length === history.length; // true
 */
export async function purchaseChurn(history: CustomerHistory, options: PurchaseChurnOptions): Promise<ChurnModel> {
  const where = 'purchaseChurn';
  requireGivenOptions(where, options, { model: true, horizon: true, signal: true });
  const { model, horizon = history?.future?.horizon, signal } = options;
  if (typeof model?.probabilityOfNone !== 'function') {
    refuse(where, 'model', 'be a model of purchases, such as modifiedBgNbd gives', model);
  }
  requirePositive(where, 'horizon', horizon);
  const pause = pauseFor(where, signal);
  requireHistory(where, history);
  // With these three no mixture of two customers is impossible: the age is the sum of two of them.
  const features: readonly ChurnFeature[] = ['sinceLast', 'frequency', 'recency'];
  const scorer = {
    name: model.name,
    horizon,
    unit: model.unit,
    features,
    score: async ([sinceLast, frequency, recency]: readonly Float64Array[]) => {
      const first = recency!.map((log) => Math.expm1(log));
      const past = {
        ...history,
        length: first.length,
        frequency: frequency!.map((log) => Math.round(Math.expm1(log))),
        recency: first,
        age: first.map((last, row) => last + Math.expm1(sinceLast![row]!)),
        recent: first,
        lines: first,
      };
      return (await model.probabilityOfNone(past, { horizon })).map(scoreOf);
    },
  };
  return churnModelOf(scorer, history, pause);
}
