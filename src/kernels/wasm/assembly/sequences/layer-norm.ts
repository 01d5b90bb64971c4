import { lanes, sum } from './sums';

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
