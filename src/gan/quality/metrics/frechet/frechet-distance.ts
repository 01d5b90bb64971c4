import type { OptionNames } from '../../../../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../../../../internal/require.js';
import { openDoubles } from '../../../../linear-algebra/double-routines.js';
import { createRng } from '../../../../random/rng.js';
import { studentInterval } from '../../../../statistics/estimate.js';
import { mean, standardError } from '../../../../statistics/moments.js';
import { type Features, type Pause, readBoth } from '../../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from '../measure-options.js';
import { gaussianDistance, gaussianLength } from './gaussian-distance.js';
import { groupSums, sumsLength } from './group-sums.js';
import { drawDirections } from './random-directions.js';
import { type GroupedRows, rowDistances, rowsLength } from './row-distance.js';

type Options = NonNullable<Parameters<typeof frechetDistance>[2]>;

/** What {@link frechetDistance} found. */
export interface FrechetScore extends Score {
  /**
   * How much of the value is owed to the number of samples being finite, by the jackknife: `value - bias` is about what
   * endless samples would give. NaN without groups.
   */
  readonly bias: number;
  /**
   * In how many dimensions it was measured: the number of features, or of random directions. In fewer directions it is
   * another distance, which compares only with one in as many.
   */
  readonly dimensions: number;
}

/**
 * Fréchet distance of two sets of features, each taken as one Gaussian. 0 is best.
 *
 *     |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^(1/2)), means m, covariances S over N - 1
 *
 * It looks at means and covariances only, in double precision. It is **biased**: fewer samples give a greater distance, about
 * in proportion to 1 / N, even between two sets of one kind. Compare values of equal sample sizes only, and with more
 * samples than features. In features of another network than the one of the paper it is not FID.
 *
 * Time grows with the third power of the number of features, or of samples where there are fewer; with very many of both it
 * measures in 512 random directions, and `dimensions` says so.
 *
 * @param real - `[N, D]`, N >= 2; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`, M >= 2.
 * @returns The distance; its interval is the jackknife's, over groups of samples left out, and covers chance in both sets,
 *   not the bias.
 * @throws RangeError when there are too few samples, the columns differ, or numbers are not finite; the reason of `signal`.
 * @see Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017)
 * @see Efron and Stein, "The Jackknife Estimate of Variance" (1981)
 * @see Ailon and Chazelle, "The Fast Johnson-Lindenstrauss Transform and Approximate Nearest Neighbors" (2009), for
 *   directions
 * @example
 * const real = tensor2d([[0, 0], [2, 0], [0, 2], [2, 2]]);
 * const { value } = await frechetDistance(real, add(real, 3), { groups: 0 });
 * value; // 18: equal covariances, and means 3 apart in both directions
 */
export async function frechetDistance(
  real: Features,
  generated: Features,
  options: MeasureOptions & {
    /**
     * Groups for the interval, each left out in turn, at least 2; each costs as much time as the distance itself. 0 for no
     * interval: its ends are then NaN. Default 20, or 5 above 256 features.
     */
    readonly groups?: number;
    /**
     * How many random directions, at right angles, to measure in instead of all features, at least 1; with as many as there
     * are features or more, such as `Infinity`, nothing is projected. Default: no projection up to 2,048 features, nor for
     * sets so small that there are no more than 2,048² pairs of a real and a generated sample; else 512.
     */
    readonly directions?: number;
    /** Which samples make a group, and the directions; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): Promise<FrechetScore> {
  const pause = openMeasure(where, options, optionNames);
  checkOptions(options);
  const { seed = 0 } = options;
  const given = await readBoth(where, real, generated, pause);
  const samples = { real: given.real.count, generated: given.generated.count };
  const fewest = Math.min(samples.real, samples.generated);
  if (fewest < 2) refuse(where, 'generated', 'hold 2 samples at least, as `real` must', fewest);
  const { size } = given.real;
  const dimensions = Math.min(size, options.directions ?? usualDirections(size, samples.real * samples.generated));
  const { groups = samplesAllow(dimensions, fewest) } = options;
  if (groups > fewest / 2) refuse(where, 'groups', `be at most half the samples, ${fewest / 2}`, groups);
  const rng = createRng(seed);
  const project = dimensions < size ? drawDirections(size, dimensions, rng.stream('directions')) : undefined;
  const grouped = async (name: 'real' | 'generated'): Promise<GroupedRows> => {
    const rows = project ? await project(given[name], pause) : given[name];
    const places = rng.stream('groups').stream(name).permutation(rows.count);
    return { rows, groups: Int32Array.from(places, (place) => place % Math.max(1, groups)) };
  };
  const found = await distances(await grouped('real'), await grouped('generated'), groups, pause);
  return { value: found.value, ...jackknife(found.value, found.without), dimensions, samples };
}

const where = 'frechetDistance';
/** Most features, and the root of most pairs of samples, without a projection. */
const widest = 2048;
const optionNames: OptionNames<Options> = { groups: true, directions: true, seed: true, signal: true };

function checkOptions(options: Options): void {
  const { groups = 0, directions = Number.POSITIVE_INFINITY, seed } = options;
  if (!(Number.isSafeInteger(groups) && groups >= 0 && groups !== 1)) {
    refuse(where, 'groups', 'be 0, or a whole number from 2 to half the samples', groups);
  }
  if (directions !== Number.POSITIVE_INFINITY) requirePositiveInteger(where, 'directions', directions);
  requireSeed(where, seed);
}

function usualDirections(size: number, pairs: number): number {
  return size <= widest || pairs <= widest ** 2 ? size : 512;
}

function samplesAllow(size: number, samples: number): number {
  return samples < 4 ? 0 : Math.min(size > 256 ? 5 : 20, Math.floor(samples / 2));
}

/** The distance of all samples, and without each group, by the way that takes fewer multiplications. */
async function distances(
  real: GroupedRows,
  generated: GroupedRows,
  groups: number,
  pause: Pause,
): Promise<{ value: number; without: number[] }> {
  const [fewer, more] = real.rows.count <= generated.rows.count ? [real, generated] : [generated, real];
  const [n, m, d] = [fewer.rows.count, more.rows.count, fewer.rows.size];
  const byRows = n * m * d + (groups + 1) * (n * n * m + n ** 3);
  const byCovariances = (n + m) * d * d + (groups + 1) * 2 * d ** 3;
  if (byRows < byCovariances) {
    return rowDistances(fewer, more, groups, await openDoubles(rowsLength(n, m)), pause);
  }
  const routines = await openDoubles(Math.max(sumsLength(d), gaussianLength(d)));
  // The set of more samples is factored: its covariance is the less likely to be singular.
  const second = await groupSums(fewer, groups, routines, pause);
  const first = await groupSums(more, groups, routines, pause);
  const value = await gaussianDistance(first.whole(), second.whole(), routines, pause);
  const without: number[] = [];
  for (let group = 0; group < groups; group += 1) {
    without.push(await gaussianDistance(first.without(group), second.without(group), routines, pause));
  }
  return { value, without };
}

function jackknife(value: number, without: readonly number[]): Pick<FrechetScore, 'interval' | 'bias'> {
  const groups = without.length;
  if (groups === 0) return { interval: [Number.NaN, Number.NaN], bias: Number.NaN };
  const [low, high] = studentInterval(value, (groups - 1) * standardError(without), groups - 1);
  return { interval: [Math.max(0, low), high], bias: (groups - 1) * (mean(without) - value) };
}
