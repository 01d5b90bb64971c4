/**
 * Normalizes rows of `columns` channels.
 *
 *     output = (values - mean) * scale / sqrt(variance + epsilon) + offset
 *
 * @param scale - `[columns]`, or 0 for ones. @param offset - `[columns]`, or 0 for zeros.
 * @param factors - scratch for `columns` numbers.
 */
export function batchNorm(
  values: usize,
  rows: usize,
  columns: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f32,
  factors: usize,
  output: usize,
): void {
  const bytes = columns << 2;
  const whole = bytes & ~15;
  for (let at: usize = 0; at < bytes; at += 4) {
    const size = f32.sqrt(load<f32>(variance + at) + epsilon);
    store<f32>(factors + at, (scale ? load<f32>(scale + at) : 1) / size);
  }
  for (; rows != 0; --rows) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const centred = f32x4.sub(v128.load(values + at), v128.load(mean + at));
      const scaled = f32x4.mul(centred, v128.load(factors + at));
      v128.store(output + at, offset ? f32x4.add(scaled, v128.load(offset + at)) : scaled);
    }
    for (; at < bytes; at += 4) {
      const scaled = (load<f32>(values + at) - load<f32>(mean + at)) * load<f32>(factors + at);
      store<f32>(output + at, offset ? scaled + load<f32>(offset + at) : scaled);
    }
    values += bytes;
    output += bytes;
  }
}
