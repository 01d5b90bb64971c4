import { exp } from './exponential';
import { lanes } from './sums';

/**
 * gBCE of `rows` positions, without the factor `share`, and in the place of scores their slopes with it. Targets and negatives
 * are items; a negative that is the target counts nothing.
 */
export function gbceSlopes(
  positives: usize,
  negatives: usize,
  targets: usize,
  items: usize,
  rows: usize,
  count: usize,
  beta: f32,
  share: f32,
): f64 {
  let loss: f64 = 0;
  const wide = items + ((count << 2) & ~15);
  const end = items + (count << 2);
  for (let row: usize = 0; row < rows; ++row) {
    const target = load<i32>(targets + (row << 2));
    const positive = load<f32>(positives + (row << 2));
    const small = f32x4.extract_lane(exp(f32x4.splat(-abs(positive))), 0);
    let linear: f64 = <f64>beta * <f64>max<f32>(-positive, 0);
    loss += <f64>beta * log(1 + <f64>small);
    store<f32>(positives + (row << 2), (-share * beta * (positive > 0 ? small : 1)) / (1 + small));
    let products = f32x4.splat(1);
    let sums = f32x4.splat(0);
    let rounds = 0;
    let item = items;
    for (; item < wide; item += 16) {
      const isOther = i32x4.ne(v128.load(item), i32x4.splat(target));
      const score = v128.load(negatives);
      const above = f32x4.gt(score, f32x4.splat(0));
      const least = exp(f32x4.neg(f32x4.abs(score)));
      const more = f32x4.add(least, f32x4.splat(1));
      const slope = f32x4.div(f32x4.mul(v128.bitselect(f32x4.splat(1), least, above), f32x4.splat(share)), more);
      v128.store(negatives, v128.and(slope, isOther));
      sums = f32x4.add(sums, v128.and(f32x4.max(score, f32x4.splat(0)), isOther));
      products = f32x4.mul(products, v128.bitselect(more, f32x4.splat(1), isOther));
      // Each factor is at most 2.
      if (++rounds == 64) {
        loss += logOfProduct(products);
        products = f32x4.splat(1);
        rounds = 0;
      }
      negatives += 16;
    }
    let product: f64 = 1;
    for (; item < end; item += 4) {
      const score = load<f32>(negatives);
      const least = f32x4.extract_lane(exp(f32x4.splat(-abs(score))), 0);
      const isTarget = load<i32>(item) == target;
      store<f32>(negatives, isTarget ? 0 : (share * (score > 0 ? 1 : least)) / (1 + least));
      if (!isTarget) {
        linear += <f64>max<f32>(score, 0);
        product *= 1 + <f64>least;
      }
      negatives += 4;
    }
    loss += linear + <f64>lanes(sums) + log(product) + logOfProduct(products);
  }
  return loss;
}

function logOfProduct(products: v128): f64 {
  const low = <f64>f32x4.extract_lane(products, 0) * <f64>f32x4.extract_lane(products, 1);
  return log(low * (<f64>f32x4.extract_lane(products, 2) * <f64>f32x4.extract_lane(products, 3)));
}

// ln(2^k m), m between the root of a half and that of two, by the series of the inverse hyperbolic tangent.
function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let whole = <f64>((bits >> 52) - 1023);
  let rest = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (rest > 1.4142135623730951) {
    rest *= 0.5;
    whole += 1;
  }
  const s = (rest - 1) / (rest + 1);
  const square = s * s;
  let sum = 1.0 / 11.0 + square * (1.0 / 13.0);
  sum = 1.0 / 9.0 + square * sum;
  sum = 1.0 / 7.0 + square * sum;
  sum = 1.0 / 5.0 + square * sum;
  sum = 1.0 / 3.0 + square * sum;
  return 2 * s * (1 + square * sum) + whole * 0.6931471805599453;
}
