import type { TypedArray } from '@tensorflow/tfjs-core';

/** A matrix inside an array: element (row, column) is at `start + row * rowStride + column * columnStride`. */
export interface Matrix {
  readonly values: TypedArray;
  readonly start: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Rows and columns of the output that are summed at once, in eight local variables. */
const TILE_ROWS = 2;
const TILE_COLUMNS = 4;

/**
 * Adds `left [rows, depth] * right [depth, columns]` to the packed matrix at `output[outputStart]`.
 *
 * Operands are first laid out in the order in which they are read, as doubles; sums are doubles, rounded once.
 */
export function addMatrixProduct(
  left: Matrix,
  right: Matrix,
  output: TypedArray,
  outputStart: number,
  [rows, depth, columns]: readonly [number, number, number],
): void {
  const lefts = packLanes(left, left.rowStride, left.columnStride, rows, depth, TILE_ROWS);
  const rights = packLanes(right, right.columnStride, right.rowStride, columns, depth, TILE_COLUMNS);
  const sums = new Float64Array(TILE_ROWS * TILE_COLUMNS);
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    const wide = Math.min(TILE_COLUMNS, columns - column);
    for (let row = 0; row < rows; row += TILE_ROWS) {
      sumTile(lefts, row * depth, rights, column * depth, depth, sums);
      const high = Math.min(TILE_ROWS, rows - row);
      for (let y = 0; y < high; y += 1) {
        const to = outputStart + (row + y) * columns + column;
        for (let x = 0; x < wide; x += 1) output[to + x] += sums[y * TILE_COLUMNS + x];
      }
    }
  }
}

/** Lays out lanes (rows of the left operand, columns of the right) in groups of `width`, step by step. */
function packLanes(
  { values, start }: Matrix,
  laneStride: number,
  stepStride: number,
  lanes: number,
  depth: number,
  width: number,
): Float64Array {
  const packed = new Float64Array(Math.ceil(lanes / width) * width * depth);
  for (let lane = 0; lane < lanes; lane += 1) {
    const inGroup = lane % width;
    let to = (lane - inGroup) * depth + inGroup;
    let from = start + lane * laneStride;
    for (let step = 0; step < depth; step += 1) {
      packed[to] = values[from];
      to += width;
      from += stepStride;
    }
  }
  return packed;
}

function sumTile(
  lefts: Float64Array,
  left: number,
  rights: Float64Array,
  right: number,
  depth: number,
  sums: Float64Array,
): void {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let step = 0; step < depth; step += 1) {
    const a = lefts[left];
    const b = lefts[left + 1];
    const x = rights[right];
    const y = rights[right + 1];
    const z = rights[right + 2];
    const w = rights[right + 3];
    a0 += a * x;
    a1 += a * y;
    a2 += a * z;
    a3 += a * w;
    b0 += b * x;
    b1 += b * y;
    b2 += b * z;
    b3 += b * w;
    left += 2;
    right += 4;
  }
  sums[0] = a0;
  sums[1] = a1;
  sums[2] = a2;
  sums[3] = a3;
  sums[4] = b0;
  sums[5] = b1;
  sums[6] = b2;
  sums[7] = b3;
}
