/** Rows whose moments are asked for before the first of them is needed. */
const AHEAD: usize = 16;

/**
 * One Adam update of some rows of a table, in place; the others are neither read nor written.
 *
 *     g = gradient + regularization * value
 *     m = m * beta1 + g * (1 - beta1)
 *     v = v * beta2 + g * g * (1 - beta2)
 *     value = value - rate * m / (sqrt(v * correction) + epsilon)
 *
 * `rate` has the correction of `m` in it, `correction` is `1 / (1 - beta2 ** t)`. Row `r` of the packed gradients belongs to
 * the row of the table that `ids[r]` names.
 *
 * @returns Nothing of meaning: what was read ahead, so that no compiler leaves the reading out.
 */
export function adamRows(
  values: usize,
  m: usize,
  v: usize,
  gradient: usize,
  ids: usize,
  rows: usize,
  rowSize: usize,
  rate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  correction: f32,
  epsilon: f32,
  regularization: f32,
): u32 {
  let read: u32 = 0;
  for (let row: usize = 0; row < rows; ++row) {
    if (row % AHEAD == 0) read ^= readAhead(m, v, ids + (row << 2), min(AHEAD, rows - row), rowSize << 2);
    let at = (<usize>load<u32>(ids + (row << 2)) * rowSize) << 2;
    let left = rowSize;
    for (; left >= 4; left -= 4) {
      const value = v128.load(values + at);
      const g = f32x4.add(f32x4.mul(value, f32x4.splat(regularization)), v128.load(gradient));
      const first = f32x4.add(f32x4.mul(v128.load(m + at), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(rest1)));
      const square = f32x4.mul(g, g);
      const second = f32x4.add(f32x4.mul(v128.load(v + at), f32x4.splat(beta2)), f32x4.mul(square, f32x4.splat(rest2)));
      v128.store(m + at, first);
      v128.store(v + at, second);
      const size = f32x4.add(f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction))), f32x4.splat(epsilon));
      v128.store(values + at, f32x4.sub(value, f32x4.div(f32x4.mul(first, f32x4.splat(rate)), size)));
      at += 16;
      gradient += 16;
    }
    for (; left != 0; --left) {
      const value = load<f32>(values + at);
      const g = value * regularization + load<f32>(gradient);
      const first = load<f32>(m + at) * beta1 + g * rest1;
      const second = load<f32>(v + at) * beta2 + g * g * rest2;
      store<f32>(m + at, first);
      store<f32>(v + at, second);
      store<f32>(values + at, value - (first * rate) / (f32.sqrt(second * correction) + epsilon));
      at += 4;
      gradient += 4;
    }
  }
  return read;
}

// In a large table every row is a miss of the cache; asked for together, the misses of many rows overlap.
function readAhead(m: usize, v: usize, ids: usize, rows: usize, rowBytes: usize): u32 {
  let read: u32 = 0;
  for (; rows != 0; --rows) {
    const at = <usize>load<u32>(ids) * rowBytes;
    for (let offset: usize = 0; offset < rowBytes; offset += 64) {
      read ^= load<u32>(m + at + offset) ^ load<u32>(v + at + offset);
    }
    ids += 4;
  }
  return read;
}
