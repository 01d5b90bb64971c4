import { refuse } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { type Features, readBoth } from '../features/read-rows.js';
import { loadGaussianDistance } from './gaussian-distance.js';
import { around, momentsOf } from './intervals.js';
import { groupMoments } from './moments.js';
import type { Score } from './score.js';

/** Options of {@link frechetDistance}. */
export interface FrechetDistanceOptions {
  /**
   * Groups for the interval, each left out in turn, at least 2; each costs as much time as the distance itself. 0 for no
   * interval: its ends are then NaN. Default 20, or 5 above 256 features.
   */
  readonly groups?: number;
  /** Which samples make a group; any safe integer. Default 0. */
  readonly seed?: number;
}

/** What {@link frechetDistance} found. */
export interface FrechetScore extends Score {
  /**
   * How much of the value is owed to the number of samples being finite, by the jackknife: `value - bias` is about what
   * endless samples would give. NaN without groups.
   */
  readonly bias: number;
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
 * @param real - `[N, D]`, N >= 2; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`, M >= 2.
 * @returns The distance; its interval is the jackknife's, over groups of samples left out, and covers chance in both sets,
 *   not the bias.
 * @throws RangeError when there are too few samples, the columns differ, or numbers are not finite.
 * @see Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017)
 * @see Efron and Stein, "The Jackknife Estimate of Variance" (1981)
 * @example
 * const real = tensor2d([[0, 0], [2, 0], [0, 2], [2, 2]]);
 * const { value } = await frechetDistance(real, add(real, 3), { groups: 0 });
 * value; // 18: equal covariances, and means 3 apart in both directions
 */
export async function frechetDistance(
  real: Features,
  generated: Features,
  options: FrechetDistanceOptions = {},
): Promise<FrechetScore> {
  const where = 'frechetDistance';
  const rows = await readBoth(where, real, generated);
  const fewest = Math.min(rows.real.count, rows.generated.count);
  if (fewest < 2) refuse(where, 'generated', 'hold 2 samples at least, as `real` must', fewest);
  const { groups = defaultGroups(rows.real.size, fewest), seed = 0 } = options;
  if (!(Number.isSafeInteger(groups) && groups >= 0 && groups !== 1 && groups <= fewest / 2)) {
    refuse(where, 'groups', `be 0, or a whole number from 2 to half the samples, ${fewest / 2}`, groups);
  }
  const rng = createRng(seed).stream('groups');
  const first = groupMoments(rows.real, groups, rng.stream('real'));
  const second = groupMoments(rows.generated, groups, rng.stream('generated'));
  const distance = await loadGaussianDistance();
  const value = distance(first.whole, second.whole);
  const others = groups === 0 ? [] : second.without();
  const without = groups === 0 ? [] : first.without().map((each, group) => distance(each, others[group]!));
  return {
    value,
    ...jackknife(value, without),
    samples: { real: rows.real.count, generated: rows.generated.count },
  };
}

function defaultGroups(size: number, samples: number): number {
  return samples < 4 ? 0 : Math.min(size > 256 ? 5 : 20, Math.floor(samples / 2));
}

function jackknife(value: number, without: readonly number[]): Pick<FrechetScore, 'interval' | 'bias'> {
  const groups = without.length;
  if (groups === 0) return { interval: [Number.NaN, Number.NaN], bias: Number.NaN };
  const { mean, deviation } = momentsOf(without);
  const [low, high] = around(value, ((groups - 1) / Math.sqrt(groups)) * deviation, groups - 1);
  return { interval: [Math.max(0, low), high], bias: (groups - 1) * (mean - value) };
}
