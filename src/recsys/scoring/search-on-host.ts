import { createPause } from '../../internal/pause.js';
import { addTile, packRow } from '../../linear-algebra/panels.js';
import type { FoundItems, ItemVectors } from '../indexes/item-index.js';
import { createTopList, type TopList } from './top-list.js';

/** Queries that are matched against all items at a time. */
const BLOCK = 64;

/** The best `k` items for each query, by blocked products on the host that keep no scores. */
export async function searchOnHost(vectors: ItemVectors, queries: Float32Array, k: number): Promise<FoundItems> {
  const count = queries.length / vectors.size;
  const found = {
    scores: new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY),
    items: new Int32Array(count * k).fill(-1),
  };
  const pause = createPause();
  const lists = Array.from({ length: Math.min(BLOCK, count) }, () => createTopList(k));
  for (let first = 0; first < count; first += BLOCK) {
    const block = lists.slice(0, count - first);
    await searchBlock(vectors, queries, first, block, pause);
    for (const [row, list] of block.entries()) {
      found.scores.set(list.scores.subarray(0, list.length), (first + row) * k);
      found.items.set(list.items.subarray(0, list.length), (first + row) * k);
    }
  }
  return found;
}

async function searchBlock(
  { size, items, itemBiases }: ItemVectors,
  queries: Float32Array,
  first: number,
  lists: readonly TopList[],
  pause: () => Promise<void>,
): Promise<void> {
  const panels = new Float64Array(4 * Math.ceil(lists.length / 4) * size);
  for (const [row, list] of lists.entries()) {
    list.clear();
    packRow(panels.subarray((row & ~3) * size), row & 3, queries, (first + row) * size, size);
  }
  const itemCount = items.length / size;
  const itemPanel = new Float64Array(4 * size);
  const tile = new Float64Array(16);
  const stride = 4 * Math.ceil(2 ** 18 / (16 * size * lists.length));
  for (let item = 0; item < itemCount; item += 4) {
    if (item % stride === 0) await pause();
    const columns = Math.min(4, itemCount - item);
    for (let c = 0; c < columns; c += 1) packRow(itemPanel, c, items, (item + c) * size, size);
    for (let row = 0; row < lists.length; row += 4) {
      tile.fill(0);
      addTile(tile, 0, 1, panels, row * size, itemPanel, 0, size);
      offerTile(lists, row, tile, item, columns, itemBiases);
    }
  }
}

function offerTile(
  lists: readonly TopList[],
  row: number,
  tile: Float64Array,
  item: number,
  columns: number,
  biases?: Float32Array,
): void {
  for (let r = 0; r < Math.min(4, lists.length - row); r += 1) {
    const list = lists[row + r]!;
    for (let c = 0; c < columns; c += 1) {
      // As float32, so that scores which are equal in the result are ties here too.
      const score = Math.fround(tile[4 * c + r]! + (biases ? biases[item + c]! : 0));
      // Items rise: one that only equals the last of a full list stays outside. NaN is above nothing.
      if (score > list.threshold || (score > Number.NEGATIVE_INFINITY && list.length < list.items.length)) {
        list.offer(score, item + c);
      }
    }
  }
}
