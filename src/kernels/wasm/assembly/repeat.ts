import { copyNumbers } from './vectors';

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
