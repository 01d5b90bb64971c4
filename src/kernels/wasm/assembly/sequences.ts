// A module of its own, so that only sequence models carry it: it runs in the memory in which the main module multiplies for
// them. src/nn/sequences has the formulas in plain loops.

/** `output [rows, size] = scale * (input - mean) * factor + offset`; mean and factor of each row go to `statistics [rows, 2]`. */
export function layerNorm(
  input: usize,
  output: usize,
  statistics: usize,
  scale: usize,
  offset: usize,
  rows: usize,
  size: usize,
  epsilon: f32,
): void {
  const rowBytes = size << 2;
  const wide = rowBytes & ~15;
  for (; rows != 0; --rows) {
    const mean = sum(input, size) / <f32>size;
    let squares = f32x4.splat(0);
    let at: usize = 0;
    for (; at < wide; at += 16) {
      const apart = f32x4.sub(v128.load(input + at), f32x4.splat(mean));
      squares = f32x4.add(squares, f32x4.mul(apart, apart));
    }
    let total = lanes(squares);
    for (; at < rowBytes; at += 4) {
      const apart = load<f32>(input + at) - mean;
      total += apart * apart;
    }
    const factor: f32 = 1 / f32.sqrt(total / <f32>size + epsilon);
    store<f32>(statistics, mean);
    store<f32>(statistics, factor, 4);
    for (at = 0; at < wide; at += 16) {
      const normed = f32x4.mul(f32x4.sub(v128.load(input + at), f32x4.splat(mean)), f32x4.splat(factor));
      v128.store(output + at, f32x4.add(f32x4.mul(normed, v128.load(scale + at)), v128.load(offset + at)));
    }
    for (; at < rowBytes; at += 4) {
      const normed = (load<f32>(input + at) - mean) * factor;
      store<f32>(output + at, normed * load<f32>(scale + at) + load<f32>(offset + at));
    }
    statistics += 8;
    input += rowBytes;
    output += rowBytes;
  }
}

/** Takes `slopes [rows, size]` of the output back to the input, in place, and adds to the gradients of scale and offset. */
export function layerNormGradient(
  input: usize,
  statistics: usize,
  scale: usize,
  scaleGradient: usize,
  offsetGradient: usize,
  slopes: usize,
  rows: usize,
  size: usize,
): void {
  const rowBytes = size << 2;
  const wide = rowBytes & ~15;
  for (; rows != 0; --rows) {
    const mean = load<f32>(statistics);
    const factor = load<f32>(statistics, 4);
    let sums = f32x4.splat(0);
    let products = sums;
    let at: usize = 0;
    for (; at < wide; at += 16) {
      const slope = v128.load(slopes + at);
      const normed = f32x4.mul(f32x4.sub(v128.load(input + at), f32x4.splat(mean)), f32x4.splat(factor));
      v128.store(scaleGradient + at, f32x4.add(v128.load(scaleGradient + at), f32x4.mul(slope, normed)));
      v128.store(offsetGradient + at, f32x4.add(v128.load(offsetGradient + at), slope));
      const scaled = f32x4.mul(slope, v128.load(scale + at));
      sums = f32x4.add(sums, scaled);
      products = f32x4.add(products, f32x4.mul(scaled, normed));
    }
    let total = lanes(sums);
    let product = lanes(products);
    for (; at < rowBytes; at += 4) {
      const slope = load<f32>(slopes + at);
      const normed = (load<f32>(input + at) - mean) * factor;
      store<f32>(scaleGradient + at, load<f32>(scaleGradient + at) + slope * normed);
      store<f32>(offsetGradient + at, load<f32>(offsetGradient + at) + slope);
      const scaled = slope * load<f32>(scale + at);
      total += scaled;
      product += scaled * normed;
    }
    total /= <f32>size;
    product /= <f32>size;
    for (at = 0; at < wide; at += 16) {
      const normed = f32x4.mul(f32x4.sub(v128.load(input + at), f32x4.splat(mean)), f32x4.splat(factor));
      const scaled = f32x4.sub(f32x4.mul(v128.load(slopes + at), v128.load(scale + at)), f32x4.splat(total));
      const rest = f32x4.sub(scaled, f32x4.mul(normed, f32x4.splat(product)));
      v128.store(slopes + at, f32x4.mul(rest, f32x4.splat(factor)));
    }
    for (; at < rowBytes; at += 4) {
      const normed = (load<f32>(input + at) - mean) * factor;
      store<f32>(slopes + at, factor * (load<f32>(slopes + at) * load<f32>(scale + at) - total - normed * product));
    }
    statistics += 8;
    input += rowBytes;
    slopes += rowBytes;
  }
}

const STEP: i32 = <i32>0x9e3779b9;

/** Drops those of `count` numbers whose hash is below `bound`; the others are multiplied by `kept`. */
export function dropOut(
  source: usize,
  target: usize,
  count: usize,
  seed: i32,
  first: i32,
  bound: i32,
  kept: f32,
): void {
  const end = source + (count << 2);
  const wide = source + ((count << 2) & ~15);
  const start = seed + first * STEP;
  let places = i32x4.replace_lane(i32x4.splat(start), 1, start + STEP);
  places = i32x4.replace_lane(i32x4.replace_lane(places, 2, start + 2 * STEP), 3, start + 3 * STEP);
  for (; source < wide; source += 16) {
    const stays = i32x4.ge_s(scramble(places), i32x4.splat(bound));
    v128.store(target, v128.and(f32x4.mul(v128.load(source), f32x4.splat(kept)), stays));
    places = i32x4.add(places, i32x4.splat(4 * STEP));
    target += 16;
  }
  for (let lane = scramble(places); source < end; source += 4) {
    store<f32>(target, i32x4.extract_lane(lane, 0) < bound ? 0 : load<f32>(source) * kept);
    lane = v128.shuffle<i32>(lane, lane, 1, 2, 3, 0);
    target += 4;
  }
}

// The last steps of Appleby's MurmurHash3.
function scramble(bits: v128): v128 {
  let x = i32x4.mul(v128.xor(bits, i32x4.shr_u(bits, 16)), i32x4.splat(<i32>0x85ebca6b));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(<i32>0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Softmax of `scale` times the rows of a block `[queries, end]` of which row `r` has `first + r + 1` columns; the rest become 0. */
export function softmaxRows(block: usize, first: usize, end: usize, scale: f32): void {
  for (let query = first; query < end; ++query) {
    const bytes = (query + 1) << 2;
    const wide = bytes & ~15;
    let highest = f32x4.splat(load<f32>(block));
    let at: usize = 0;
    for (; at < wide; at += 16) highest = f32x4.max(highest, v128.load(block + at));
    let most = max(
      max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
      max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
    );
    for (; at < bytes; at += 4) most = max(most, load<f32>(block + at));
    let sums = f32x4.splat(0);
    for (at = 0; at < wide; at += 16) {
      const share = exp(f32x4.mul(f32x4.sub(v128.load(block + at), f32x4.splat(most)), f32x4.splat(scale)));
      v128.store(block + at, share);
      sums = f32x4.add(sums, share);
    }
    let total = lanes(sums);
    for (; at < bytes; at += 4) {
      const share = f32x4.extract_lane(exp(f32x4.splat((load<f32>(block + at) - most) * scale)), 0);
      store<f32>(block + at, share);
      total += share;
    }
    multiplyBy(block, query + 1, 1 / total);
    memory.fill(block + bytes, 0, (end - query - 1) << 2);
    block += end << 2;
  }
}

/** In place of the slopes of shares: `scale * share * (slope - sum of share * slope)`. */
export function softmaxGradient(block: usize, slopes: usize, first: usize, end: usize, scale: f32): void {
  for (let query = first; query < end; ++query) {
    const bytes = (query + 1) << 2;
    const wide = bytes & ~15;
    const mean = dot(block, slopes, query + 1);
    let at: usize = 0;
    for (; at < wide; at += 16) {
      const apart = f32x4.sub(v128.load(slopes + at), f32x4.splat(mean));
      v128.store(slopes + at, f32x4.mul(f32x4.mul(apart, v128.load(block + at)), f32x4.splat(scale)));
    }
    for (; at < bytes; at += 4) {
      store<f32>(slopes + at, (load<f32>(slopes + at) - mean) * load<f32>(block + at) * scale);
    }
    memory.fill(slopes + bytes, 0, (end - query - 1) << 2);
    block += end << 2;
    slopes += end << 2;
  }
}

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

// 2^k e^r with |r| <= ln 2 / 2, by Taylor's polynomial of degree 7, to a last bit or two; ln 2 is taken off in two parts.
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
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

function dot(left: usize, right: usize, count: usize): f32 {
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

function sum(values: usize, count: usize): f32 {
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

// @ts-ignore: decorator
@inline
function lanes(sums: v128): f32 {
  const low = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  return low + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}
