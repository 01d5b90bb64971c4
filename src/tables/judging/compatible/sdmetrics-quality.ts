import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { requireFlag } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { mean } from '../../../statistics/moments.js';
import { requireJudged } from '../judged-tables.js';
import { columnShape } from './column-shape.js';
import { type ComparedColumn, comparedColumns } from './compared-columns.js';
import { pairTrend } from './pair-trend.js';

/** Options of {@link sdmetricsQuality}. */
export interface SdmetricsQualityOptions<C extends Columns> {
  /** The real rows. */
  readonly real: Table<C>;
  /** Whether every pair counts, as up to SDMetrics 0.26, so that older figures can be set beside. Default `false`, as in 0.27. */
  readonly allPairs?: boolean;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What the quality report of SDMetrics says: scores in [0, 1], higher is more alike. */
export interface SdmetricsQuality {
  /** "Column Shapes": the mean over the columns. */
  readonly columnShapes: number;
  /** "Column Pair Trends": the mean over the pairs that count; NaN when none does. */
  readonly columnPairTrends: number;
  /** "Overall Score": the mean of both; of `columnShapes` alone when no pair counts. */
  readonly overall: number;
  /** Each column, in the order of the real table. */
  readonly columns: readonly {
    /** Its name. */
    readonly column: string;
    /** "KSComplement" of numbers and times, "TVComplement" of ids. */
    readonly score: number;
  }[];
  /** Each pair of columns. */
  readonly pairs: readonly {
    /** Their names. */
    readonly columns: readonly [string, string];
    /** "CorrelationSimilarity" of two columns of numbers or times, "ContingencySimilarity" of others; NaN when the pair does not count. */
    readonly score: number;
    /**
     * "Real Correlation" or "Real Association": Pearson's r in [-1, 1], or Cramér's V in [0, 1]; NaN when a real
     * column never varies. SDMetrics gives none either where a virtual one never does.
     */
    readonly association: number;
  }[];
}

const names: OptionNames<SdmetricsQualityOptions<Columns>> = { real: true, allPairs: true, signal: true };

/**
 * The quality report of SDMetrics 0.27, or of 0.26 with `allPairs`, for figures beside published ones. To choose a model, take {@link compareTables} or
 * {@link judgeTable} instead: these scores have no mark that real rows would get, and some faults please them.
 *
 *     numbers, times    1 - max over x of |share of real at most x - share of virtual at most x|
 *     ids               1 - (sum over ids of |share in real - share in virtual|) / 2
 *     two numbers       1 - |r in real - r in virtual| / 2, Pearson's r over rows that have both
 *     other pairs       1 - (sum over pairs of cells of |share in real - share in virtual|) / 2
 *
 * - *A pair trend does not see a shift.* A number beside ids is cut into 10 bins of equal width, real and virtual numbers *with
 *   separate histogram edges*, each between their own extremes; and r is blind to shift and scale. A column that is moved or
 *   stretched can so keep all its pairs at 1. {@link compareTables} cuts both at the same edges, those of the
 *   real numbers: what is moved away ends up in the outermost of their bins.
 * - *Few pairs count*: those with |r| above 0.5, or Cramér's V above 0.3, in the real table. That
 *   independent columns become dependent is not seen. Up to SDMetrics 0.26 all counted: see `allPairs`, and which version a figure is from.
 *   A pair of numbers also drops out of the mean where a virtual column never varies, and a time beside ids likewise.
 * - Missing values are left out of shapes and of r; among ids they are one more, and a missing number is in the bin of the largest.
 *   Of ids that only the virtual table has, SDMetrics adds 1e-6 rows to the real one, and so does this.
 *
 * `idColumn` and `categoryColumn` are its "categorical", `timeColumn` its "datetime" (in nanoseconds), other columns its
 * "numerical". It leaves out columns that its metadata call "id": leave such out of both tables. Beyond 50,000 rows it takes pairs
 * with ids from 50,000 drawn rows, other ones each time; here all rows count. A column with missing values only, which it skips, is refused.
 *
 * @param virtual - Rows of a model, 2 or more.
 * @param options - The real rows, 2 or more.
 * @returns The scores, under the names of SDMetrics.
 * @throws RangeError when a table has too few rows, a column without any value or lacks a column of `real`, or an option is wrong.
 * @see DataCebo, "SDMetrics: Quality Report" (2026), https://docs.sdv.dev/sdmetrics
 * @example
 * const read = (rows: string) =>
 *   parseTable(`country,price\n${rows}\n`, { country: categoryColumn(), price: moneyColumn() });
 * const real = read('UK,1\nUK,1\nUK,2\nFrance,11');
 * const virtual = read('UK,101\nUK,101\nUK,102\nFrance,111'); // every price is 100 too high
 * const { columns, pairs } = await sdmetricsQuality(virtual, { real });
 * columns.map(({ score }) => score); // [1, 0]
 * pairs[0]!.score; // 1
 * (await compareTables(virtual, { real, heldOut: real })).pair.value; // 0: no real price is near
 */
export async function sdmetricsQuality<C extends Columns>(
  virtual: Table<C>,
  options: SdmetricsQualityOptions<C>,
): Promise<SdmetricsQuality> {
  const where = 'sdmetricsQuality';
  requireGivenOptions(where, options, names);
  const { real, allPairs = false, signal } = options;
  requireFlag(where, 'allPairs', allPairs);
  const pause = pauseFor(where, signal);
  await requireJudged(where, { virtual, real }, 2, 'or columns have nothing to do with each other', pause);
  const compared = await comparedColumns({ real, virtual }, pause);
  const columns: SdmetricsQuality['columns'][number][] = [];
  for (const each of compared) columns.push({ column: each.name, score: await columnShape(each, pause) });
  const pairs = await pairTrends(compared, { allPairs, pause });
  const columnShapes = meanOfCounted(columns);
  const columnPairTrends = meanOfCounted(pairs);
  const overall = meanOfCounted([{ score: columnShapes }, { score: columnPairTrends }]);
  return { columnShapes, columnPairTrends, overall, columns, pairs };
}

async function pairTrends(
  columns: readonly ComparedColumn[],
  options: Parameters<typeof pairTrend>[2],
): Promise<SdmetricsQuality['pairs']> {
  const pairs: SdmetricsQuality['pairs'][number][] = [];
  for (const [place, first] of columns.entries()) {
    for (const second of columns.slice(place + 1)) {
      pairs.push({ columns: [first.name, second.name], ...(await pairTrend(first, second, options)) });
    }
  }
  return pairs;
}

function meanOfCounted(scores: readonly { readonly score: number }[]): number {
  return mean(scores.map(({ score }) => score).filter((score) => !Number.isNaN(score)));
}
