/** Writes each of `blocks` blocks of `count` numbers `times` times, one after the other. */
export function repeatBlocks(source: usize, blocks: usize, count: usize, times: usize, target: usize): void {
  const bytes = count << 2;
  for (; blocks != 0; --blocks) {
    for (let each = times; each != 0; --each) {
      copyNumbers(source, count, target);
      target += bytes;
    }
    source += bytes;
  }
}

function copyNumbers(source: usize, count: usize, target: usize): void {
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
