/** The best few of the items that are offered to it, best first; of equal scores the smaller index comes first. */
export interface TopList {
  /** `[k]`: the items so far, in the first `length` places. */
  readonly items: Int32Array;
  /** `[k]`: their scores. */
  readonly scores: Float64Array;
  length: number;
  /** The score that an item has to reach to be taken. */
  threshold: number;
  clear(): void;
  offer(score: number, item: number): void;
}

/** Makes an empty list with room for `k` items. Meant for small `k`: taking an item moves those behind it. */
export function createTopList(k: number): TopList {
  const items = new Int32Array(k);
  const scores = new Float64Array(k);
  const list: TopList = {
    items,
    scores,
    length: 0,
    threshold: Number.NEGATIVE_INFINITY,
    clear() {
      list.length = 0;
      list.threshold = Number.NEGATIVE_INFINITY;
    },
    offer(score, item) {
      if (score < list.threshold) return;
      let place = list.length;
      while (place > 0 && precedes(score, item, scores[place - 1]!, items[place - 1]!)) place -= 1;
      if (place === k) return;
      if (list.length < k) list.length += 1;
      scores.copyWithin(place + 1, place, list.length - 1);
      items.copyWithin(place + 1, place, list.length - 1);
      scores[place] = score;
      items[place] = item;
      if (list.length === k) list.threshold = scores[k - 1]!;
    },
  };
  return list;
}

function precedes(score: number, item: number, otherScore: number, otherItem: number): boolean {
  return score > otherScore || (score === otherScore && item < otherItem);
}
