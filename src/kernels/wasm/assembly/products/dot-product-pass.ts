// A module of its own: it runs in a memory that holds the weights and samples of one training run, not in tfjs's.

/** Products of probabilities below this are lifted, so that they stay far from zero. */
const SMALLEST: f64 = 1e-100;

/** 1.5 * 2^52: added to a small whole number, it leaves that number in the lowest bits. */
const TO_BITS: f64 = 6755399441055744;

/**
 * One gradient step for each of `count` samples in turn: src/recsys/training/dot-product-pass.ts has the formulas.
 *
 * Vectors are rows of `size` floats, a multiple of 8, at `users` and `items`. Users, items (i32) and labels (f32) of the
 * samples lie at `sampleUsers`, `sampleItems` and `labels`.
 *
 * `likelihood` holds two f64 numbers p and n: the product of the probabilities that the samples' labels had before their
 * steps is p * 1e-100^n.
 */
export function dotProductPass(
  size: usize,
  users: usize,
  items: usize,
  userBiases: usize,
  itemBiases: usize,
  bias: usize,
  sampleUsers: usize,
  sampleItems: usize,
  labels: usize,
  count: usize,
  rate: f64,
  keep: f64,
  likelihood: usize,
): void {
  const rowBytes = size << 2;
  const end = sampleUsers + (count << 2);
  let common: f64 = load<f32>(bias);
  let product: f64 = 1;
  let lifts: f64 = 0;
  while (sampleUsers < end) {
    const user = <usize>load<u32>(sampleUsers);
    const item = <usize>load<u32>(sampleItems);
    const isPositive = load<f32>(labels) == 1;
    const left = users + user * rowBytes;
    const right = items + item * rowBytes;
    const leftBias = userBiases + (user << 2);
    const rightBias = itemBiases + (item << 2);
    const score = common + <f64>load<f32>(leftBias) + <f64>load<f32>(rightBias) + dot(left, right, rowBytes);
    const odds = exp(isPositive ? -score : score);
    const probability = 1 / (1 + odds);
    product *= max<f64>(probability, SMALLEST);
    if (product < SMALLEST) {
      product /= SMALLEST;
      lifts += 1;
    }
    const change = rate * (isPositive ? odds * probability : -odds * probability);
    moveBoth(left, right, rowBytes, <f32>keep, <f32>change);
    store<f32>(leftBias, <f32>(keep * load<f32>(leftBias) + change));
    store<f32>(rightBias, <f32>(keep * load<f32>(rightBias) + change));
    common = <f64><f32>(common + change);
    sampleUsers += 4;
    sampleItems += 4;
    labels += 4;
  }
  store<f32>(bias, <f32>common);
  store<f64>(likelihood, product);
  store<f64>(likelihood, lifts, 8);
}

// @ts-ignore: decorator
@inline
function dot(left: usize, right: usize, rowBytes: usize): f64 {
  let first = f32x4.splat(0);
  let second = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 32) {
    first = f32x4.add(first, f32x4.mul(v128.load(left + at), v128.load(right + at)));
    second = f32x4.add(second, f32x4.mul(v128.load(left + at, 16), v128.load(right + at, 16)));
  }
  const sum = f32x4.add(first, second);
  const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  return <f64>(low + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)));
}

// @ts-ignore: decorator
@inline
function moveBoth(left: usize, right: usize, rowBytes: usize, keep: f32, change: f32): void {
  const keeps = f32x4.splat(keep);
  const changes = f32x4.splat(change);
  for (let at: usize = 0; at < rowBytes; at += 32) {
    const left0 = v128.load(left + at);
    const left1 = v128.load(left + at, 16);
    const right0 = v128.load(right + at);
    const right1 = v128.load(right + at, 16);
    v128.store(left + at, f32x4.add(f32x4.mul(keeps, left0), f32x4.mul(changes, right0)));
    v128.store(left + at, f32x4.add(f32x4.mul(keeps, left1), f32x4.mul(changes, right1)), 16);
    v128.store(right + at, f32x4.add(f32x4.mul(keeps, right0), f32x4.mul(changes, left0)));
    v128.store(right + at, f32x4.add(f32x4.mul(keeps, right1), f32x4.mul(changes, left1)), 16);
  }
}

// 2^k * e^r with |r| <= ln 2 / 2, by Taylor's polynomial of degree 8: to 3e-10 relative. Without tables, which would be
// data in a memory that is not this module's.
// @ts-ignore: decorator
@inline
function exp(x: f64): f64 {
  // Beyond, the result counts as 0 or is infinite enough; NaN stays NaN.
  const inside = min<f64>(max<f64>(x, -700), 700);
  const whole = nearest<f64>(inside * 1.4426950408889634);
  const rest = inside - whole * 0.6931471805599453;
  let sum = 1 + rest * (1.0 / 8.0);
  sum = 1 + rest * (1.0 / 7.0) * sum;
  sum = 1 + rest * (1.0 / 6.0) * sum;
  sum = 1 + rest * (1.0 / 5.0) * sum;
  sum = 1 + rest * (1.0 / 4.0) * sum;
  sum = 1 + rest * (1.0 / 3.0) * sum;
  sum = 1 + rest * (1.0 / 2.0) * sum;
  sum = 1 + rest * sum;
  return sum * reinterpret<f64>((reinterpret<i64>(whole + TO_BITS) + 1023) << 52);
}
