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
  /** Counts what `other` has counted, some of whose levels these are. */
  countFrom(other: RankCounter): void;
  /** The counts of the levels so far. */
  counts(): LevelCounts;
  /** The ranks so far; overwritten by the next user's. */
  finish(): TiedRanks;
}

/** Of each level, best first: its score, and how many other candidates are between it and the level before, and at it. */
export interface LevelCounts {
  readonly levels: number;
  readonly scores: Float64Array;
  readonly above: Int32Array;
  readonly equal: Int32Array;
  readonly totalOthers: number;
}

/** Makes a counter for users with at most `most` relevant items. */
export function createRankCounter(most: number): RankCounter {
  const scores = new Float64Array(most);
  const [above, equal] = [new Int32Array(most), new Int32Array(most)];
  const [before, size, relevant] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let [levels, totalRelevant, totalOthers] = [0, 0, 0];

  // The first level that the score is not below; of two relevant items, it stands above the second but not the first.
  const levelOf = (score: number): number => {
    let low = 0;
    let high = levels;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (score >= scores[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const place = (score: number, times: number) => {
    const level = levelOf(score);
    if (level === levels) return;
    if (score === scores[level]) equal[level]! += times;
    else above[level]! += times;
  };

  return {
    count(score, times) {
      totalOthers += times;
      place(score, times);
    },
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
        // Most are below all levels.
        const lowest = scores[levels - 1]!;
        for (let at = begin; at < end; at += 1) if (candidates[at]! >= lowest) place(candidates[at]!, 1);
        totalOthers += end - begin;
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
    countFrom(other) {
      const from = other.counts();
      for (let at = 0; at < from.levels; at += 1) {
        const level = levelOf(from.scores[at]!);
        if (level === levels) break;
        // Between two levels of the other there is none of these.
        above[level]! += from.above[at]!;
        if (scores[level] === from.scores[at]) equal[level]! += from.equal[at]!;
        else above[level]! += from.equal[at]!;
      }
      totalOthers += from.totalOthers;
    },
    counts: () => ({ levels, scores, above, equal, totalOthers }),
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
