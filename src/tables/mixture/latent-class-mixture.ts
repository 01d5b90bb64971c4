import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  requireFilled,
  requireFunction,
  requireNonNegative,
  requirePositiveInteger,
  requireSeed,
  requireShare,
  requireSizes,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';
import { codeTable } from '../coding/table-coding.js';
import { layOut } from '../layout/table-layout.js';
import { modelOfRows } from '../model-of-rows.js';
import type { NoColumns, TableModel, TableModelOptions } from '../table-model.js';
import { bestTrial, type ClassesTrial, tryClasses } from './choose-classes.js';
import { fitMixture, type MixtureProgress } from './fit-mixture.js';
import { mixtureDistribution } from './mixture-distribution.js';
import { sortRows } from './sorted-rows.js';
import { startMixture } from './start-mixture.js';

/** Options of {@link latentClassMixture}. */
export interface LatentClassOptions<C extends Columns = NoColumns> extends TableModelOptions<C> {
  /**
   * Number of classes, K; at most as many as the table has different rows. More follow the table closer, and too many learn it by
   * heart. Of a list, and of 1, 3, 10, 30, 100 and 300 by default, the number is taken under which rows that were held out are
   * likeliest; then all rows are fitted with it.
   */
  readonly classes?: number | readonly number[];
  /** The share of rows that are held out to choose the number of classes, in (0, 1). Default 0.2. */
  readonly heldOutShare?: number;
  /** Most iterations of EM. Default 40; where the number of classes is chosen, as many as were best for the rows held out. */
  readonly iterations?: number;
  /** Ends the fit when `logPosterior` gains no more than this share of its size. Default 1e-5; 0 goes on while it gains. */
  readonly tolerance?: number;
  /**
   * So many rows more does each class count, in which every value has its share of the whole table: what keeps a class from
   * ruling out what it has not seen. >= 0. Default 3.
   */
  readonly smoothing?: number;
  /** Chooses the rows that classes begin with. Default 0. */
  readonly seed?: number;
  /** Called after every iteration, and waited for. What it throws ends the fit. */
  readonly onProgress?: (progress: MixtureProgress) => void | Promise<void>;
}

/** What {@link latentClassMixture} learned. */
export interface LatentClassMixture<C extends Columns = Columns> extends TableModel<C> {
  /** `[K]`: the share of rows of each class; they add up to 1. */
  readonly classShares: Float64Array;
  /** How the fit went, one entry for each iteration. */
  readonly history: readonly MixtureProgress[];
  /** The numbers of classes that were tried; none where one was given. */
  readonly trials: readonly ClassesTrial[];
}

const names: OptionNames<LatentClassOptions> = {
  classes: true,
  heldOutShare: true,
  iterations: true,
  tolerance: true,
  smoothing: true,
  bins: true,
  together: true,
  derived: true,
  seed: true,
  signal: true,
  onProgress: true,
};

/**
 * Learns a mixture of classes of rows, within each of which the columns are independent, by the EM algorithm.
 *
 *     p(row) = sum over k of share[k] * product over columns of p(state of the cell | class k)
 *
 * What columns have to do with each other lies in the classes alone. Therefore the probability of a condition on any columns, and
 * the rows given it, are exact and take one pass over the classes. What the model learns maximises the likelihood times a Dirichlet
 * prior (see `smoothing`). {@link TableModel} says what a state is. It runs in plain loops whose sums have one order: the same bits
 * everywhere, and no backend. Memory: 16 bytes for each state and class, and while it is fitted 8 for each cell and 16 for each row.
 *
 * Where the number of classes is chosen, the best one is taken, not the least within a standard error of it: on order lines of a shop
 * (500 to 50,000 rows, three seeds) that made further rows likelier or left them as they were. How many iterations a fit takes is chosen with it, for
 * long fits with many classes learn rows by heart.
 *
 * @param table - 1 row or more, 2 to choose the number of classes; each column has a value in some row. A column that never varies
 *   stays as it is.
 * @param options - The number of classes, and how to fit.
 * @returns The model, which holds no rows of the table.
 * @throws RangeError when the table is empty, a column holds nothing but missing values or numbers that are not finite, there are
 *   more classes than different rows, or an option is wrong.
 * @see Vermunt and Magidson, "Latent Class Analysis" (2004)
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\nFrance,12\nFrance,24\n';
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const model = await latentClassMixture(orders, { classes: 2, seed: 7 });
 * const french = await model.sample(100, { where: { country: 'France' }, seed: 1 });
 * french.columns.country.codes.every((code) => code === 1); // true
 * (await model.probability({ country: 'France' })).toFixed(2); // '0.50'
 * const few = await model.probability({ country: 'France', pieces: { to: 2 } });
 * (await model.probability({ country: 'France', pieces: { from: 12 } })) > few; // true
 * const chosen = await latentClassMixture(orders, { classes: [1, 2], seed: 7 });
 * chosen.trials.length; // 2
 *
 * const priced = parseTable('product,price,pieces,total\ntea,2,3,6\ntea,3,1,3\ncake,5,2,10\n', {
 *   product: idColumn(),
 *   price: moneyColumn(),
 *   pieces: countColumn(),
 *   total: moneyColumn(),
 * });
 * const pairs = await latentClassMixture(priced, {
 *   classes: 2,
 *   together: [['product', 'price']], // no cake for 2
 *   derived: { total: (row) => row.price * row.pieces },
 * });
 * await pairs.probability({ product: 'cake', price: 2 }); // 0
 * const { price, pieces: count, total } = (await pairs.sample(50)).columns;
 * total.values.every((value, row) => value === price.values[row]! * count.values[row]!); // true
 */
export async function latentClassMixture<C extends Columns>(
  table: Table<C>,
  options: LatentClassOptions<NoInfer<C>> = {},
): Promise<LatentClassMixture<C>> {
  const where = 'latentClassMixture';
  requireOptions(where, options, names);
  const {
    classes,
    iterations = 40,
    tolerance = 1e-5,
    smoothing = 3,
    bins = 20,
    seed = 0,
    heldOutShare = 0.2,
  } = options;
  const { signal, onProgress } = options;
  const counts = readCounts(where, classes);
  requireShare(where, 'heldOutShare', heldOutShare);
  requirePositiveInteger(where, 'iterations', iterations);
  requireNonNegative(where, 'tolerance', tolerance);
  requireNonNegative(where, 'smoothing', smoothing);
  requirePositiveInteger(where, 'bins', bins);
  requireSeed(where, seed);
  requireFunction(where, 'onProgress', onProgress);
  const pause = pauseFor(where, signal);
  const { learned, layout } = await layOut(where, table, options, pause);
  const coding = await codeTable(where, learned, bins, pause);
  const rng = createRng(seed);
  const settings = { iterations, tolerance, smoothing, onProgress };
  const isGiven = typeof classes === 'number';
  const trials = isGiven ? [] : await tryClasses(where, coding, counts, { ...settings, heldOutShare, rng }, pause);
  const chosen = isGiven ? { classes, iterations } : bestTrial(trials);
  const mixture = await startMixture(where, coding, chosen.classes, rng.stream('classes'), pause);
  const sorted = await sortRows(coding, pause);
  const history = await fitMixture(coding, sorted, mixture, { ...settings, iterations: chosen.iterations }, pause);
  const model = modelOfRows<C>(coding.columns, mixtureDistribution(coding.columns, mixture), layout);
  return { ...model, classShares: mixture.shares.slice(), history, trials };
}

function readCounts(where: string, classes: LatentClassOptions['classes']): readonly number[] | undefined {
  if (typeof classes !== 'object') {
    if (classes !== undefined) requirePositiveInteger(where, 'classes', classes);
    return undefined;
  }
  requireSizes(where, 'classes', classes);
  requireFilled(where, 'classes', classes);
  return classes;
}
