/**
 * What updates of Adam without a gradient do to some rows of a table, in place, all of those that a row missed at once.
 *
 *     value = value - scale * m / (sqrt(v) + epsilon)
 *     m = m * keep1
 *     v = v * keep2
 *
 * Row `ids[r]` has four numbers in the list of factors, from `4 r` on: scale, epsilon, keep1, keep2.
 */
export function catchUpRows(
  values: usize,
  m: usize,
  v: usize,
  ids: usize,
  factors: usize,
  rows: usize,
  rowSize: usize,
): void {
  for (let row: usize = 0; row < rows; ++row) {
    const scale = load<f32>(factors);
    const epsilon = load<f32>(factors, 4);
    const keep1 = load<f32>(factors, 8);
    const keep2 = load<f32>(factors, 12);
    let at = (<usize>load<u32>(ids) * rowSize) << 2;
    let left = rowSize;
    for (; left >= 4; left -= 4) {
      const first = v128.load(m + at);
      const second = v128.load(v + at);
      const size = f32x4.add(f32x4.sqrt(second), f32x4.splat(epsilon));
      const move = f32x4.div(f32x4.mul(first, f32x4.splat(scale)), size);
      v128.store(values + at, f32x4.sub(v128.load(values + at), move));
      v128.store(m + at, f32x4.mul(first, f32x4.splat(keep1)));
      v128.store(v + at, f32x4.mul(second, f32x4.splat(keep2)));
      at += 16;
    }
    for (; left != 0; --left) {
      const first = load<f32>(m + at);
      const second = load<f32>(v + at);
      store<f32>(values + at, load<f32>(values + at) - (first * scale) / (f32.sqrt(second) + epsilon));
      store<f32>(m + at, first * keep1);
      store<f32>(v + at, second * keep2);
      at += 4;
    }
    ids += 4;
    factors += 16;
  }
}
