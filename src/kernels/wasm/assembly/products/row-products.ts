/** Products of rows. Where a list of ids is 0, row `r` is the row at place `r`. */

/** `output [rows]`: the dot product of a row at `left` and one at `right`. */
export function dotRows(
  left: usize,
  leftIds: usize,
  right: usize,
  rightIds: usize,
  rows: usize,
  rowSize: usize,
  output: usize,
): void {
  for (let row: usize = 0; row < rows; ++row) {
    store<f32>(output + (row << 2), dot(rowAt(left, leftIds, row, rowSize), rowAt(right, rightIds, row, rowSize), rowSize));
  }
}

/** Adds to rows at `sums` rows at `values`, each times its number at `scales`. */
export function addScaledRows(
  values: usize,
  valueIds: usize,
  scales: usize,
  rows: usize,
  rowSize: usize,
  sums: usize,
  sumIds: usize,
): void {
  for (let row: usize = 0; row < rows; ++row) {
    let from = rowAt(values, valueIds, row, rowSize);
    let to = rowAt(sums, sumIds, row, rowSize);
    const scale = load<f32>(scales + (row << 2));
    let left = rowSize;
    for (; left >= 4; left -= 4) {
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(from), f32x4.splat(scale))));
      from += 16;
      to += 16;
    }
    for (; left != 0; --left) {
      store<f32>(to, load<f32>(to) + load<f32>(from) * scale);
      from += 4;
      to += 4;
    }
  }
}

/** `output = first * second`, number by number. */
export function multiplyNumbers(first: usize, second: usize, count: usize, output: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(output, f32x4.mul(v128.load(first), v128.load(second)));
    first += 16;
    second += 16;
    output += 16;
  }
  for (; count != 0; --count) {
    store<f32>(output, load<f32>(first) * load<f32>(second));
    first += 4;
    second += 4;
    output += 4;
  }
}

/** Makes those `values` zero whose gate is not above zero: the derivative of relu. */
export function keepPositive(values: usize, gates: usize, count: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(values, v128.and(v128.load(values), f32x4.gt(v128.load(gates), f32x4.splat(0))));
    values += 16;
    gates += 16;
  }
  for (; count != 0; --count) {
    if (!(load<f32>(gates) > 0)) store<f32>(values, 0);
    values += 4;
    gates += 4;
  }
}

function dot(left: usize, right: usize, count: usize): f32 {
  let sums = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(left), v128.load(right)));
    left += 16;
    right += 16;
  }
  let sum =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; count != 0; --count) {
    sum += load<f32>(left) * load<f32>(right);
    left += 4;
    right += 4;
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function rowAt(rows: usize, ids: usize, row: usize, rowSize: usize): usize {
  return rows + (((ids ? <usize>load<u32>(ids + (row << 2)) : row) * rowSize) << 2);
}
