import { requirePositiveInteger } from '../../../../internal/require.js';
import { wilsonInterval } from '../../../../statistics/wilson.js';
import { type Features, readBoth } from '../../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from '../measure-options.js';
import { openProducts } from '../products.js';
import { ballSquares, countBalls, requireNeighbours } from './count-balls.js';

/** Options of {@link precisionRecall} and {@link densityCoverage}. */
export interface NeighbourOptions extends MeasureOptions {
  /** Which nearest neighbour makes the radius, from 1 to one less than the samples. Default 3 or, for density, 5. */
  readonly k?: number;
}

/** What {@link precisionRecall} found. */
export interface PrecisionRecall {
  /** Share of generated samples that look real. */
  readonly precision: Score;
  /** Share of real samples that could have been generated. */
  readonly recall: Score;
}

/**
 * Precision and recall of generated samples. 1 is best for both.
 *
 *     precision  share of generated samples within any ball about a real one
 *     recall     share of real samples within any ball about a generated one
 *
 * The ball about a sample reaches to its k-th nearest neighbour of its own kind, its rim included. Two sets of one kind do
 * not reach 1, and more samples give other values: put a floor of real against real beside them, of equal sizes. One outlier
 * makes a large ball, which {@link densityCoverage} feels less.
 *
 * @param real - `[N, D]`, N > k; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`, M > k.
 * @returns Both, with Wilson's intervals for the samples that were counted; the balls are taken as given.
 * @throws RangeError when there are no k neighbours, the columns differ, or numbers are not finite.
 * @see Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models" (2019)
 * @example
 * const real = tensor2d([[0], [1], [2], [3]]);
 * const { precision, recall } = await precisionRecall(real, tensor2d([[0.5], [1], [9]]), { k: 1 });
 * precision.value; // 0.6666667: 9 is farther than 1 from all
 * recall.value; // 1: 0 and 1 are within 0.5 of 0.5, and the ball about 9 reaches from 1 to 17
 */
export async function precisionRecall(
  real: Features,
  generated: Features,
  options: NeighbourOptions = {},
): Promise<PrecisionRecall> {
  const pause = openMeasure('precisionRecall', options, { k: true, signal: true });
  const { k = 3 } = options;
  requirePositiveInteger('precisionRecall', 'k', k);
  const rows = await readBoth('precisionRecall', real, generated, pause);
  requireNeighbours('precisionRecall', k, rows);
  const products = await openProducts(rows.real.size, pause);
  const samples = { real: rows.real.count, generated: rows.generated.count };
  const share = async (centres: typeof rows.real, points: typeof rows.real): Promise<Score> => {
    const { perPoint } = await countBalls(centres, await ballSquares(centres, k, products), points, products);
    const hits = perPoint.filter((balls) => balls > 0).length;
    return { value: hits / points.count, interval: wilsonInterval(hits, points.count), samples };
  };
  return { precision: await share(rows.real, rows.generated), recall: await share(rows.generated, rows.real) };
}
