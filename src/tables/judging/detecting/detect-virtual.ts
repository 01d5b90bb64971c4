import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { requireSeed, requireWholeNumber } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createRng } from '../../../random/rng.js';
import { meanArea } from '../../../statistics/area-under-curve.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { drawRows, requireJudged } from '../judged-tables.js';
import { crossValidate, type Detector } from './cross-validate.js';
import { logisticDetector } from './logistic-detector.js';
import { tableFeatures } from './table-features.js';
import { leastDetectable, treeDetector } from './tree-detector.js';

/** Options of {@link detectVirtual}. */
export interface DetectVirtualOptions<C extends Columns> {
  /** The rows that the model was learned from. */
  readonly real: Table<C>;
  /** Real rows that it was not learned from. */
  readonly heldOut: Table<C>;
  /** Most rows of each kind, from 60 to 1,000,000; of larger tables so many are drawn. Default 20,000. */
  readonly rows?: number;
  /** Chooses the rows and the folds. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How well virtual rows are told from real ones. */
export interface DetectorScore extends Required<Estimate> {
  /** How well the same detector tells real rows that were learned from and held-out ones: what cannot be told gets this. */
  readonly floor: Required<Estimate>;
}

/** What {@link detectVirtual} found. */
export interface Detection {
  /** Rows of each kind. */
  readonly rows: number;
  /** Area under the ROC curve of boosted trees. */
  readonly trees: DetectorScore;
  /**
   * Area under the ROC curve of a logistic regression on each column by itself. Blind to what columns have to do with each other:
   * it finds nothing wrong with independent columns. For comparison with published figures only.
   */
  readonly logistic: DetectorScore;
}

const names: OptionNames<DetectVirtualOptions<Columns>> = {
  real: true,
  heldOut: true,
  rows: true,
  seed: true,
  signal: true,
};

const folds = 3;

/** More would take hours. */
const mostRows = 1e6;

/**
 * Asks classifiers to tell virtual rows from real ones that were held out.
 *
 *     AUC = P(a virtual row has a higher score than a real one) + P(they have the same) / 2
 *
 * 0.5 of rows that cannot be told, 1 of rows that are always told; the mean over 3 folds, each scored by what was learned from the
 * other two, with DeLong's 95% interval (for other rows of the same kinds, not for another model). Beside it the floor: the same
 * detector on real rows against real rows. There are as many rows of each kind, those of the smallest table. Clearly below 0.5 is a
 * fault of the tables, not a feat: rows of one kind come back in the other, as when virtual rows were made of the held-out ones.
 *
 * The trees (63 leaves of 20 rows or more, learning rate 0.2, one round for 130 rows learned from, 15 to 200 of them) see numbers and times as they are, how many decimals numbers
 * have, to what unit times are round, codes of ids in the order of the vocabulary, and what is missing. Numbers of the same kind
 * with digits that no real one has are told at once.
 *
 * @param virtual - Rows of a model, 60 or more.
 * @param options - The real rows, 60 or more of each kind: with fewer, trees find nothing to split and would call any rows alike.
 * @returns The areas.
 * @throws RangeError when a table has too few rows or lacks a column of `real`, `heldOut` is `real`, or an option is wrong.
 * @see Lopez-Paz and Oquab, "Revisiting Classifier Two-Sample Tests" (2017); Friedman, "Greedy Function Approximation: A Gradient
 *   Boosting Machine" (2001); DeLong, DeLong and Clarke-Pearson (1988)
 * @example
 * const line = (_: unknown, row: number) => (row % 3 === 0 ? 'France,12' : `UK,${1 + (row % 2)}`);
 * const csv = `country,pieces\n${Array.from({ length: 600 }, line).join('\n')}\n`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const { train, test } = splitTable(orders, { testShare: 0.5, seed: 1 });
 * const virtual = await (await independentColumns(train)).sample(300, { seed: 1 });
 * const { trees, logistic } = await detectVirtual(virtual, { real: train, heldOut: test });
 * trees.value > 0.6; // true: no real line of the UK has 12 pieces
 * trees.value > trees.floor.interval[1]; // true
 * logistic.value < 0.6; // true: each column by itself is right
 */
export async function detectVirtual<C extends Columns>(
  virtual: Table<C>,
  options: DetectVirtualOptions<C>,
): Promise<Detection> {
  const where = 'detectVirtual';
  requireGivenOptions(where, options, names);
  const { real, heldOut, rows: most = 20_000, seed = 0, signal } = options;
  requireWholeNumber(where, 'rows', most, leastDetectable, mostRows);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  await requireJudged(where, { virtual, real, heldOut }, leastDetectable, 'or trees find nothing to split', pause);
  const rows = Math.min(most, virtual.length, real.length, heldOut.length);
  const featuresOf = async (name: string, table: Table<C>) =>
    tableFeatures(real, await drawRows(table, rows, createRng(seed).stream(name), pause), pause);
  const ofVirtual = await featuresOf('virtual', virtual);
  const ofReal = await featuresOf('real', real);
  const ofHeldOut = await featuresOf('held out', heldOut);
  const areaOf = async (kind: typeof ofReal, detector: Detector) =>
    meanArea(await crossValidate([kind, ofHeldOut], { detector, folds }, pause));
  const score = async (detector: Detector): Promise<DetectorScore> => ({
    ...(await areaOf(ofVirtual, detector)),
    floor: await areaOf(ofReal, detector),
  });
  return { rows, trees: await score(treeDetector), logistic: await score(logisticDetector) };
}
