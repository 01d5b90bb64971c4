import { refuse, requirePositiveInteger, requireSeed } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { studentInterval } from '../../../statistics/estimate.js';
import { mean, variance } from '../../../statistics/moments.js';
import { type Features, pickRows, readBoth } from '../features/read-rows.js';
import { kernelDiscrepancy } from './kernel-discrepancy.js';
import { type MeasureOptions, openMeasure, type Score } from './measure-options.js';
import { openProducts } from './products.js';

type Options = NonNullable<Parameters<typeof kernelDistance>[2]>;

/**
 * Kernel distance of two sets of features: the squared maximum mean discrepancy with a cubic kernel, without bias. 0 is
 * best; chance makes it negative now and then.
 *
 *     k(x, y) = (x · y / D + 1)³
 *     mean over i != j of k(x_i, x_j) + mean over i != j of k(y_i, y_j) - 2 mean over i, j of k(x_i, y_j)
 *
 * The value is the mean over random subsets, as in the paper. It does not depend on the sample size, only its interval
 * does. Subsets are cut from random orders of the samples, so that those of one order share none, and the interval is that
 * of the mean over one order: more subsets than one order gives make the value steadier, not the interval narrower.
 *
 * @param real - `[N, D]`; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`.
 * @returns The distance, with an interval that covers chance in both sets.
 * @throws RangeError when a set does not hold two subsets, the columns differ, or numbers are not finite.
 * @see Bińkowski et al., "Demystifying MMD GANs" (2018)
 * @example
 * const real = tensor2d([[0], [0], [0], [0]]);
 * const { value } = await kernelDistance(real, tensor2d([[1], [1], [1], [1]]), { subsetSize: 2 });
 * value; // 7: (0 + 1)³ + (1 + 1)³ - 2 (0 + 1)³
 */
export async function kernelDistance(
  real: Features,
  generated: Features,
  options: MeasureOptions & {
    /** Number of subsets, at least 2. Default 100, but no more than 10 orders of the samples give. */
    readonly subsets?: number;
    /** Samples of each kind in a subset, at least 2. Default 1,000, or a tenth of the smaller set if that is less. */
    readonly subsetSize?: number;
    /** Which samples make a subset; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): Promise<Score> {
  const pause = openMeasure('kernelDistance', options, { subsets: true, subsetSize: true, seed: true, signal: true });
  requireSeed('kernelDistance', options.seed);
  const rows = await readBoth('kernelDistance', real, generated, pause);
  const fewest = Math.min(rows.real.count, rows.generated.count);
  const { subsetSize, perOrder, subsets } = plan(options, fewest);
  const rng = createRng(options.seed ?? 0).stream('subsets');
  const products = await openProducts(rows.real.size, pause);
  const orders: number[][] = [];
  for (let made = 0; made < subsets; made += orders.at(-1)!.length) {
    const [first, second] = [rng.permutation(rows.real.count), rng.permutation(rows.generated.count)];
    const values: number[] = [];
    for (let subset = 0; subset < Math.min(perOrder, subsets - made); subset += 1) {
      const part = [subset * subsetSize, (subset + 1) * subsetSize] as const;
      const left = pickRows(rows.real, first.subarray(...part));
      values.push(await kernelDiscrepancy(left, pickRows(rows.generated, second.subarray(...part)), products));
    }
    orders.push(values);
  }
  const value = mean(orders.flat());
  const spread = Math.sqrt(mean(orders.filter(({ length }) => length > 1).map(variance)));
  return {
    value,
    interval: studentInterval(value, spread / Math.sqrt(perOrder), perOrder - 1),
    samples: { real: rows.real.count, generated: rows.generated.count },
  };
}

function plan(options: Options, fewest: number) {
  const where = 'kernelDistance';
  const { subsetSize = Math.max(2, Math.min(1000, Math.floor(fewest / 10))) } = options;
  requirePositiveInteger(where, 'subsetSize', subsetSize);
  if (subsetSize < 2 || subsetSize > fewest / 2) {
    refuse(where, 'subsetSize', `be a whole number from 2 to half the smaller set, ${fewest / 2}`, subsetSize);
  }
  const perOrder = Math.floor(fewest / subsetSize);
  const { subsets = Math.min(100, 10 * perOrder) } = options;
  requirePositiveInteger(where, 'subsets', subsets);
  if (subsets < 2) refuse(where, 'subsets', 'be at least 2', subsets);
  return { subsetSize, perOrder: Math.min(perOrder, subsets), subsets };
}
