import { type OptionNames, requireOptions } from '../../internal/options.js';
import { piecemeal } from '../../internal/pieces.js';
import {
  refuse,
  requireFunction,
  requireGivenFunction,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import {
  type CustomerHistory,
  endOfFuture,
  type LabelledHistory,
  requireFuture,
  takeCustomers,
} from '../history/history.js';
import { type ChurnScore, scoreChances } from './calibration.js';
import { type ChurnOptions, churnLabels, type LearnChurn } from './churn-model.js';
import { foldsOf } from './folds.js';
import { logisticChurn } from './logistic-churn.js';

/** Options of {@link compareChurn}. */
export interface CompareChurnOptions extends ChurnOptions {
  /** What is compared, by name. By default {@link logisticChurn} on all features. The rules of recency and frequency stand beside it always. */
  readonly models?: Readonly<Record<string, LearnChurn>>;
  /**
   * Customers at a later date whose future is known: models learn from all of `history` and are judged on these. It shows what a model is
   * worth that was learned in the past. By default models are judged on the customers of `history` that they did not learn from.
   */
  readonly test?: CustomerHistory;
  /** Parts of the customers, each judged by what was learned from the others, from 2 to 10. Default 5. */
  readonly folds?: number;
  /** Chooses the parts; any safe integer. Default 0. */
  readonly seed?: number;
  /** Called when a model has been judged on a part, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: ChurnProgress) => void | Promise<void>;
}

/** How far {@link compareChurn} has come. */
export interface ChurnProgress {
  /** The model that was judged. */
  readonly model: string;
  /** Models judged so far, each part by itself. */
  readonly done: number;
  /** All there will be. */
  readonly total: number;
}

/** What {@link compareChurn} found. */
export interface ChurnComparison {
  /** Customers that were judged. */
  readonly customers: number;
  /** The share of them that bought nothing. */
  readonly share: number;
  /** Brier score of this share for everybody: what a model must stay below. */
  readonly baselineBrier: number;
  /** How far ahead was looked, in units. */
  readonly horizon: number;
  /** The scores by name; `recency` and `frequency` are the simple rules. */
  readonly models: Readonly<Record<string, ChurnScore>>;
  /** Everything as a table of text. */
  readonly table: string;
}

/** Each part has customers of both kinds, of whom there are ten or more. */
const mostFolds = 10;

function names(): OptionNames<CompareChurnOptions> {
  return { models: true, test: true, folds: true, seed: true, onProgress: true, signal: true };
}

/**
 * Judges models of churn on customers that they did not learn from, beside two rules of one number: how long ago the last purchase was, and
 * how many there were.
 *
 * @param history - With a `horizon`.
 * @param options - What is compared.
 * @returns For each model the area under the ROC curve, the Brier score, its gain over recency, and a table of calibration.
 * @throws RangeError when the history has no future or too few customers of a kind, `test` begins before what was learned from has ended or
 *   has another horizon, or an option is wrong.
 * @see DeLong, DeLong and Clarke-Pearson (1988); Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950)
 * @example
 * const shop = simulateShop({ seed: 7, users: 400, items: 30, days: 180 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 3, 28), horizon: 4 });
 * const { models } = await compareChurn(history, { seed: 1 });
 * Object.keys(models); // ['recency', 'frequency', 'logistic']
 */
export async function compareChurn(
  history: CustomerHistory,
  options: CompareChurnOptions = {},
): Promise<ChurnComparison> {
  const where = 'compareChurn';
  requireOptions(where, options, names());
  const { folds = 5, seed = 0, test, onProgress, signal } = options;
  requireWholeNumber(where, 'folds', folds, 2, mostFolds);
  requireSeed(where, seed);
  requireFunction(where, 'onProgress', onProgress);
  const makers = makersOf(where, options.models);
  const pause = pauseFor(where, signal);
  requireFuture(where, history);
  const learnedLabels = churnLabels(where, history);
  if (test) requireTest(where, history, test);
  const judged = test ? (test as LabelledHistory) : history;
  const labels = test ? churnLabels(where, judged) : learnedLabels;
  const parts = test ? [wholePart(history, judged)] : await partsOf(history, labels, [folds, seed], pause);
  const chances: Record<string, Float64Array> = {};
  let done = 0;
  for (const [name, learn] of Object.entries(makers)) {
    chances[name] = new Float64Array(judged.length);
    for (const { known, asked, rows } of parts) {
      const model = await learn(known, signal ? { signal } : {});
      const found = await model.predict(asked, signal ? { signal } : {});
      model.dispose?.();
      for (const [place, row] of rows.entries()) chances[name][row] = found[place]!;
      done += 1;
      await onProgress?.({ model: name, done, total: Object.keys(makers).length * parts.length });
      await pause();
    }
  }
  const judgement = { labels, rule: chances.recency!, parts: parts.map(({ rows }) => rows) };
  const models: Record<string, ChurnScore> = {};
  for (const [name, own] of Object.entries(chances)) {
    models[name] = await scoreChances(own, judgement, pause);
  }
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const { horizon } = judged.future;
  const facts = { customers: labels.length, share, baselineBrier: share * (1 - share), horizon, models };
  return { ...facts, table: tableOf(facts, judged.unit) };
}

function makersOf(where: string, given: CompareChurnOptions['models']): Readonly<Record<string, LearnChurn>> {
  const models = given ?? { logistic: logisticChurn };
  const rules: Readonly<Record<string, LearnChurn>> = {
    recency: (history, own) => logisticChurn(history, { ...own, features: ['sinceLast'] }),
    frequency: (history, own) => logisticChurn(history, { ...own, features: ['frequency'] }),
  };
  for (const [name, learn] of Object.entries(models)) {
    requireGivenFunction(where, `models.${name}`, learn);
    if (Object.hasOwn(rules, name)) refuse(where, 'models', 'leave the names of the rules to them', name);
  }
  return { ...rules, ...models };
}

function requireTest(where: string, history: LabelledHistory, test: CustomerHistory): void {
  requireFuture(where, test);
  if (test.unit !== history.unit || test.future.horizon !== history.future.horizon) {
    const shown = `${test.future.horizon} ${test.unit}s`;
    refuse(where, 'test', `look as far ahead as the history, ${history.future.horizon} ${history.unit}s`, shown);
  }
  const end = endOfFuture(history);
  if (test.until < end) {
    const dates = [end, test.until].map((time) => new Date(time).toISOString().slice(0, 10));
    refuse(where, 'test.until', `not lie before the end of what was learned from, ${dates[0]}`, dates[1]);
  }
}

/** Customers to learn from, and others to ask about. */
interface Part {
  readonly known: LabelledHistory;
  readonly asked: LabelledHistory;
  /** Places of those asked about. */
  readonly rows: Uint32Array;
}

function wholePart(known: LabelledHistory, asked: LabelledHistory): Part {
  return { known, asked, rows: Uint32Array.from({ length: asked.length }, (_, row) => row) };
}

async function partsOf(
  history: LabelledHistory,
  labels: Float64Array,
  [folds, seed]: readonly [number, number],
  pause: () => Promise<void>,
): Promise<Part[]> {
  const parts = await piecemeal(foldsOf(labels, folds, seed), pause);
  return parts.map(({ rows, others }) => ({
    known: takeCustomers(history, others),
    asked: takeCustomers(history, rows),
    rows,
  }));
}

function tableOf(
  { customers, share, baselineBrier, horizon, models }: Omit<ChurnComparison, 'table'>,
  unit: string,
): string {
  const range = ({ value, interval }: { value: number; interval: readonly [number, number] }) =>
    `${value.toFixed(4)} (${interval[0].toFixed(4)} to ${interval[1].toFixed(4)})`;
  const rows = Object.entries(models).map(
    ([name, { auc, brier, gain }]) => `| ${name} | ${range(auc)} | ${range(brier)} | ${range(gain)} |`,
  );
  return [
    `${customers} customers, ${(100 * share).toFixed(1)}% of whom bought nothing within ${horizon} ${unit}s; Brier score of that share: ${baselineBrier.toFixed(4)}`,
    '',
    '| model | AUC | Brier score | less than that of recency |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
