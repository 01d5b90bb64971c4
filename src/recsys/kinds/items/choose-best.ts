import { createTopList } from '../../scoring/top-list.js';

/** Longest list that is kept in order by moving what stands behind; longer ones are sorted. */
const longestKept = 512;

/** The best of the items met, but for `item` itself, best first; of equal ones the smaller index first. */
type Choose = (met: Int32Array, item: number, score: (other: number) => number) => Chosen;

interface Chosen {
  readonly items: Int32Array;
  readonly scores: Float64Array;
}

/** Makes what chooses at most `most`; it may give the same arrays again at its next call. */
export function createChooser(most: number): Choose {
  if (most > longestKept) return (met, item, score) => sortBest(met, item, score, most);
  const list = createTopList(most);
  return (met, item, score) => {
    list.clear();
    for (const other of met) if (other !== item) list.offer(score(other), other);
    return { items: list.items.subarray(0, list.length), scores: list.scores.subarray(0, list.length) };
  };
}

function sortBest(met: Int32Array, item: number, score: (other: number) => number, most: number): Chosen {
  const others = met.filter((other) => other !== item).sort();
  const scores = Float64Array.from(others, score);
  const order = Uint32Array.from(others.keys()).sort((one, other) => scores[other]! - scores[one]! || one - other);
  const best = order.subarray(0, most);
  return {
    items: Int32Array.from(best, (place) => others[place]!),
    scores: Float64Array.from(best, (place) => scores[place]!),
  };
}
