import type { Interactions } from '../../../data/interactions.js';

/** Answers whether a user has an item. */
export interface SeenItems {
  /** Whether there is a row of this user and item. */
  has(user: number, item: number): boolean;
  /** Different items of a user. */
  count(user: number): number;
}

/** Up to so many bits, 32 MB, one bit for each pair is kept; beyond, sorted rows. */
const mostBits = 2 ** 28;

/** Prepares the look-up for interactions that do not change. */
export function createSeenItems(interactions: Interactions): SeenItems {
  const { users, items } = interactions;
  const rows = sortedRows(interactions);
  const count = (user: number) => rows.ends[user]! - interactions.offsets[user]!;
  return { count, has: users.size * items.size <= mostBits ? fromBits(rows, items.size) : fromRows(rows) };
}

interface SortedRows {
  /** `[U]`: where the rows of each user start. */
  readonly starts: Uint32Array;
  /** `[U]`: where they end. */
  readonly ends: Uint32Array;
  /** Items of each user in ascending order, each once. */
  readonly items: Int32Array;
}

function sortedRows({ offsets, itemIndices }: Interactions): SortedRows {
  const items = itemIndices.slice();
  const ends = new Uint32Array(offsets.length - 1);
  for (let user = 0; user < ends.length; user += 1) {
    const start = offsets[user]!;
    const row = items.subarray(start, offsets[user + 1]!).sort();
    ends[user] = start + keepDistinct(row);
  }
  return { starts: offsets, ends, items };
}

// Moves the different numbers of a sorted row to its front and counts them.
function keepDistinct(row: Int32Array): number {
  let kept = 0;
  for (const item of row) {
    if (kept > 0 && row[kept - 1] === item) continue;
    row[kept] = item;
    kept += 1;
  }
  return kept;
}

function fromBits({ starts, ends, items }: SortedRows, itemCount: number): SeenItems['has'] {
  const width = Math.ceil(itemCount / 32);
  const bits = new Int32Array(ends.length * width);
  for (let user = 0; user < ends.length; user += 1) {
    for (let row = starts[user]!; row < ends[user]!; row += 1) {
      const item = items[row]!;
      bits[user * width + (item >>> 5)]! |= 1 << (item & 31);
    }
  }
  return (user, item) => ((bits[user * width + (item >>> 5)]! >>> (item & 31)) & 1) === 1;
}

function fromRows({ starts, ends, items }: SortedRows): SeenItems['has'] {
  return (user, item) => {
    let low = starts[user]!;
    let high = ends[user]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (items[middle]! < item) low = middle + 1;
      else high = middle;
    }
    return low < ends[user]! && items[low] === item;
  };
}
