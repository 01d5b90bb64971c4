/** Copies `count` numbers, of any type of four bytes. */
export function copyNumbers(source: usize, count: usize, target: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(target, v128.load(source));
    source += 16;
    target += 16;
  }
  for (; count != 0; --count) {
    store<u32>(target, load<u32>(source));
    source += 4;
    target += 4;
  }
}

/** Adds `count` numbers at `source` to those at `target`. */
export function addTo(target: usize, source: usize, count: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; count != 0; --count) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}

/** Adds the products of `count` pairs of numbers to those at `target`. */
export function addProductTo(target: usize, first: usize, second: usize, count: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(target, f32x4.add(v128.load(target), f32x4.mul(v128.load(first), v128.load(second))));
    target += 16;
    first += 16;
    second += 16;
  }
  for (; count != 0; --count) {
    store<f32>(target, load<f32>(target) + load<f32>(first) * load<f32>(second));
    target += 4;
    first += 4;
    second += 4;
  }
}
