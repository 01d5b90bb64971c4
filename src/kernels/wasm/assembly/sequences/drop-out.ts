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
