import { inStretches, type Pieces } from '../../internal/pieces.js';
import type { ScoredCases } from './scored-cases.js';

/** Chances that rise with the score: straight between knots, level outside them. */
export interface IsotonicSteps {
  /** `[K]`: scores of the knots, rising. */
  readonly scores: Float64Array;
  /** `[K]`: their chances, never falling. */
  readonly chances: Float64Array;
}

/**
 * The chances nearest to the labels in squares of all that never fall with the score, by pooling neighbours that fall (pool adjacent
 * violators). Cases of one score have one chance, and no chance is nearer to 0 or 1 than 1 / (cases + 2): a few customers who all left do
 * not prove that everybody does.
 *
 * @see Ayer et al., "An Empirical Distribution Function for Sampling with Incomplete Information" (1955); Zadrozny and Elkan, "Transforming
 *   Classifier Scores into Accurate Multiclass Probability Estimates" (2002)
 */
export function* isotonicSteps({ scores, counts, hits, cases }: ScoredCases): Pieces<IsotonicSteps> {
  const pool = { ends: new Uint32Array(scores.length), counts: counts.slice(), hits: hits.slice() };
  let size = 0;
  yield* inStretches(scores.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      [pool.counts[size], pool.hits[size], pool.ends[size]] = [counts[at]!, hits[at]!, at];
      size += 1;
      for (; size > 1 && falls(pool, size - 2); size -= 1) join(pool, size - 2);
    }
  });
  const knots: { score: number; chance: number }[] = [];
  const least = 1 / (cases + 2);
  for (let block = 0; block < size; block += 1) {
    const [first, last] = [block === 0 ? 0 : pool.ends[block - 1]! + 1, pool.ends[block]!];
    const chance = Math.max(least, Math.min(1 - least, pool.hits[block]! / pool.counts[block]!));
    knots.push({ score: scores[first]!, chance });
    if (last > first) knots.push({ score: scores[last]!, chance });
  }
  return {
    scores: Float64Array.from(knots, ({ score }) => score),
    chances: Float64Array.from(knots, ({ chance }) => chance),
  };
}

interface Blocks {
  readonly ends: Uint32Array;
  readonly counts: Float64Array;
  readonly hits: Float64Array;
}

// Whole numbers, so that equal shares are equal.
function falls({ counts, hits }: Blocks, block: number): boolean {
  return hits[block]! * counts[block + 1]! >= hits[block + 1]! * counts[block]!;
}

function join({ ends, counts, hits }: Blocks, block: number): void {
  ends[block] = ends[block + 1]!;
  counts[block]! += counts[block + 1]!;
  hits[block]! += hits[block + 1]!;
}

/** The chance of a score. */
export function chanceBySteps({ scores, chances }: IsotonicSteps, score: number): number {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return chances[0]!;
  if (low === scores.length) return chances[low - 1]!;
  const [left, right] = [scores[low - 1]!, scores[low]!];
  // Halves: the difference of huge scores is infinite.
  const share = (score / 2 - left / 2) / (right / 2 - left / 2);
  return chances[low - 1]! + share * (chances[low]! - chances[low - 1]!);
}
