import { inStretches, type Pieces } from '../../internal/pieces.js';
import { refuse, requireFinite } from '../../internal/require.js';
import { sortInParts } from '../../internal/sort-in-parts.js';

/** Scores without repetition, and what became of the cases that had them. */
export interface ScoredCases {
  /** `[K]`, rising. */
  readonly scores: Float64Array;
  /** `[K]`: cases of each score. */
  readonly counts: Float64Array;
  /** `[K]`: those of them with the label 1. */
  readonly hits: Float64Array;
  /** All cases. */
  readonly cases: number;
  /** All cases with the label 1. */
  readonly hitsOfAll: number;
}

/** Half a range of scores that can be divided by. */
const leastReach = 1e-290;

/**
 * Checks scores and labels, and counts them by score, so that cases of one score get one chance.
 *
 * @param scores - `[N]`: finite.
 * @param labels - `[N]`: 1 or 0, each at least `fewest` times: fewer teach nothing.
 */
export async function countCases(
  where: string,
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  pause: () => Promise<void>,
  fewest = 10,
): Promise<ScoredCases> {
  const sorted = await requireCases(where, scores, labels, fewest, pause);
  for (const own of sorted) await sortInParts(own, pause);
  const [others, ones] = sorted;
  const [lowest, highest] = [Math.min(others[0]!, ones[0]!), Math.max(others.at(-1)!, ones.at(-1)!)];
  if (!(highest / 2 - lowest / 2 > leastReach)) {
    refuse(where, 'scores', 'differ: one and the same for all says nothing', lowest);
  }
  const length = scores.length;
  const found = { scores: new Float64Array(length), counts: new Float64Array(length), hits: new Float64Array(length) };
  let [size, other, one] = [0, 0, 0];
  for (; other < others.length || one < ones.length; size += 1) {
    const score = Math.min(others[other] ?? Number.POSITIVE_INFINITY, ones[one] ?? Number.POSITIVE_INFINITY);
    const [before, hitsBefore] = [other + one, one];
    while (others[other] === score) other += 1;
    while (ones[one] === score) one += 1;
    found.scores[size] = score;
    found.counts[size] = other + one - before;
    found.hits[size] = one - hitsBefore;
    if (size % 2 ** 14 === 0) await pause();
  }
  const [scoresOf, counts, hits] = [found.scores, found.counts, found.hits].map((column) => column.slice(0, size));
  return { scores: scoresOf!, counts: counts!, hits: hits!, cases: length, hitsOfAll: ones.length };
}

/** The scores of the label 0 and those of the label 1. */
async function requireCases(
  where: string,
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  fewest: number,
  pause: () => Promise<void>,
): Promise<readonly [Float64Array, Float64Array]> {
  const isList = (list: ArrayLike<number>) => typeof list === 'object' && Number.isSafeInteger(list?.length);
  if (!isList(scores)) refuse(where, 'scores', 'be a list of numbers', scores);
  if (!isList(labels) || labels.length !== scores.length) {
    refuse(where, 'labels', `be a list of ${scores.length} labels, one for each score`, labels?.length ?? labels);
  }
  const sides = [new Float64Array(scores.length), new Float64Array(scores.length)] as const;
  const sizes = [0, 0];
  for (let row = 0; row < scores.length; row += 1) {
    if (row % 2 ** 14 === 0) await pause();
    const [score, label] = [scores[row]!, labels[row]!];
    // The name of a place is made for an offender only.
    if (!Number.isFinite(score)) requireFinite(where, `scores[${row}]`, score);
    if (label !== 0 && label !== 1) refuse(where, `labels[${row}]`, 'be 0 or 1', label);
    sides[label][sizes[label]!] = score;
    sizes[label]! += 1;
  }
  if (Math.min(...sizes) < fewest) {
    refuse(where, 'labels', `hold ${fewest} ones or more, and as many zeros`, `${sizes[1]} ones and ${sizes[0]} zeros`);
  }
  return [sides[0].slice(0, sizes[0]), sides[1].slice(0, sizes[1])];
}

/** Leads each score through a function. */
export function* mapScores(scores: ArrayLike<number>, chanceOf: (score: number) => number): Pieces<Float64Array> {
  const chances = new Float64Array(scores.length);
  yield* inStretches(scores.length, (from, to) => {
    for (let row = from; row < to; row += 1) chances[row] = chanceOf(scores[row]!);
  });
  return chances;
}
