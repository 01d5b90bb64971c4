/** e^x as 2^k e^r with |r| <= ln 2 / 2, by Taylor's polynomial of degree 7, to a last bit or two; ln 2 is taken off in two parts. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const inside = f32x4.max(f32x4.min(x, f32x4.splat(88)), f32x4.splat(-87));
  const whole = f32x4.nearest(f32x4.mul(inside, f32x4.splat(1.4426950408889634)));
  const rough = f32x4.sub(inside, f32x4.mul(whole, f32x4.splat(0.693145751953125)));
  const rest = f32x4.sub(rough, f32x4.mul(whole, f32x4.splat(1.4286068203094173e-6)));
  const one = f32x4.splat(1);
  let sum = f32x4.add(one, f32x4.mul(rest, f32x4.splat(1.0 / 7.0)));
  sum = f32x4.add(one, f32x4.mul(f32x4.mul(rest, f32x4.splat(1.0 / 6.0)), sum));
  sum = f32x4.add(one, f32x4.mul(f32x4.mul(rest, f32x4.splat(1.0 / 5.0)), sum));
  sum = f32x4.add(one, f32x4.mul(f32x4.mul(rest, f32x4.splat(1.0 / 4.0)), sum));
  sum = f32x4.add(one, f32x4.mul(f32x4.mul(rest, f32x4.splat(1.0 / 3.0)), sum));
  sum = f32x4.add(one, f32x4.mul(f32x4.mul(rest, f32x4.splat(1.0 / 2.0)), sum));
  sum = f32x4.add(one, f32x4.mul(rest, sum));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(sum, power);
}
