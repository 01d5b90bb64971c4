/** Adds `count` numbers at `source` to those at `target`. */
export function add(source: usize, target: usize, count: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    source += 16;
    target += 16;
  }
  for (; count != 0; --count) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    source += 4;
    target += 4;
  }
}

/** Multiplies `count` numbers by a factor. */
export function multiplyBy(values: usize, count: usize, factor: f32): void {
  for (; count >= 4; count -= 4) {
    v128.store(values, f32x4.mul(v128.load(values), f32x4.splat(factor)));
    values += 16;
  }
  for (; count != 0; --count) {
    store<f32>(values, load<f32>(values) * factor);
    values += 4;
  }
}
