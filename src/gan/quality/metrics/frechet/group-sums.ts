import type { DoubleRoutines } from '../../../../linear-algebra/plain-doubles.js';
import { multiplyInParts } from '../../../../linear-algebra/products.js';
import { meanOf, type Rows } from '../../features/read-rows.js';
import type { GroupedRows } from './row-distance.js';

/** Number, mean and covariance of rows; of the covariance `[D, D]` the lower triangle, row by row. */
export interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  readonly lower: Float64Array;
}

/** Sums over some rows, less an origin, which keeps them small. */
interface Sums {
  count: number;
  readonly first: Float64Array;
  /** The lower triangle of the sums of products. */
  readonly lower: Float64Array;
}

/** Rows that are taken in at once. */
const chunk = 256;

/** Numbers that {@link groupSums} needs in the routines' memory. */
export function sumsLength(size: number): number {
  return size * size + chunk * size;
}

/** Sums over each group of rows about their common mean, and moments of all rows but those of one group. */
export async function groupSums(
  { rows, groups }: GroupedRows,
  count: number,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<{ whole(): Moments; without(group: number): Moments }> {
  const origin = await meanOf(rows, pause);
  const parts: Sums[] = [];
  for (let group = 0; group < Math.max(1, count); group += 1) {
    parts.push(await sumGroup(rows, groups, group, origin, routines, pause));
  }
  const total = emptySums(rows.size);
  for (const part of parts) add(total, part, 1);
  return {
    whole: () => momentsOf(total, origin),
    without: (group) => {
      const rest = emptySums(rows.size);
      add(rest, total, 1);
      add(rest, parts[group]!, -1);
      return momentsOf(rest, origin);
    },
  };
}

async function sumGroup(
  rows: Rows,
  groups: Int32Array,
  group: number,
  origin: Float64Array,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<Sums> {
  const { size } = rows;
  const { memory } = routines;
  const sums = emptySums(size);
  const input = size * size;
  memory.fill(0, 0, input);
  for (let row = 0; row < rows.count; ) {
    let depth = 0;
    for (; row < rows.count && depth < chunk; row += 1) {
      if (groups[row] !== group) continue;
      addCentred(rows, row, origin, memory.subarray(input + depth * size, input + (depth + 1) * size), sums.first);
      depth += 1;
    }
    sums.count += depth;
    const operands = { left: input, leftRow: 1, leftStep: size, right: input, rightStep: size, rightColumn: 1 };
    const product = { ...operands, output: 0, outputRow: size, rows: size, depth, columns: size };
    await multiplyInParts(routines, product, pause, true);
  }
  for (let row = 0, at = 0; row < size; at += row + 1, row += 1) {
    sums.lower.set(memory.subarray(row * size, row * size + row + 1), at);
  }
  return sums;
}

function addCentred(
  { values, size }: Rows,
  row: number,
  origin: Float64Array,
  target: Float64Array,
  sum: Float64Array,
): void {
  for (let column = 0, at = row * size; column < size; column += 1, at += 1) {
    const value = values[at]! - origin[column]!;
    target[column] = value;
    sum[column]! += value;
  }
}

function emptySums(size: number): Sums {
  return { count: 0, first: new Float64Array(size), lower: new Float64Array((size * (size + 1)) / 2) };
}

function add(target: Sums, source: Sums, sign: number): void {
  target.count += sign * source.count;
  for (let index = 0; index < source.first.length; index += 1) target.first[index]! += sign * source.first[index]!;
  for (let index = 0; index < source.lower.length; index += 1) target.lower[index]! += sign * source.lower[index]!;
}

function momentsOf({ count, first, lower }: Sums, origin: Float64Array): Moments {
  const covariance = new Float64Array(lower.length);
  for (let row = 0, at = 0; row < first.length; row += 1) {
    for (let column = 0; column <= row; column += 1, at += 1) {
      covariance[at] = (lower[at]! - (first[row]! * first[column]!) / count) / (count - 1);
    }
  }
  return { count, mean: first.map((sum, column) => origin[column]! + sum / count), lower: covariance };
}
