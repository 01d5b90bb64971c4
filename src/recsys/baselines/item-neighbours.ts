import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { createTopList } from '../top-list.js';
import { distinctPairs, type Pairs } from './distinct-pairs.js';
import { groupByItem, type ItemRows } from './group-by-item.js';

/** The most similar items of each item. */
export interface Neighbours {
  /** What each user has, each item once. */
  readonly pairs: Pairs;
  /** `[I + 1]`: the neighbours of item `j` are `offsets[j]` to `offsets[j + 1] - 1`, the most similar first. */
  readonly offsets: Uint32Array;
  readonly items: Int32Array;
  readonly similarities: Float32Array;
}

interface NeighbourSettings {
  readonly similarity: 'cosine' | 'jaccard' | 'conditional';
  readonly neighbours: number;
  readonly shrinkage: number;
  readonly signal: AbortSignal | undefined;
}

/** Counts, item by item, what else its users have, and keeps the most similar. */
export async function findNeighbours(train: Interactions, settings: NeighbourSettings): Promise<Neighbours> {
  const pairs = distinctPairs(train);
  const owners = groupByItem(pairs);
  const counts = new Int32Array(train.items.size);
  const pause = createPause();
  const list = createTopList(Math.min(settings.neighbours, train.items.size));
  const [items, similarities, offsets]: [number[], number[], number[]] = [[], [], [0]];
  for (let item = 0; item < train.items.size; item += 1) {
    await pause();
    settings.signal?.throwIfAborted();
    list.clear();
    for (const other of countTogether(item, pairs, owners, counts)) {
      if (other !== item)
        list.offer(likeness(settings, counts[other]!, ownersOf(owners, other), ownersOf(owners, item)), other);
      counts[other] = 0;
    }
    for (let place = 0; place < list.length; place += 1) {
      items.push(list.items[place]!);
      similarities.push(list.scores[place]!);
    }
    offsets.push(items.length);
  }
  return {
    pairs,
    offsets: Uint32Array.from(offsets),
    items: Int32Array.from(items),
    similarities: Float32Array.from(similarities),
  };
}

// Leaves in `counts` how many users have an item together with `item`, and returns the items where that is not zero.
function countTogether(item: number, pairs: Pairs, owners: ItemRows, counts: Int32Array): number[] {
  const met: number[] = [];
  for (let owner = owners.offsets[item]!; owner < owners.offsets[item + 1]!; owner += 1) {
    const user = owners.userIndices[owner]!;
    const end = pairs.offsets[user + 1]!;
    for (let row = pairs.offsets[user]!; row < end; row += 1) {
      const other = pairs.itemIndices[row]!;
      const before = counts[other]!;
      if (before === 0) met.push(other);
      counts[other] = before + 1;
    }
  }
  return met;
}

function likeness({ similarity, shrinkage }: NeighbourSettings, both: number, ofOther: number, ofItem: number): number {
  const trust = both / (both + shrinkage);
  if (similarity === 'cosine') return (trust * both) / Math.sqrt(ofOther * ofItem);
  if (similarity === 'jaccard') return (trust * both) / (ofOther + ofItem - both);
  return (trust * both) / ofItem;
}

function ownersOf({ offsets }: ItemRows, item: number): number {
  return offsets[item + 1]! - offsets[item]!;
}
