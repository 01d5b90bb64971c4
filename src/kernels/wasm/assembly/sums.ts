/** Columns that are summed together, small enough for their sums to stay in the first-level cache. */
const BLOCK_COLUMNS: usize = 2048;

/**
 * `sums [outer, inner]` of `values [outer, rows, inner]`, divided by `divisor`.
 *
 * Every sum is written, also where there are no rows. Rows start `rowSize` numbers apart, `inner` or more: columns of wider rows can
 * be summed alone.
 */
export function sumRows(
  values: usize,
  outer: usize,
  rows: usize,
  inner: usize,
  rowSize: usize,
  sums: usize,
  divisor: f32,
): void {
  for (; outer != 0; --outer) {
    if (rowSize == 1) store<f32>(sums, sumRun(values, rows) / divisor);
    else {
      for (let column: usize = 0; column < inner; column += BLOCK_COLUMNS) {
        const offset = column << 2;
        const columns = min(BLOCK_COLUMNS, inner - column);
        sumColumns(values + offset, rows, columns, rowSize << 2, sums + offset);
        if (divisor != 1) divide(sums + offset, columns, divisor);
      }
    }
    values += (rows * rowSize) << 2;
    sums += inner << 2;
  }
}

function sumRun(values: usize, count: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (; count >= 16; count -= 16) {
    a = f32x4.add(a, v128.load(values));
    b = f32x4.add(b, v128.load(values, 16));
    c = f32x4.add(c, v128.load(values, 32));
    d = f32x4.add(d, v128.load(values, 48));
    values += 64;
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  let sum = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; count != 0; --count) {
    sum += load<f32>(values);
    values += 4;
  }
  return sum;
}

function sumColumns(values: usize, rows: usize, columns: usize, rowBytes: usize, sums: usize): void {
  memory.fill(sums, 0, columns << 2);
  // Pairs of rows: half the loads and stores of the running sums.
  for (; rows >= 2; rows -= 2) {
    addPair(sums, values, values + rowBytes, columns);
    values += 2 * rowBytes;
  }
  if (rows != 0) {
    for (let column: usize = 0; column < columns << 2; column += 4) {
      store<f32>(sums + column, load<f32>(sums + column) + load<f32>(values + column));
    }
  }
}

function addPair(target: usize, first: usize, second: usize, count: usize): void {
  for (; count >= 4; count -= 4) {
    const pair = f32x4.add(v128.load(first), v128.load(second));
    v128.store(target, f32x4.add(v128.load(target), pair));
    target += 16;
    first += 16;
    second += 16;
  }
  for (; count != 0; --count) {
    store<f32>(target, load<f32>(target) + (load<f32>(first) + load<f32>(second)));
    target += 4;
    first += 4;
    second += 4;
  }
}

function divide(values: usize, count: usize, divisor: f32): void {
  for (let at: usize = 0; at < count << 2; at += 4) store<f32>(values + at, load<f32>(values + at) / divisor);
}
