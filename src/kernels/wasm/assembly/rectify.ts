/**
 * Passes `upstream` on where `x` is above zero and `alpha` times it elsewhere: the derivative of a rectifier. Where `x` is NaN, so is
 * what comes out.
 */
export function rectify(upstream: usize, x: usize, count: usize, alpha: f32, output: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(output, passed(v128.load(upstream), v128.load(x), alpha));
    upstream += 16;
    x += 16;
    output += 16;
  }
  for (; count != 0; --count) {
    const value = passed(v128.load32_splat(upstream), v128.load32_splat(x), alpha);
    store<f32>(output, f32x4.extract_lane(value, 0));
    upstream += 4;
    x += 4;
    output += 4;
  }
}

// @ts-ignore: decorator
@inline
function passed(upstream: v128, x: v128, alpha: f32): v128 {
  const slope = v128.bitselect(f32x4.splat(1), f32x4.splat(alpha), f32x4.gt(x, f32x4.splat(0)));
  return v128.bitselect(f32x4.mul(upstream, slope), x, f32x4.eq(x, x));
}
