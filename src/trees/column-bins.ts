import { inStretches, piecemeal } from '../internal/pieces.js';
import { sortInParts } from '../internal/sort-in-parts.js';

/** Most bins of a column, without that of missing values: all of them fit in a byte. */
const mostBins = 255;

/** Columns of numbers cut into bins, for the search of splits. */
export interface ColumnBins {
  /** Number of columns, D. */
  readonly width: number;
  /** For each column, rising: a number is in the bin that counts the edges below it; a missing value in the one behind all. */
  readonly edges: readonly Float64Array[];
  /** `[D + 1]`: bins of the columns before each, and of all. */
  readonly offsets: Int32Array;
  /** `[N, D]`: the bin of each cell. */
  readonly bins: Uint8Array;
}

/**
 * Cuts columns into bins: one for each different number where there are at most 255, otherwise of about equally many rows, a number
 * that fills a bin having it to itself. Edges lie in the middle between numbers.
 *
 * @param columns - Each `[N]`; NaN where a value is missing.
 */
export async function binColumns(columns: readonly Float64Array[], pause: () => Promise<void>): Promise<ColumnBins> {
  const width = columns.length;
  const length = columns[0]?.length ?? 0;
  const edges: Float64Array[] = [];
  const bins = new Uint8Array(length * width);
  for (const [place, column] of columns.entries()) {
    const own = await findEdges(column, pause);
    edges.push(own);
    const code = (from: number, to: number) => {
      for (let row = from; row < to; row += 1) bins[row * width + place] = binOf(own, column[row]!);
    };
    await piecemeal(inStretches(length, code, 2 ** 14), pause);
  }
  return { width, edges, bins, offsets: Int32Array.of(0, ...runningCounts(edges)) };
}

/** The bin of missing values in a column with these edges. */
export function missingBin(edges: Float64Array): number {
  return edges.length + 1;
}

function* runningCounts(edges: readonly Float64Array[]): Iterable<number> {
  let sum = 0;
  for (const own of edges) {
    sum += missingBin(own) + 1;
    yield sum;
  }
}

function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return missingBin(edges);
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function findEdges(column: Float64Array, pause: () => Promise<void>): Promise<Float64Array> {
  const present = column.filter((value) => !Number.isNaN(value));
  await sortInParts(present, pause);
  // -0 and 0 are one number.
  const starts: number[] = [];
  const visit = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) if (at === 0 || present[at]! !== present[at - 1]!) starts.push(at);
  };
  await piecemeal(inStretches(present.length, visit), pause);
  let firsts = starts;
  for (let rows = present.length / mostBins; firsts.length > mostBins; rows *= 1.1) {
    firsts = closeBins(starts, present.length, rows);
    await pause();
  }
  return Float64Array.from(firsts.slice(1), (at) => between(present[at - 1]!, present[at]!));
}

// The first place of each bin of at least so many rows; a number with so many rows begins one and ends it.
function closeBins(starts: readonly number[], length: number, rows: number): number[] {
  const firsts: number[] = [];
  let isClosed = true;
  for (let place = 0; place < starts.length; place += 1) {
    const start = starts[place]!;
    const end = starts[place + 1] ?? length;
    if (isClosed || end - start >= rows) firsts.push(start);
    isClosed = end - firsts[firsts.length - 1]! >= rows;
  }
  return firsts;
}

function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
