import { inStretches, type Pieces } from '../../internal/pieces.js';
import type { ScoredCases } from './scored-cases.js';

/** Log-odds as a line of the score: `slope * (score - centre) + level`. */
export interface PlattLine {
  /** Never below 0: a higher score never has a lower chance. */
  readonly slope: number;
  /** In the middle between the lowest score and the highest. */
  readonly centre: number;
  readonly level: number;
}

const mostSteps = 100;

/**
 * Platt's line: the likeliest one for labels that are drawn a little to the middle, so that it is finite where scores part the labels.
 *
 *     minimise -sum of t ln p + (1 - t) ln(1 - p),  p = 1 / (1 + exp(-(slope * (score - centre) + level))), slope >= 0
 *     t = (ones + 1) / (ones + 2) of a 1, 1 / (zeros + 2) of a 0
 *
 * By Newton's method with halved steps, on scores that are brought to [-1, 1].
 *
 * @see Platt, "Probabilistic Outputs for Support Vector Machines" (1999); Lin, Lin and Weng, "A Note on Platt's Probabilistic Outputs for
 *   Support Vector Machines" (2007)
 */
export function* plattLine({ scores, counts, hits, cases, hitsOfAll }: ScoredCases): Pieces<PlattLine> {
  const [high, low] = [(hitsOfAll + 1) / (hitsOfAll + 2), 1 / (cases - hitsOfAll + 2)];
  // Halves first: the difference of huge scores is infinite.
  const [middle, reach] = [scores.at(-1)! / 2 + scores[0]! / 2, scores.at(-1)! / 2 - scores[0]! / 2];
  const sums = { places: new Float64Array(scores.length), counts, targets: new Float64Array(scores.length) };
  let all = 0;
  yield* inStretches(scores.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      sums.places[at] = (scores[at]! / 2 - middle / 2) / (reach / 2);
      sums.targets[at] = hits[at]! * high + (counts[at]! - hits[at]!) * low;
      all += sums.targets[at]!;
    }
  });
  const mean = all / cases;
  const level = Math.log(mean / (1 - mean));
  let line: readonly [number, number] = [0, level];
  let { loss, gradient, curvature } = yield* sumsAt(sums, line);
  for (let step = 0; step < mostSteps && Math.hypot(...gradient) > 1e-11 * cases; step += 1) {
    const [one, mixed, other] = curvature;
    const area = one * other - mixed * mixed;
    const move = [
      (other * gradient[0] - mixed * gradient[1]) / area,
      (one * gradient[1] - mixed * gradient[0]) / area,
    ] as const;
    let [size, next, moved] = [1, { loss, gradient, curvature }, line];
    for (; size > 1e-10 && !(next.loss < loss); size /= 2) {
      moved = [line[0] - size * move[0], line[1] - size * move[1]];
      next = yield* sumsAt(sums, moved);
    }
    if (!(next.loss < loss)) break;
    line = moved;
    ({ loss, gradient, curvature } = next);
  }
  // The loss is convex: with a slope below 0 the best of those from 0 on is 0.
  if (!(line[0] > 0)) return { slope: 0, centre: middle, level };
  return { slope: line[0] / reach, centre: middle, level: line[1] };
}

/** The chance of a score. */
export function chanceByLine({ slope, centre, level }: PlattLine, score: number): number {
  // Halves: the difference of huge scores is infinite.
  return 1 / (1 + Math.exp(-(2 * slope * (score / 2 - centre / 2) + level)));
}

interface Sums {
  readonly places: Float64Array;
  readonly counts: Float64Array;
  readonly targets: Float64Array;
}

function* sumsAt({ places, counts, targets }: Sums, [slope, level]: readonly [number, number]): Pieces<SumsAt> {
  let loss = 0;
  const gradient: [number, number] = [0, 0];
  const curvature: [number, number, number] = [0, 0, 0];
  yield* inStretches(places.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const [place, count, target] = [places[at]!, counts[at]!, targets[at]!];
      const score = slope * place + level;
      const chance = 1 / (1 + Math.exp(-score));
      loss += count * (Math.max(0, score) + Math.log1p(Math.exp(-Math.abs(score)))) - target * score;
      const [error, weight] = [count * chance - target, count * chance * (1 - chance)];
      gradient[0] += error * place;
      gradient[1] += error;
      curvature[0] += weight * place * place;
      curvature[1] += weight * place;
      curvature[2] += weight;
    }
  });
  return { loss, gradient, curvature };
}

interface SumsAt {
  readonly loss: number;
  readonly gradient: readonly [slope: number, level: number];
  readonly curvature: readonly [slope: number, mixed: number, level: number];
}
