import { inStretches, piecemeal } from '../../../internal/pieces.js';
import type { Both, Cells, ComparedColumn } from './compared-columns.js';

type Pause = () => Promise<void>;

/** How alike two columns are in what they have to do with each other. */
export interface PairTrend {
  /** NaN where the pair does not count. */
  readonly score: number;
  /** What the columns have to do with each other in the real table: r of two numbers, V of others; NaN of a constant. */
  readonly association: number;
}

/** A pair counts when what its columns have to do with each other is above these. */
const [leastCorrelation, leastAssociation] = [0.5, 0.3];

interface PairTrendOptions {
  /** Whether every pair counts. */
  readonly allPairs: boolean;
  readonly pause: Pause;
}

/** Compares two columns: numbers by their correlation, others by the shares of pairs of cells. */
export async function pairTrend(
  first: ComparedColumn,
  second: ComparedColumn,
  options: PairTrendOptions,
): Promise<PairTrend> {
  if (first.numbers && second.numbers) return correlationTrend(first.numbers, second.numbers, options);
  if (first.cells && second.cells) return contingencyTrend(first.cells, second.cells, options);
  return { score: Number.NaN, association: Number.NaN };
}

async function correlationTrend(
  first: Both<Float64Array>,
  second: Both<Float64Array>,
  { allPairs, pause }: PairTrendOptions,
): Promise<PairTrend> {
  const association = await correlation(first.real, second.real, pause);
  if (!allPairs && !(Math.abs(association) > leastCorrelation)) return { score: Number.NaN, association };
  const virtual = await correlation(first.virtual, second.virtual, pause);
  return { score: 1 - Math.abs(association - virtual) / 2, association };
}

/** Pearson's r over the rows that have both numbers; NaN where one of them never varies. */
async function correlation(first: Float64Array, second: Float64Array, pause: Pause): Promise<number> {
  const isWhole = (row: number) => !Number.isNaN(first[row]!) && !Number.isNaN(second[row]!);
  const [ofFirst, ofSecond] = [await spread(first, isWhole, pause), await spread(second, isWhole, pause)];
  let [xx, yy, xy] = [0, 0, 0];
  const visit = (from: number, to: number) => {
    for (let row = from; row < to; row += 1) {
      if (!isWhole(row)) continue;
      const [x, y] = [
        (first[row]! - ofFirst.centre) / ofFirst.reach,
        (second[row]! - ofSecond.centre) / ofSecond.reach,
      ];
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
  };
  await piecemeal(inStretches(first.length, visit), pause);
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * The mean of the numbers in whole rows, and how far one is from it at most: in units of that, squares stay finite.
 * Numbers that never vary are their own mean to the last digit, so that the reach is 0.
 */
async function spread(
  numbers: Float64Array,
  isWhole: (row: number) => boolean,
  pause: Pause,
): Promise<{ readonly centre: number; readonly reach: number }> {
  let [rows, centre, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const visit = (from: number, to: number) => {
    for (let row = from; row < to; row += 1) {
      if (!isWhole(row)) continue;
      const number = numbers[row]!;
      rows += 1;
      centre += (number - centre) / rows;
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
  };
  await piecemeal(inStretches(numbers.length, visit), pause);
  return { centre, reach: Math.max(high - centre, centre - low) };
}

async function contingencyTrend(
  first: Cells,
  second: Cells,
  { allPairs, pause }: PairTrendOptions,
): Promise<PairTrend> {
  const { size } = second;
  const real = await countPairs(first.real, second.real, size, pause);
  const association = await cramersV(real, first.size, size, pause);
  if (!allPairs && !(association > leastAssociation)) return { score: Number.NaN, association };
  const virtual = await countPairs(first.virtual, second.virtual, size, pause);
  let score = 0;
  let step = 0;
  for (const [pair, count] of real.counts) {
    score += Math.min(count / real.rows, (virtual.counts.get(pair) ?? 0) / virtual.rows);
    if (step++ % 2 ** 12 === 0) await pause();
  }
  // Shares that add up to 1 may be rounded to more.
  return { score: Math.min(1, score), association };
}

/** How many rows are in each pair of cells `a` and `b`, under `a * size + b`. */
interface PairCounts {
  readonly counts: ReadonlyMap<number, number>;
  readonly rows: number;
}

async function countPairs(first: Int32Array, second: Int32Array, size: number, pause: Pause): Promise<PairCounts> {
  const counts = new Map<number, number>();
  for (let row = 0; row < first.length; row += 1) {
    const pair = first[row]! * size + second[row]!;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    if (row % 2 ** 12 === 0) await pause();
  }
  return { counts, rows: first.length };
}

/** Cramér's V, without correction; NaN where one side is always the same. */
async function cramersV({ counts }: PairCounts, firstSize: number, size: number, pause: Pause): Promise<number> {
  const [ofFirst, ofSecond] = [new Float64Array(firstSize), new Float64Array(size)];
  let step = 0;
  for (const [pair, count] of counts) {
    ofFirst[Math.floor(pair / size)]! += count;
    ofSecond[pair % size]! += count;
    if (step++ % 2 ** 12 === 0) await pause();
  }
  // chi squared / rows: sum of (count - expected)^2 / (rows * expected), which is sum of count^2 / (product of totals) - 1.
  let phiSquared = -1;
  for (const [pair, count] of counts) {
    phiSquared += (count / ofFirst[Math.floor(pair / size)]!) * (count / ofSecond[pair % size]!);
    if (step++ % 2 ** 12 === 0) await pause();
  }
  const least = Math.min(occupied(ofFirst), occupied(ofSecond)) - 1;
  return least < 1 ? Number.NaN : Math.sqrt(Math.max(0, phiSquared) / least);
}

function occupied(totals: Float64Array): number {
  return totals.reduce((all, total) => all + (total > 0 ? 1 : 0), 0);
}
