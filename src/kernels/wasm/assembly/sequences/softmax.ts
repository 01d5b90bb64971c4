import { exp } from './exponential';
import { dot, lanes } from './sums';
import { multiplyBy } from './vectors';

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
