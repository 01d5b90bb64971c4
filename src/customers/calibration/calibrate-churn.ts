import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type ChurnModel, churnLabels, scoreOf } from '../churn/churn-model.js';
import { type CustomerHistory, endOfFuture, type LabelledHistory, requireFuture } from '../history/history.js';
import {
  type CalibrateOptions,
  type CalibrationReport,
  calibrateCases,
  fewestToCalibrate,
  requireCalibrating,
} from './calibrate-scores.js';

/** Options of {@link calibrateChurn}. */
export type CalibrateChurnOptions = Omit<CalibrateOptions, 'scorer'>;

/**
 * Learns how a model's chances of churn must be moved to be those that come true: a season, a year later or another shop moves them all,
 * while the order of the customers lasts. {@link calibratedChurn} applies what was learned.
 *
 * It is learned from customers whose future the model has not seen: others at the same date ({@link splitCustomers}), or any at a later
 * one. On its own customers a model is too sure of itself; they are refused where the model says whose future it learned, as all
 * of this library do. Models of your own are taken at their word.
 *
 * @param model - Any model of churn.
 * @param history - With the model's `horizon`: 20 customers or more who bought in it, and as many who did not.
 * @param options - How it is learned.
 * @returns The calibration; Brier score and table before and after; doubts.
 * @throws RangeError when the model has learned the future of one of the customers, horizons or units differ, there are too few customers
 *   of a kind, all have one chance, or an option is wrong.
 * @see Platt, "Probabilistic Outputs for Support Vector Machines" (1999); Zadrozny and Elkan, "Transforming Classifier Scores into Accurate
 *   Multiclass Probability Estimates" (2002)
 * @example
 * const shop = simulateShop({ seed: 7, users: 600, items: 30, days: 180 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 3, 28), horizon: 4 });
 * const { train, test } = splitCustomers(history, { testShare: 0.4, seed: 7 });
 * const model = await logisticChurn(train);
 * const { calibration, gain } = await calibrateChurn(model, test, { scaling: plattScaling });
 * gain.interval[0] < 0; // true: fresh from learning, the logistic regression needs none
 * const calibrated = calibratedChurn(model, calibration);
 */
export async function calibrateChurn(
  model: ChurnModel,
  history: CustomerHistory,
  options: CalibrateChurnOptions = {},
): Promise<CalibrationReport> {
  const where = 'calibrateChurn';
  requireOptions(where, options, { scaling: true, folds: true, seed: true, signal: true });
  requireCalibrating(where, options);
  const pause = pauseFor(where, options.signal);
  requireModel(where, model);
  requireFuture(where, history);
  if (history.unit !== model.unit || history.future.horizon !== model.horizon) {
    const rule = `look as far ahead as the model, ${model.horizon} ${model.unit}s`;
    refuse(where, 'history', rule, `${history.future.horizon} ${history.unit}s`);
  }
  requireUnseen(where, model, history);
  const labels = churnLabels(where, history, fewestToCalibrate);
  const chances = await model.predict(history, options.signal ? { signal: options.signal } : {});
  requireChances(where, chances, history.length);
  return calibrateCases(chances.map(scoreOf), labels, { ...options, scorer: scorerOf(model) }, pause);
}

/** Refuses what is no model of churn. */
export function requireModel(where: string, model: ChurnModel): void {
  if (typeof model?.predict !== 'function')
    refuse(where, 'model', 'be a model of churn, such as logisticChurn gives', model);
}

/** What a calibration says it is for. */
export function scorerOf({ name, horizon, unit }: ChurnModel): string {
  return `${name}, no purchase in ${horizon} ${unit}s`;
}

function requireChances(where: string, chances: Float64Array, customers: number): void {
  if (chances.length !== customers) refuse(where, 'model', `give ${customers} chances`, chances.length);
  const wrong = chances.find((chance) => !(chance >= 0 && chance <= 1));
  if (wrong !== undefined) refuse(where, 'model', 'give chances from 0 to 1', wrong);
  if (chances.every((chance) => chance === chances[0])) {
    refuse(where, 'model', 'tell customers apart: one chance for all says nothing', chances[0]);
  }
}

function requireUnseen(where: string, { learnedFrom }: ChurnModel, history: LabelledHistory): void {
  if (!learnedFrom || history.until >= learnedFrom.to || endOfFuture(history) <= learnedFrom.from) return;
  const ids = Array.from({ length: history.length }, (_, row) => history.customers.idAt(row)!);
  const seen = ids.filter((id) => learnedFrom.customers.has(id));
  if (seen.length === 0) return;
  const end = new Date(learnedFrom.to).toISOString().slice(0, 10);
  const rule = `be of customers that the model did not learn from, or begin on ${end} or later`;
  refuse(where, 'history', rule, `${seen.length} customers that it learned from, such as ${seen[0]}`);
}
