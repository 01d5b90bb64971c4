/**
 * Where the relevant items of one user stand among all candidates, as far as their scores tell: one level for each
 * score that relevant items have, best first. The order within a level is open, so every metric is the expectation over
 * all orders of it.
 *
 * @see McSherry and Najork, "Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied
 *   Scores" (2008)
 */
export interface TiedRanks {
  /** Number of levels, at least one. */
  readonly levels: number;
  /** `[levels]`: candidates that score higher than the level. */
  readonly before: Int32Array;
  /** `[levels]`: candidates of the level, relevant or not. */
  readonly size: Int32Array;
  /** `[levels]`: relevant items of the level. */
  readonly relevant: Int32Array;
  /** Relevant items of the user, M. */
  readonly totalRelevant: number;
  /** All other candidates of the user, N. */
  readonly totalOthers: number;
}

/** Counts candidates of one user after the other into the levels of the user's relevant items. */
export interface RankCounter {
  /** Begins a user, given the scores of the relevant items. */
  start(relevantScores: Float64Array): void;
  /** Counts another candidate, or with `times` -1 takes one back. */
  count(score: number, times: number): void;
  /** Counts `scores[begin]` to `scores[end - 1]`. */
  countRange(scores: Float64Array, begin: number, end: number): void;
  /** The ranks so far; overwritten by the next user's. */
  finish(): TiedRanks;
}

/** Makes a counter for users with at most `most` relevant items. */
export function createRankCounter(most: number): RankCounter {
  const scores = new Float64Array(most);
  const [above, equal] = [new Int32Array(most), new Int32Array(most)];
  const [before, size, relevant] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let [levels, totalRelevant, totalOthers] = [0, 0, 0];

  const count = (score: number, times: number) => {
    totalOthers += times;
    // The first level that the score is not below; of two relevant items, it stands above the second but not the first.
    let [low, high] = [0, levels];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (score >= scores[middle]!) high = middle;
      else low = middle + 1;
    }
    if (low === levels) return;
    if (score === scores[low]) equal[low]! += times;
    else above[low]! += times;
  };

  return {
    count,
    start(relevantScores) {
      [levels, totalRelevant, totalOthers] = [0, relevantScores.length, 0];
      const sorted = relevantScores.slice().sort();
      for (let at = sorted.length - 1; at >= 0; at -= 1) {
        if (levels === 0 || sorted[at] !== scores[levels - 1]) {
          scores[levels] = sorted[at]!;
          [above[levels], equal[levels], relevant[levels]] = [0, 0, 0];
          levels += 1;
        }
        relevant[levels - 1]! += 1;
      }
    },
    countRange(candidates, begin, end) {
      if (levels > 1) {
        for (let at = begin; at < end; at += 1) count(candidates[at]!, 1);
        return;
      }
      const level = scores[0]!;
      let [higher, same] = [0, 0];
      for (let at = begin; at < end; at += 1) {
        const score = candidates[at]!;
        if (score > level) higher += 1;
        else if (score === level) same += 1;
      }
      totalOthers += end - begin;
      above[0]! += higher;
      equal[0]! += same;
    },
    finish() {
      let passed = 0;
      for (let level = 0; level < levels; level += 1) {
        before[level] = passed + above[level]!;
        size[level] = equal[level]! + relevant[level]!;
        passed = before[level]! + size[level]!;
      }
      return { levels, before, size, relevant, totalRelevant, totalOthers };
    },
  };
}
