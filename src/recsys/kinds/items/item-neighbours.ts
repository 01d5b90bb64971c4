import { createGrowingArray } from '../../../data/growing-array.js';
import type { Interactions } from '../../../data/interactions.js';
import { createPause } from '../../../internal/pause.js';
import { inGroups, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { distinctPairsInPieces, type Pairs } from '../distinct-pairs.js';
import { groupByItemInPieces, type ItemRows } from '../group-by-item.js';
import { createChooser } from './choose-best.js';

/** The most similar items of each item. */
export interface ItemNeighbours {
  /** `[I + 1]`: the neighbours of item `j` are `offsets[j]` to `offsets[j + 1] - 1`, the most similar first. */
  readonly offsets: Uint32Array;
  /** Item indices. */
  readonly items: Int32Array;
  /** How similar each is. */
  readonly similarities: Float32Array;
}

interface NeighbourSettings {
  readonly similarity: 'cosine' | 'jaccard' | 'conditional';
  readonly neighbours: number;
  readonly shrinkage: number;
  /** Most different items of one user that count. */
  readonly itemsPerUser: number;
  readonly signal: AbortSignal | undefined;
}

/** Rows and neighbours looked at from one pause to the next. */
const rowsAtOnce = 2 ** 16;

/** Counts, item by item, what else its users have, and keeps the most similar. */
export async function findNeighbours(train: Interactions, settings: NeighbourSettings): Promise<ItemNeighbours> {
  const pause = createPause(8, settings.signal);
  const { pairs, owners } = await piecemeal(groupBothWays(train, settings.itemsPerUser), pause);
  const count = createCounter(pairs, owners, pause);
  const choose = createChooser(Math.min(settings.neighbours, train.items.size));
  const items = createGrowingArray((size) => new Int32Array(size));
  const similarities = createGrowingArray((size) => new Float32Array(size));
  const offsets = new Uint32Array(train.items.size + 1);
  for (let item = 0; item < train.items.size; item += 1) {
    settings.signal?.throwIfAborted();
    const { met, counts } = await count(item);
    const chosen = choose(met, item, (other) =>
      likeness(settings, counts[other]!, ownersOf(owners, other), ownersOf(owners, item)),
    );
    for (const other of chosen.items) items.push(other);
    for (const score of chosen.scores) similarities.push(score);
    offsets[item + 1] = offsets[item]! + chosen.items.length;
    for (const other of met) counts[other] = 0;
  }
  return { offsets, items: items.take(), similarities: similarities.take() };
}

function* groupBothWays(train: Interactions, itemsPerUser: number): Pieces<{ pairs: Pairs; owners: ItemRows }> {
  const all = yield* distinctPairsInPieces(train);
  const pairs = yield* latestPairs(all, itemsPerUser);
  const owners = yield* groupByItemInPieces(pairs);
  return { pairs, owners };
}

/** The last so many pairs of each user. A user with n items costs n^2 steps, so one alone could cost more than all others. */
function* latestPairs(pairs: Pairs, most: number): Pieces<Pairs> {
  const { offsets, userIndices, itemIndices } = pairs;
  const kept = new Uint32Array(offsets.length);
  const [users, items] = [new Int32Array(pairs.length), new Int32Array(pairs.length)];
  yield* inGroups(offsets, (user) => {
    const end = offsets[user + 1]!;
    const start = Math.max(offsets[user]!, end - most);
    users.set(userIndices.subarray(start, end), kept[user]);
    items.set(itemIndices.subarray(start, end), kept[user]);
    kept[user + 1] = kept[user]! + end - start;
  });
  const length = kept.at(-1)!;
  const [userRows, itemRows] = [users.subarray(0, length), items.subarray(0, length)];
  return { ...pairs, length, offsets: kept, userIndices: userRows, itemIndices: itemRows };
}

/** What stands together with an item: the other items, and how many users have both, by item. */
interface Together {
  readonly met: Int32Array;
  readonly counts: Int32Array;
}

// Leaves in `counts` how many users have an item together with the one asked for; who asks sets those to zero again.
function createCounter(pairs: Pairs, owners: ItemRows, pause: () => Promise<void>) {
  const counts = new Int32Array(pairs.items.size);
  const met = new Int32Array(pairs.items.size);
  let looked = 0;
  return async (item: number): Promise<Together> => {
    let length = 0;
    for (let owner = owners.offsets[item]!; owner < owners.offsets[item + 1]!; owner += 1) {
      const user = owners.userIndices[owner]!;
      const end = pairs.offsets[user + 1]!;
      for (let row = pairs.offsets[user]!; row < end; row += 1) {
        const other = pairs.itemIndices[row]!;
        if (counts[other] === 0) {
          met[length] = other;
          length += 1;
        }
        counts[other]! += 1;
      }
      looked += end - pairs.offsets[user]!;
      if (looked < rowsAtOnce) continue;
      looked = 0;
      await pause();
    }
    // Who asks looks at all that was met.
    looked += 64 + length;
    return { met: met.subarray(0, length), counts };
  };
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
