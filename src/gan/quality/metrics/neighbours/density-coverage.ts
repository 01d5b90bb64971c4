import { requirePositiveInteger } from '../../../../internal/require.js';
import { meanEstimate } from '../../../../statistics/estimate.js';
import { wilsonInterval } from '../../../../statistics/wilson.js';
import { type Features, readBoth } from '../../features/read-rows.js';
import { openMeasure, type Score } from '../measure-options.js';
import { openProducts } from '../products.js';
import { ballSquares, countBalls, requireNeighbours } from './count-balls.js';
import type { NeighbourOptions } from './precision-recall.js';

/** What {@link densityCoverage} found. */
export interface DensityCoverage {
  /** How often generated samples lie near real ones; about 1 for samples of one kind, and more where real ones are dense. */
  readonly density: Score;
  /** Share of real samples that have a generated one near them. */
  readonly coverage: Score;
}

/**
 * Density and coverage of generated samples.
 *
 *     density   mean over generated samples of the balls about real ones that hold it, / k
 *     coverage  share of the balls about real samples that hold any generated one
 *
 * The ball about a real sample reaches to its k-th nearest real neighbour, its rim included. For two sets of one kind and
 * equal size the expectations are known: density 1, coverage 1 - (N - 1) ... (N - k) / ((2 N - 1) ... (2 N - k)), which
 * is about 1 - 2^-k: 0.97 for k = 5.
 *
 * @param real - `[N, D]`, N > k; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`.
 * @returns Both, with intervals for the samples that were counted; the balls are taken as given.
 * @throws RangeError when there are no k neighbours, the columns differ, or numbers are not finite.
 * @see Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative Models" (2020)
 * @example
 * const real = tensor2d([[0], [1], [2], [9]]);
 * const { density, coverage } = await densityCoverage(real, tensor2d([[0.5], [1]]), { k: 1 });
 * density.value; // 2.5: 0.5 is in the balls about 0 and 1, and 1 in those about 0, 1 and 2
 * coverage.value; // 0.75: nothing is within 7 of 9
 */
export async function densityCoverage(
  real: Features,
  generated: Features,
  options: NeighbourOptions = {},
): Promise<DensityCoverage> {
  const pause = openMeasure('densityCoverage', options, { k: true, signal: true });
  const { k = 5 } = options;
  requirePositiveInteger('densityCoverage', 'k', k);
  const rows = await readBoth('densityCoverage', real, generated, pause);
  requireNeighbours('densityCoverage', k, { real: rows.real });
  const products = await openProducts(rows.real.size, pause);
  const radii = await ballSquares(rows.real, k, products);
  const { perPoint, perBall } = await countBalls(rows.real, radii, rows.generated, products);
  const samples = { real: rows.real.count, generated: rows.generated.count };
  const densities = Float64Array.from(perPoint, (balls) => balls / k);
  const covered = perBall.filter((points) => points > 0).length;
  return {
    density: { ...meanEstimate(densities), samples },
    coverage: { value: covered / samples.real, interval: wilsonInterval(covered, samples.real), samples },
  };
}
