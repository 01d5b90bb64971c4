/** Activations that cost no pass of their own. */
const RELU: i32 = 1;
const RELU6: i32 = 2;

/**
 * Adds `bias [columns]` (none when 0) to each row and applies an activation; `output` may be `values`.
 *
 * @param activation - 0: none, 1: relu, 2: relu6, 3: leaky relu with slope `alpha` below zero.
 */
export function activate(
  values: usize,
  rows: usize,
  columns: usize,
  bias: usize,
  activation: i32,
  alpha: f32,
  output: usize,
): void {
  for (; rows != 0; --rows) {
    let from = bias;
    let left = columns;
    for (; left >= 4; left -= 4) {
      let value = v128.load(values);
      if (bias) value = f32x4.add(value, v128.load(from));
      v128.store(output, applied(value, activation, alpha));
      values += 16;
      output += 16;
      from += 16;
    }
    for (; left != 0; --left) {
      let value = v128.load32_splat(values);
      if (bias) value = f32x4.add(value, v128.load32_splat(from));
      store<f32>(output, f32x4.extract_lane(applied(value, activation, alpha), 0));
      values += 4;
      output += 4;
      from += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function applied(value: v128, activation: i32, alpha: f32): v128 {
  const zero = f32x4.splat(0);
  if (activation == 0) return value;
  if (activation == RELU) return f32x4.max(value, zero);
  if (activation == RELU6) return f32x4.min(f32x4.max(value, zero), f32x4.splat(6));
  return v128.bitselect(f32x4.mul(value, f32x4.splat(alpha)), value, f32x4.lt(value, zero));
}
