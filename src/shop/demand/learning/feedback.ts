import { excessVariance, logNegativeBinomial } from '../../../statistics/negative-binomial.js';

/** How the days before move a product's demand. */
export interface Feedback {
  /** Weight of what yesterday brought over what was expected of it, >= 0. */
  readonly news: number;
  /** Weight of yesterday's level, >= 0; with `news` below 1. */
  readonly memory: number;
}

const newsGrid = [0.03, 0.07, 0.12, 0.2, 0.3, 0.45];
const memoryGrid = [0, 0.3, 0.5, 0.7, 0.8, 0.88, 0.93];
const mostTogether = 0.97;
// By Akaike's criterion two more numbers have to raise the log-likelihood by two.
const price = 2;

/**
 * The level of the next day, relative to what its weekday brings in the long run:
 *
 *     level' = (1 - news - memory) + news count / expected + memory level
 */
export function nextLevel({ news, memory }: Feedback, level: number, count: number, expected: number): number {
  return expected === 0 ? level : 1 - news - memory + (news * count) / expected + memory * level;
}

/** Writes each day's mean, `expected` times its level; gives the level behind the last day. */
export function followLevels(
  feedback: Feedback,
  counts: ArrayLike<number>,
  expected: Float64Array,
  means: Float64Array,
): number {
  let level = 1;
  for (let day = 0; day < expected.length; day += 1) {
    means[day] = expected[day]! * level;
    level = nextLevel(feedback, level, counts[day]!, expected[day]!);
  }
  return level;
}

/** The most likely feedback on a grid, none where none is worth its two numbers. */
export function fitFeedback(counts: ArrayLike<number>, expected: Float64Array): Feedback {
  const means = new Float64Array(expected.length);
  const score = (feedback: Feedback) => {
    followLevels(feedback, counts, expected, means);
    const shape = 1 / excessVariance(counts, means);
    let log = 0;
    for (let day = 0; day < means.length; day += 1) log += logNegativeBinomial(counts[day]!, means[day]!, shape);
    return log;
  };
  let best: Feedback = { news: 0, memory: 0 };
  let bestScore = score(best) + price;
  for (const news of newsGrid) {
    for (const memory of memoryGrid) {
      if (news + memory > mostTogether) continue;
      const found = score({ news, memory });
      if (found > bestScore) [best, bestScore] = [{ news, memory }, found];
    }
  }
  return best;
}
