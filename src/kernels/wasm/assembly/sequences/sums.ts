/** The dot product of `count` numbers. */
export function dot(left: usize, right: usize, count: usize): f32 {
  let sums = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(left), v128.load(right)));
    left += 16;
    right += 16;
  }
  let total = lanes(sums);
  for (; count != 0; --count) {
    total += load<f32>(left) * load<f32>(right);
    left += 4;
    right += 4;
  }
  return total;
}

/** The sum of `count` numbers. */
export function sum(values: usize, count: usize): f32 {
  let sums = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    sums = f32x4.add(sums, v128.load(values));
    values += 16;
  }
  let total = lanes(sums);
  for (; count != 0; --count) {
    total += load<f32>(values);
    values += 4;
  }
  return total;
}

/** The sum of four lanes. */
// @ts-ignore: decorator
@inline
export function lanes(sums: v128): f32 {
  const low = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  return low + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}
