import { MATRIX, packLeft } from './products/mat-mul';
import { packPanel } from './products/pack';
import { multiplyTile, TILE_COLUMNS, TILE_ROWS } from './tile';

/** Bytes of scratch memory for `topScores`. */
export function topScoresScratch(queries: usize, size: usize): usize {
  const rows = (queries + TILE_ROWS - 1) & ~(TILE_ROWS - 1);
  return (TILE_ROWS * TILE_COLUMNS + TILE_COLUMNS * size + rows * size) << 2;
}

/**
 * The `count` best of `query · item + bias` for each query, best first, without ever storing the scores.
 *
 * Of equal scores the earlier item comes first. Places for which there is no score above minus infinity hold minus
 * infinity and the item -1.
 *
 * @param queries - `[rows, size]`. @param items - `[itemCount, size]`. @param bias - `[itemCount]`, or 0 for none.
 */
export function topScores(
  queries: usize,
  rows: usize,
  items: usize,
  itemCount: usize,
  size: usize,
  bias: usize,
  count: usize,
  bestScores: usize,
  bestItems: usize,
  scratch: usize,
): void {
  const itemPanel = scratch + ((TILE_ROWS * TILE_COLUMNS) << 2);
  const panels = itemPanel + ((TILE_COLUMNS * size) << 2);
  const rowBytes = size << 2;
  for (let place: usize = 0; place < (rows * count) << 2; place += 4) {
    store<f32>(bestScores + place, -Infinity);
    store<i32>(bestItems + place, -1);
  }
  packLeft(MATRIX, queries, rowBytes, 4, 0, rows, 0, size, panels);
  for (let item: usize = 0; item < itemCount; item += TILE_COLUMNS) {
    const wide = min(TILE_COLUMNS, itemCount - item);
    packPanel(items + item * rowBytes, rowBytes, 4, wide, size, TILE_COLUMNS, itemPanel);
    let panel = panels;
    for (let row: usize = 0; row < rows; row += TILE_ROWS) {
      multiplyTile(panel, itemPanel, size, scratch, TILE_COLUMNS << 2, false);
      const high = min(TILE_ROWS, rows - row);
      for (let each: usize = 0; each < high; ++each) {
        const best = ((row + each) * count) << 2;
        offer(scratch + each * (TILE_COLUMNS << 2), item, wide, bias, count, bestScores + best, bestItems + best);
      }
      panel += TILE_ROWS * rowBytes;
    }
  }
}

/** Offers a run of scores to one query's list. */
// @ts-ignore: decorator
@inline
function offer(
  scores: usize,
  item: usize,
  wide: usize,
  bias: usize,
  count: usize,
  bestScores: usize,
  bestItems: usize,
): void {
  const worst = bestScores + ((count - 1) << 2);
  if (wide == TILE_COLUMNS && !bias) {
    const bar = v128.load32_splat(worst);
    const first = f32x4.gt(v128.load(scores), bar);
    const second = f32x4.gt(v128.load(scores, 16), bar);
    if (!v128.any_true(v128.or(first, second))) return;
  }
  for (let each: usize = 0; each < wide; ++each) {
    let score = load<f32>(scores + (each << 2));
    if (bias) score += load<f32>(bias + ((item + each) << 2));
    if (score > load<f32>(worst)) insert(score, <i32>(item + each), worst, bestScores, bestItems);
  }
}

/** Puts a score that beats the worst into its place, moving those below it down by one. */
function insert(score: f32, item: i32, worst: usize, bestScores: usize, bestItems: usize): void {
  const toItem = bestItems - bestScores;
  let place = worst;
  for (; place > bestScores && load<f32>(place - 4) < score; place -= 4) {
    store<f32>(place, load<f32>(place - 4));
    store<i32>(place + toItem, load<i32>(place + toItem - 4));
  }
  store<f32>(place, score);
  store<i32>(place + toItem, item);
}
