import { inverseLength, invertPositiveDefinite } from '../linear-algebra/invert-positive-definite.js';
import { type DoubleRoutines, plainDoubles } from '../linear-algebra/plain-doubles.js';

/** Counts, what they may depend on, and which of them are alike. */
export interface CountSample {
  /** `[N]`, each >= 0, not all 0; whole numbers or not. */
  readonly counts: Float64Array;
  /** `[N, K]`, row-major: the first feature of each is 1. */
  readonly features: Float64Array;
  /** `[N]`: counts of one number may depend on each other. */
  readonly clusters: Int32Array;
  /** `[N]`, each in [0, 1]: how sure it is that a row is one; 0 leaves it out. Default 1 each. */
  readonly shares?: Float64Array;
}

/** What {@link poissonRegression} found. */
export interface CountRegression {
  /** `[K]`. */
  readonly weights: Float64Array;
  /** `[K]`: standard errors. */
  readonly errors: Float64Array;
  /** Clusters less one. */
  readonly freedom: number;
}

const mostTurns = 60;
const mostExponent = 40;
// A mean of less than exp of this times the usual one is none: where counts of 0 can be told for certain, a weight runs away.
const leastExponent = -15;

/**
 * Poisson regression by Newton's method, with errors that hold whatever the distribution is, as long as the means are right: a jackknife
 * over the clusters, each left out by one Newton step.
 *
 *     mean_n = exp(weights . features_n),   weights: sum over n of share_n (count_n - mean_n) features_n = 0
 *     moved_g = (H - H_g)^-1 s_g,           error^2 = (G - 1) / G * sum over the G clusters of moved_g^2
 *     H_g = sum over n in cluster g of share_n mean_n features_n features_n',   H = sum of H_g
 *     s_g = sum over n in cluster g of share_n (count_n - mean_n) features_n
 *
 * @returns Undefined where features depend on each other, also without a cluster, or no weights are the most likely.
 * @see Gourieroux, Monfort and Trognon, "Pseudo Maximum Likelihood Methods: Applications to Poisson Models" (1984)
 * @see Cameron and Miller, "A Practitioner's Guide to Cluster-Robust Inference" (2015), VI.B, for the jackknife (CV3)
 */
export async function poissonRegression(
  sample: CountSample,
  pause: () => Promise<void>,
  start?: Float64Array,
): Promise<CountRegression | undefined> {
  const weights = await poissonWeights(sample, pause, start);
  if (!weights) return undefined;
  const least = usualCount(sample) * Math.exp(leastExponent);
  if (sample.counts.some((_, row) => meanOf(sample, weights, row) < least)) return undefined;
  const errors = await jackknife(sample, weights, plainDoubles(inverseLength(weights.length)), pause);
  return errors && { weights, errors, freedom: new Set(sample.clusters).size - 1 };
}

/**
 * The weights of {@link poissonRegression} alone.
 *
 * @param start - `[K]`: weights to begin with. Default: those of a mean that is the same for all.
 */
export async function poissonWeights(
  sample: CountSample,
  pause: () => Promise<void>,
  start?: Float64Array,
): Promise<Float64Array | undefined> {
  const size = sample.features.length / sample.counts.length;
  const routines = plainDoubles(inverseLength(size));
  let weights: Float64Array = start ?? new Float64Array(size);
  if (!start) weights[0] = Math.log(usualCount(sample));
  let likelihood = logLikelihood(sample, weights);
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const step = await newtonStep(sample, weights, routines, pause);
    if (!step) return undefined;
    const next = shorten(sample, weights, step, likelihood);
    const gain = next.likelihood - likelihood;
    ({ weights, likelihood } = next);
    if (gain <= 1e-12 * Math.abs(likelihood)) return weights;
  }
  return undefined;
}

/** The mean of a row, by its features. */
export function meanOf({ features }: CountSample, weights: Float64Array, row: number): number {
  let exponent = 0;
  for (let at = 0; at < weights.length; at += 1) exponent += weights[at]! * features[row * weights.length + at]!;
  return Math.exp(Math.max(-mostExponent, Math.min(mostExponent, exponent)));
}

const shareOf = ({ shares }: CountSample, row: number) => (shares ? shares[row]! : 1);

function usualCount(sample: CountSample): number {
  const rows = sample.counts.reduce((sum, _, row) => sum + shareOf(sample, row), 0);
  return sample.counts.reduce((sum, count, row) => sum + shareOf(sample, row) * count, 0) / rows;
}

function logLikelihood(sample: CountSample, weights: Float64Array): number {
  return sample.counts.reduce((sum, count, row) => {
    const mean = meanOf(sample, weights, row);
    return sum + shareOf(sample, row) * (count * Math.log(mean) - mean);
  }, 0);
}

function shorten(sample: CountSample, weights: Float64Array, step: Float64Array, likelihood: number) {
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = weights.map((weight, at) => weight + share * step[at]!);
    const reached = logLikelihood(sample, next);
    if (reached >= likelihood) return { weights: next, likelihood: reached };
  }
  return { weights, likelihood };
}

async function newtonStep(
  sample: CountSample,
  weights: Float64Array,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<Float64Array | undefined> {
  const { slope, curvature } = await derivatives(sample, weights, sample.counts.keys(), pause);
  return solve(curvature, slope, routines, pause);
}

interface Derivatives {
  /** `[K]`: of the log-likelihood. */
  readonly slope: Float64Array;
  /** `[K, K]`: less its second derivatives, the lower triangle. */
  readonly curvature: Float64Array;
}

async function derivatives(
  sample: CountSample,
  weights: Float64Array,
  rows: Iterable<number>,
  pause: () => Promise<void>,
): Promise<Derivatives> {
  const { counts, features } = sample;
  const size = weights.length;
  const [slope, curvature] = [new Float64Array(size), new Float64Array(size * size)];
  for (const row of rows) {
    if (row % 2 ** 8 === 0) await pause();
    const [share, expected] = [shareOf(sample, row), meanOf(sample, weights, row)];
    const mean = share * expected;
    for (let at = 0; at < size; at += 1) {
      const feature = features[row * size + at]!;
      slope[at]! += share * (counts[row]! - expected) * feature;
      for (let other = 0; other <= at; other += 1) {
        curvature[at * size + other]! += mean * feature * features[row * size + other]!;
      }
    }
  }
  return { slope, curvature };
}

/** Undefined where the matrix has no inverse. */
async function solve(
  matrix: Float64Array,
  right: Float64Array,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<Float64Array | undefined> {
  const { memory } = routines;
  const size = right.length;
  memory.set(matrix);
  await invertPositiveDefinite(routines, size, pause);
  const inverse = (at: number, other: number) => memory[Math.max(at, other) * size + Math.min(at, other)]!;
  const solution = right.map((_, at) => right.reduce((sum, each, other) => sum + inverse(at, other) * each, 0));
  return solution.every(Number.isFinite) ? solution : undefined;
}

/** `[K]`: standard errors. */
async function jackknife(
  sample: CountSample,
  weights: Float64Array,
  routines: DoubleRoutines,
  pause: () => Promise<void>,
): Promise<Float64Array | undefined> {
  const whole = await derivatives(sample, weights, sample.counts.keys(), pause);
  const rowsOf = new Map<number, number[]>();
  for (const [row, cluster] of sample.clusters.entries()) {
    const own = rowsOf.get(cluster);
    if (own) own.push(row);
    else rowsOf.set(cluster, [row]);
  }
  const squares = new Float64Array(weights.length);
  for (const rows of rowsOf.values()) {
    const own = await derivatives(sample, weights, rows, pause);
    const rest = whole.curvature.map((each, at) => each - own.curvature[at]!);
    const moved = await solve(rest, own.slope, routines, pause);
    if (!moved) return undefined;
    for (let at = 0; at < squares.length; at += 1) squares[at]! += moved[at]! ** 2;
  }
  return squares.map((square) => Math.sqrt((square * (rowsOf.size - 1)) / rowsOf.size));
}
