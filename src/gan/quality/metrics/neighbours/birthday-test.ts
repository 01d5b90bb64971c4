import { refuse, requireNonNegative, requirePositiveInteger, requireSeed } from '../../../../internal/require.js';
import { createRng, type Rng } from '../../../../random/rng.js';
import { type Estimate, meanEstimate } from '../../../../statistics/estimate.js';
import { wilsonInterval } from '../../../../statistics/wilson.js';
import { type Features, pickRows, type Rows, readBoth } from '../../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from '../measure-options.js';
import { openProducts, type Products } from '../products.js';
import { countBalls } from './count-balls.js';
import { nearestRows } from './nearest-rows.js';

/** What {@link birthdayTest} found. */
export interface BirthdayTest {
  /** Samples of a batch. */
  readonly batchSize: number;
  /** Distance up to which two samples counted as one. */
  readonly threshold: number;
  /** For each generated batch, the distance of its closest pair. */
  readonly closest: Float64Array;
  /** The same for each real batch. */
  readonly closestReal: Float64Array;
  /** Share of generated batches that hold a pair that counts as one. */
  readonly duplicates: Score;
  /** The same for the real batches. */
  readonly floor: Score;
  /**
   * About how many different samples the generator draws: 1 over the chance that two of its samples count as one. Infinity
   * when no pair did, and then the lower end of the interval is what can be said.
   */
  readonly support: Score;
}

/**
 * Birthday test: how often does a batch hold the same sample twice? A generator of n equally likely samples repeats itself
 * in half of the batches of 1.18 sqrt(n).
 *
 * What counts as the same is up to `threshold`, and the paper lets people look: show the closest pairs. By default it is so
 * that 1 of 20 real batches has a pair.
 *
 * @param real - `[N, D]`, two batches at least; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`, two batches at least.
 * @returns Closest pairs, the share of batches with duplicates, and the estimated support, with intervals over batches.
 * @throws RangeError when there are no two batches, the columns differ, or numbers are not finite.
 * @see Arora et al., "Do GANs Learn the Distribution? Some Theory and Empirics" (2018)
 * @example
 * const real = tensor2d([[0], [10], [20], [30]]);
 * const found = await birthdayTest(real, tensor2d([[5], [5], [5], [5]]), { batchSize: 2, threshold: 1 });
 * found.duplicates.value; // 1
 * found.support.value; // 1
 */
export async function birthdayTest(
  real: Features,
  generated: Features,
  options: MeasureOptions & {
    /** Samples of a batch, at least 2. Default: a twentieth of the smaller set. */
    readonly batchSize?: number;
    /** Distance up to which two samples count as one, >= 0. Default: the distance of the closest pair in 1 of 20 real batches. */
    readonly threshold?: number;
    /** Which samples make a batch; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): Promise<BirthdayTest> {
  const where = 'birthdayTest';
  const pause = openMeasure(where, options, { batchSize: true, threshold: true, seed: true, signal: true });
  requireSeed(where, options.seed);
  if (options.threshold !== undefined) requireNonNegative(where, 'threshold', options.threshold);
  const rows = await readBoth(where, real, generated, pause);
  const fewest = Math.min(rows.real.count, rows.generated.count);
  const { batchSize = Math.max(2, Math.floor(fewest / 20)), seed = 0 } = options;
  requirePositiveInteger(where, 'batchSize', batchSize);
  if (batchSize < 2 || batchSize > fewest / 2) {
    refuse(where, 'batchSize', `be a whole number from 2 to half the smaller set, ${fewest / 2}`, batchSize);
  }
  const rng = createRng(seed).stream('batches');
  const products = await openProducts(rows.real.size, pause);
  const batches = {
    real: cut(rows.real, batchSize, rng.stream('real')),
    generated: cut(rows.generated, batchSize, rng.stream('generated')),
  };
  const closestReal = await closestPairs(batches.real, products);
  const closest = await closestPairs(batches.generated, products);
  const { threshold = closestReal.slice().sort()[Math.ceil(closestReal.length / 20) - 1]! } = options;
  const samples = { real: rows.real.count, generated: rows.generated.count };
  const share = (distances: Float64Array): Score => {
    const hits = distances.filter((distance) => distance <= threshold).length;
    return { value: hits / distances.length, interval: wilsonInterval(hits, distances.length), samples };
  };
  const pairs = await countPairs(batches.generated, threshold, products);
  const found = { batchSize, threshold, closest, closestReal, duplicates: share(closest), floor: share(closestReal) };
  return { ...found, support: { ...supportOf(pairs, (batchSize * (batchSize - 1)) / 2), samples } };
}

function cut(rows: Rows, size: number, rng: Rng): Rows[] {
  const order = rng.permutation(rows.count);
  const count = Math.floor(rows.count / size);
  return Array.from({ length: count }, (_, batch) => pickRows(rows, order.subarray(batch * size, (batch + 1) * size)));
}

async function closestPairs(batches: readonly Rows[], products: Products): Promise<Float64Array> {
  const closest = new Float64Array(batches.length);
  for (const [index, batch] of batches.entries()) {
    const { squares } = await nearestRows(batch, batch, 1, products, true);
    closest[index] = Math.sqrt(squares.reduce((least, square) => Math.min(least, square)));
  }
  return closest;
}

async function countPairs(batches: readonly Rows[], threshold: number, products: Products): Promise<number[]> {
  const counts: number[] = [];
  for (const batch of batches) {
    // A rounding more, or a pair exactly at the threshold could be lost in the square of a root.
    const radii = new Float64Array(batch.count).fill(threshold ** 2 * (1 + 4 * Number.EPSILON));
    const { perBall } = await countBalls(batch, radii, batch, products);
    // Each pair is seen from both sides, and each sample from its own.
    counts.push((perBall.reduce((sum, count) => sum + count, 0) - batch.count) / 2);
  }
  return counts;
}

function supportOf(counts: readonly number[], pairs: number): Required<Estimate> {
  const chances = counts.map((count) => count / pairs);
  const { value: chance, interval } = meanEstimate(chances);
  // No pair at all: a Poisson mean of up to -log 0.025 would still give none in 1 of 40 cases.
  if (chance === 0) {
    const most = -Math.log(0.025) / (pairs * counts.length);
    return { value: Number.POSITIVE_INFINITY, interval: [1 / most, Number.POSITIVE_INFINITY] };
  }
  const [low, high] = interval;
  return { value: 1 / chance, interval: [1 / Math.min(1, high), low > 0 ? 1 / low : Number.POSITIVE_INFINITY] };
}
