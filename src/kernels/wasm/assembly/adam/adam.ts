/**
 * One Adam update over a whole variable, in the order of operations of tf.train.adam.
 *
 *     m = m * beta1 + g * (1 - beta1)
 *     v = v * beta2 + g * g * (1 - beta2)
 *     next = value - rate * (m / correction1) / (sqrt(v / correction2) + epsilon)
 *
 * `m`, `v` and `value` are read; the results are written at `nextM`, `nextV` and `next`, which may be the same places.
 */
export function adam(
  value: usize,
  m: usize,
  v: usize,
  gradient: usize,
  next: usize,
  nextM: usize,
  nextV: usize,
  count: usize,
  rate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  epsilon: f32,
  correction1: f32,
  correction2: f32,
): void {
  const bytes = count << 2;
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const g = v128.load(gradient + at);
    const first = f32x4.add(
      f32x4.mul(v128.load(m + at), f32x4.splat(beta1)),
      f32x4.mul(g, f32x4.splat(rest1)),
    );
    const second = f32x4.add(
      f32x4.mul(v128.load(v + at), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)),
    );
    const size = f32x4.add(f32x4.sqrt(f32x4.div(second, f32x4.splat(correction2))), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.div(first, f32x4.splat(correction1)), size);
    v128.store(nextM + at, first);
    v128.store(nextV + at, second);
    v128.store(next + at, f32x4.add(f32x4.mul(step, f32x4.splat(-rate)), v128.load(value + at)));
  }
  for (; at < bytes; at += 4) {
    const g = load<f32>(gradient + at);
    const first = load<f32>(m + at) * beta1 + g * rest1;
    const second = load<f32>(v + at) * beta2 + g * g * rest2;
    const step = first / correction1 / (f32.sqrt(second / correction2) + epsilon);
    store<f32>(nextM + at, first);
    store<f32>(nextV + at, second);
    store<f32>(next + at, step * -rate + load<f32>(value + at));
  }
}
