import { eigenvalues } from '../../../../linear-algebra/eigenvalues.js';
import type { DoubleRoutines } from '../../../../linear-algebra/plain-doubles.js';
import { multiplyInParts } from '../../../../linear-algebra/products.js';
import { meanOf, type Rows } from '../../features/read-rows.js';

/** Rows with the group of each. */
export interface GroupedRows {
  readonly rows: Rows;
  readonly groups: Int32Array;
}

/** Columns that are taken in at once. */
const chunk = 256;

/** Numbers that {@link rowDistances} needs in the routines' memory. */
export function rowsLength(first: number, second: number): number {
  return first * second + Math.max((first + second) * chunk, first * second + first * first + 4 * first);
}

/**
 * The squared Fréchet distances of two sets of rows, taken as Gaussians: of all, and of all but each of some groups.
 *
 * With the centred rows X and Y, the roots of the eigenvalues of S1 S2 are the singular values of
 * X Y' / ((N - 1) (M - 1))^(1/2). So where there are fewer rows than features no covariance is needed, and every group is
 * left out of the same N x M products.
 *
 * @param first - No more rows than `second` has.
 */
export async function rowDistances(
  first: GroupedRows,
  second: GroupedRows,
  groups: number,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<{ value: number; without: number[] }> {
  const [left, right] = [await sumGroups(first, groups, pause), await sumGroups(second, groups, pause)];
  await productsOf(first.rows, left.origin, second.rows, right.origin, routines, pause);
  const distance = async (group: number) => {
    const [one, other] = [momentsWithout(left, group), momentsWithout(right, group)];
    const shift = one.mean.reduce((sum, value, column) => sum + (value - other.mean[column]!) ** 2, 0);
    const kept = [first, second].map((set) => placesWithout(set.groups, group)) as [Int32Array, Int32Array];
    const overlap = one.trace > 0 && other.trace > 0 ? await overlapOf(kept, second.rows.count, routines, pause) : 0;
    return Math.max(0, shift + one.trace + other.trace - 2 * overlap);
  };
  const value = await distance(-1);
  const without: number[] = [];
  for (let group = 0; groups > 1 && group < groups; group += 1) without.push(await distance(group));
  return { value, without };
}

/** Sums of rows about their mean, and of their squares, for each group. */
interface GroupSums {
  readonly origin: Float64Array;
  readonly counts: number[];
  readonly firsts: Float64Array[];
  readonly squares: number[];
}

async function sumGroups({ rows, groups }: GroupedRows, count: number, pause: () => Promise<void>): Promise<GroupSums> {
  const { values, size } = rows;
  const origin = await meanOf(rows, pause);
  const parts = Array.from({ length: Math.max(1, count) }, () => new Float64Array(size));
  const sums = { origin, counts: parts.map(() => 0), firsts: parts, squares: parts.map(() => 0) };
  for (let row = 0; row < rows.count; row += 1) {
    const group = groups[row]!;
    const first = parts[group]!;
    let square = 0;
    for (let column = 0, at = row * size; column < size; column += 1, at += 1) {
      const value = values[at]! - origin[column]!;
      first[column]! += value;
      square += value * value;
    }
    sums.counts[group]! += 1;
    sums.squares[group]! += square;
    if (row % 64 === 0) await pause();
  }
  return sums;
}

function momentsWithout({ origin, counts, firsts, squares }: GroupSums, left: number) {
  let [count, square] = [0, 0];
  const mean = new Float64Array(origin.length);
  for (const [group, first] of firsts.entries()) {
    if (group === left) continue;
    count += counts[group]!;
    square += squares[group]!;
    for (let column = 0; column < mean.length; column += 1) mean[column]! += first[column]!;
  }
  const trace = (square - mean.reduce((sum, each) => sum + each * each, 0) / count) / (count - 1);
  return { mean: mean.map((sum, column) => origin[column]! + sum / count), trace };
}

// [N, M] at the start of the memory: the products of the rows, each less the mean of its set.
async function productsOf(
  first: Rows,
  firstOrigin: Float64Array,
  second: Rows,
  secondOrigin: Float64Array,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<void> {
  const { memory } = routines;
  const left = first.count * second.count;
  const right = left + first.count * chunk;
  memory.fill(0, 0, left);
  for (let from = 0; from < first.size; from += chunk) {
    const depth = Math.min(chunk, first.size - from);
    copyColumns(first, firstOrigin, from, depth, memory.subarray(left, right));
    copyColumns(second, secondOrigin, from, depth, memory.subarray(right));
    await pause();
    const operands = { left, leftRow: depth, leftStep: 1, right, rightStep: 1, rightColumn: depth };
    const sizes = { rows: first.count, depth, columns: second.count };
    await multiplyInParts(routines, { ...operands, output: 0, outputRow: second.count, ...sizes }, pause);
  }
}

function copyColumns(
  { values, count, size }: Rows,
  origin: Float64Array,
  from: number,
  width: number,
  target: Float64Array,
) {
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < width; column += 1) {
      target[row * width + column] = values[row * size + from + column]! - origin[from + column]!;
    }
  }
}

function placesWithout(groups: Int32Array, left: number): Int32Array {
  return Int32Array.from(groups.keys()).filter((row) => groups[row] !== left);
}

// The sum of the singular values of the kept products, centred anew and over ((N - 1) (M - 1))^(1/2).
async function overlapOf(
  [rows, columns]: readonly [Int32Array, Int32Array],
  width: number,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<number> {
  const { memory } = routines;
  const [count, breadth] = [rows.length, columns.length];
  const centred = memory.length - rowsRoom(count, breadth);
  const scale = copyCentred(memory, rows, columns, width, centred);
  if (scale === 0) return 0;
  await pause();
  const matrix = centred + count * breadth;
  memory.fill(0, matrix, matrix + count * count);
  const operands = { left: centred, leftRow: breadth, leftStep: 1, right: centred, rightStep: 1, rightColumn: breadth };
  const product = { ...operands, output: matrix, outputRow: count, rows: count, depth: breadth, columns: count };
  await multiplyInParts(routines, product, pause, true);
  const room = matrix + count * count;
  const form = { matrix, size: count, diagonal: room, beside: room + count, work: room + 2 * count };
  const found = await eigenvalues(routines, form, pause);
  const sum = found.reduce((total, each) => total + Math.sqrt(Math.max(0, each)), 0);
  return (scale * sum) / Math.sqrt((count - 1) * (breadth - 1));
}

function rowsRoom(count: number, breadth: number): number {
  return count * breadth + count * count + 4 * count;
}

// Copies the kept products less the means of their rows and columns, over a power of two that brings them near 1.
function copyCentred(
  memory: Float64Array,
  rows: Int32Array,
  columns: Int32Array,
  width: number,
  target: number,
): number {
  const ofColumns = new Float64Array(columns.length);
  const ofRows = Float64Array.from(rows, (row) => {
    let sum = 0;
    for (let at = 0; at < columns.length; at += 1) {
      const value = memory[row * width + columns[at]!]!;
      sum += value;
      ofColumns[at]! += value / rows.length;
    }
    return sum / columns.length;
  });
  const overall = ofRows.reduce((sum, each) => sum + each, 0) / rows.length;
  let most = 0;
  for (let row = 0; row < rows.length; row += 1) {
    for (let at = 0; at < columns.length; at += 1) {
      const value = memory[rows[row]! * width + columns[at]!]! - ofRows[row]! - ofColumns[at]! + overall;
      memory[target + row * columns.length + at] = value;
      most = Math.max(most, Math.abs(value));
    }
  }
  if (most === 0) return 0;
  const scale = 2 ** Math.round(Math.log2(most));
  for (let at = target; at < target + rows.length * columns.length; at += 1) memory[at]! /= scale;
  return scale;
}
