/**
 * Rows of implicit ALS in double precision, two numbers at a time, each summed in the order of the plain loops in
 * src/linear-algebra/panels.ts, positive-definite.ts and src/recsys/kinds/als/als-side.ts: their bits are the same.
 *
 * Matrices are symmetric, `[size, size]`, in panels of four rows: element (i, j) is number `4 (size floor(i / 4) + j) + i % 4`.
 */

import { addTile } from './products/double-tile';

/** Vectors that are packed at a time. */
const CAPACITY: usize = 64;

/**
 * Adds the outer products of vectors, times what they count, to rows `firstRow` to `endRow` of a matrix, which are multiples of four.
 *
 * @param observed - The rows of the vectors, 32 bits each; 0 for the rows `from` to `to` themselves.
 * @param confidences - What each counts, float32; 0 for 1.
 */
export function addOuterProducts(
  matrix: usize,
  factors: usize,
  vectors: usize,
  observed: usize,
  confidences: usize,
  from: usize,
  to: usize,
  firstRow: usize,
  endRow: usize,
  scratch: usize,
): void {
  const size = (factors + 3) & ~3;
  for (let first = from; first < to; first += CAPACITY) {
    const count = min(CAPACITY, to - first);
    for (let at: usize = 0; at < count; ++at) {
      const place = first + at;
      const row: usize = observed == 0 ? place : load<u32>(observed + (place << 2));
      const scale = confidences == 0 ? 1 : sqrt<f64>(<f64>load<f32>(confidences + (place << 2)));
      packVector(vectors + ((row * factors) << 2), factors, scale, scratch + (at << 5));
    }
    for (let row = firstRow; row < endRow; row += 4) {
      for (let column: usize = 0; column <= row; column += 4) {
        const tile = matrix + ((row * size + (column << 2)) << 3);
        addTile(scratch + ((column * CAPACITY) << 3), scratch + ((row * CAPACITY) << 3), count, tile, 32, 1);
      }
    }
  }
}

/** Components four by four, one panel for each four; zeros beyond the last. */
function packVector(source: usize, factors: usize, scale: f64, target: usize): void {
  for (let k: usize = 0; k < factors; k += 4) {
    for (let lane: usize = 0; lane < 4; ++lane) {
      const value = k + lane < factors ? scale * <f64>load<f32>(source + ((k + lane) << 2)) : 0;
      store<f64>(target + (lane << 3), value);
    }
    target += CAPACITY << 5;
  }
}

/** `matrix = weight * gram + diagonal * identity`, on and below the diagonal. */
export function startMatrix(matrix: usize, gram: usize, size: usize, weight: f64, diagonal: f64): void {
  const scale = f64x2.splat(weight);
  for (let row: usize = 0; row < size; row += 4) {
    const start = (row * size) << 3;
    for (let at = start; at < start + ((row + 4) << 5); at += 16) {
      v128.store(matrix + at, f64x2.mul(scale, v128.load(gram + at)));
    }
    for (let lane: usize = 0; lane < 4; ++lane) {
      const place = matrix + start + ((((row + lane) << 2) + lane) << 3);
      store<f64>(place, load<f64>(place) + diagonal);
    }
  }
}

/**
 * Fits rows `first` to `end` of one side to the vectors of the other; those without observations become zero.
 *
 * @param offsets - Where the observations of each row begin, 32 bits each, and one more for the end.
 * @param diagonals - What is added to the diagonal of each row's matrix, float64.
 * @param failed - 32 bits, which become 1 where equations have no solution.
 * @param scratch - 64 packed vectors, a matrix and a right side, float64.
 */
export function fitRows(
  first: usize,
  end: usize,
  factors: usize,
  offsets: usize,
  observed: usize,
  confidences: usize,
  vectors: usize,
  gram: usize,
  weight: f64,
  diagonals: usize,
  output: usize,
  failed: usize,
  scratch: usize,
): void {
  const size = (factors + 3) & ~3;
  const matrix = scratch + ((CAPACITY * size) << 3);
  for (let row = first; row < end; ++row) {
    const from: usize = load<u32>(offsets + (row << 2));
    const to: usize = load<u32>(offsets + (row << 2), 4);
    if (from < to) {
      startMatrix(matrix, gram, size, weight, load<f64>(diagonals + (row << 3)));
      addOuterProducts(matrix, factors, vectors, observed, confidences, from, to, 0, size, scratch);
    }
    solveRow(row, factors, from, to, observed, confidences, vectors, matrix, output, failed);
  }
}

/** Sets a row to the solution of its equations, whose left side is in a matrix with room for a right side behind it. */
export function solveRow(
  row: usize,
  factors: usize,
  from: usize,
  to: usize,
  observed: usize,
  confidences: usize,
  vectors: usize,
  matrix: usize,
  output: usize,
  failed: usize,
): void {
  const size = (factors + 3) & ~3;
  const right = matrix + ((size * size) << 3);
  memory.fill(right, 0, size << 3);
  for (let at = from; at < to; ++at) {
    const confidence = <f64>load<f32>(confidences + (at << 2));
    const vector = vectors + ((<usize>load<u32>(observed + (at << 2)) * factors) << 2);
    for (let d: usize = 0; d < factors; ++d) {
      const place = right + (d << 3);
      store<f64>(place, load<f64>(place) + confidence * <f64>load<f32>(vector + (d << 2)));
    }
  }
  if (from < to && !solve(matrix, right, size)) store<i32>(failed, 1);
  const target = output + ((row * factors) << 2);
  for (let d: usize = 0; d < factors; ++d) store<f32>(target + (d << 2), <f32>load<f64>(right + (d << 3)));
}

/** The solution in place of the right side, the Cholesky factor in place of the matrix; false where it is not positive definite. */
function solve(matrix: usize, right: usize, size: usize): bool {
  for (let column: usize = 0; column < size; column += 4) {
    const own = matrix + ((column * size) << 3);
    const diagonal = own + (column << 5);
    for (let row = column; row < size; row += 4) {
      const panel = matrix + ((row * size) << 3);
      addTile(own, panel, column, panel + (column << 5), 32, -1);
    }
    if (!factorTile(diagonal)) return false;
    for (let row = column + 4; row < size; row += 4) divideTile(matrix + ((row * size + (column << 2)) << 3), diagonal);
  }
  solveForward(matrix, right, size);
  solveBackward(matrix, right, size);
  return true;
}

function factorTile(tile: usize): bool {
  for (let column: usize = 0; column < 4; ++column) {
    for (let row = column; row < 4; ++row) {
      const place = tile + (((column << 2) + row) << 3);
      let sum = load<f64>(place);
      for (let k: usize = 0; k < column; ++k) {
        sum -= load<f64>(tile + (((k << 2) + row) << 3)) * load<f64>(tile + (((k << 2) + column) << 3));
      }
      if (row > column) store<f64>(place, sum / load<f64>(tile + ((5 * column) << 3)));
      else if (sum > 0 && sum < f64.POSITIVE_INFINITY) store<f64>(place, sqrt<f64>(sum));
      else return false;
    }
  }
  return true;
}

/** A tile times the inverse of the transposed factor, two rows at a time. */
function divideTile(tile: usize, diagonal: usize): void {
  for (let column: usize = 0; column < 4; ++column) {
    const inverse = f64x2.splat(1 / load<f64>(diagonal + ((5 * column) << 3)));
    for (let half: usize = 0; half < 32; half += 16) {
      const place = tile + (column << 5) + half;
      let sum = v128.load(place);
      for (let k: usize = 0; k < column; ++k) {
        const factor = v128.load64_splat(diagonal + (((k << 2) + column) << 3));
        sum = f64x2.sub(sum, f64x2.mul(v128.load(tile + (k << 5) + half), factor));
      }
      v128.store(place, f64x2.mul(sum, inverse));
    }
  }
}

/** The right side divided by the factor, four rows at a time. */
function solveForward(matrix: usize, right: usize, size: usize): void {
  for (let row: usize = 0; row < size; row += 4) {
    const panel = matrix + ((row * size) << 3);
    const own = right + (row << 3);
    let x = v128.load(own);
    let y = v128.load(own, 16);
    for (let k: usize = 0; k < row; ++k) {
      const known = v128.load64_splat(right + (k << 3));
      x = f64x2.sub(x, f64x2.mul(v128.load(panel + (k << 5)), known));
      y = f64x2.sub(y, f64x2.mul(v128.load(panel + (k << 5), 16), known));
    }
    v128.store(own, x);
    v128.store(own, y, 16);
    const tile = panel + (row << 5);
    for (let lane: usize = 0; lane < 4; ++lane) {
      let sum = load<f64>(own + (lane << 3));
      for (let k: usize = 0; k < lane; ++k) {
        sum -= load<f64>(tile + (((k << 2) + lane) << 3)) * load<f64>(own + (k << 3));
      }
      store<f64>(own + (lane << 3), sum / load<f64>(tile + ((5 * lane) << 3)));
    }
  }
}

/** The same divided by the transposed factor, whose columns are rows of the factor. */
function solveBackward(matrix: usize, right: usize, size: usize): void {
  for (let row = size; row != 0; ) {
    --row;
    const place = matrix + (((row & ~3) * size + (row & 3)) << 3);
    const solved = load<f64>(right + (row << 3)) / load<f64>(place + (row << 5));
    store<f64>(right + (row << 3), solved);
    for (let k: usize = 0; k < row; ++k) {
      const target = right + (k << 3);
      store<f64>(target, load<f64>(target) - solved * load<f64>(place + (k << 5)));
    }
  }
}
