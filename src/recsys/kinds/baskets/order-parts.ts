import type { Marks } from '../../marks.js';

/** What is known of one user: what they had, and the keys of both parts, minus infinity where one knows nothing. */
export interface UserParts {
  /** Items that the user had; repetitions do not count. */
  readonly had: Int32Array;
  /** `[I]`: how often, the last orders more. */
  readonly frequencies: Float32Array;
  /** `[I]`: of the recommender of what is new. */
  readonly keys: Float64Array;
}

/** An item that the user had: `place` counts those before it of the same frequency, `rank` all, from 1. */
export type VisitRepeat = (item: number, frequency: number, place: number, rank: number) => void;

/** Visits what the user had, the most frequent first; of equal ones the first by the keys, then the lower index. */
export function visitRepeats({ had, frequencies, keys }: UserParts, visit: VisitRepeat): void {
  const items = Int32Array.from(new Set(had)).sort((one, other) => {
    const byKeys = keys[one] === keys[other] ? 0 : keys[other]! - keys[one]!;
    return frequencies[other]! - frequencies[one]! || byKeys || one - other;
  });
  let start = 0;
  for (const [at, item] of items.entries()) {
    if (frequencies[item] !== frequencies[items[start]!]) start = at;
    visit(item, frequencies[item]!, at - start, at + 1);
  }
}

/** Visits what the user did not have and something speaks for, in the order of items, with its rank by the keys: 1 and those above it. */
export function visitOthers({ had, keys }: UserParts, own: Marks, visit: (item: number, rank: number) => void): void {
  own.clear();
  for (const item of had) own.add(item);
  const others = Float64Array.from(keys, (key, item) => (own.has(item) ? Number.NEGATIVE_INFINITY : key));
  const rising = others.slice().sort();
  for (let item = 0; item < others.length; item += 1) {
    if (others[item] === Number.NEGATIVE_INFINITY) continue;
    let [low, high] = [0, rising.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rising[middle]! > others[item]!) high = middle;
      else low = middle + 1;
    }
    visit(item, rising.length - low + 1);
  }
}
