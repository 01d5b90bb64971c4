import { drawParts, type RandomSplitOptions, randomSplitNames } from '../../data/splits/draw-parts.js';
import { requireGivenOptions } from '../../internal/options.js';
import { type CustomerHistory, requireHistory, takeCustomers } from './history.js';

/**
 * Draws customers for a test, or for a calibration: what a model learned from says nothing of how sure it may be.
 *
 * @param history - Of two customers or more.
 * @param options - `testShare`, the share that is drawn, above 0 and below 1; `seed`.
 * @returns `train` and `test`, each with a customer at least, in the order of the history.
 * @throws RangeError when there are fewer than two customers, or an option is wrong.
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn() });
 * const history = await customerHistory(orders, { customer: 'Customer', time: 'Time' });
 * const { train, test } = splitCustomers(history, { testShare: 0.25, seed: 7 });
 * train.length + test.length === history.length; // true
 */
export function splitCustomers<H extends CustomerHistory>(
  history: H,
  options: RandomSplitOptions,
): {
  /** Those that were not drawn. */
  readonly train: H;
  /** Those that were. */
  readonly test: H;
} {
  const where = 'splitCustomers';
  requireGivenOptions(where, options, randomSplitNames);
  requireHistory(where, history);
  const parts = drawParts(where, history.length, options, 'history.length');
  const rows = Uint32Array.from(parts.keys());
  const take = (part: number) =>
    takeCustomers(
      history,
      rows.filter((row) => parts[row] === part),
    );
  return { train: take(0), test: take(1) };
}
