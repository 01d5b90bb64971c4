import { refuse } from '../../../internal/require.js';
import { studentInterval } from '../../../statistics/estimate.js';
import { mean, standardError } from '../../../statistics/moments.js';
import { type Features, readRows } from '../features/read-rows.js';
import { centredPair, exactDistance, roundingShare } from './distances.js';
import { type MeasureOptions, openMeasure, type Score } from './measure-options.js';
import { openProducts } from './products.js';

/**
 * Diversity: the mean distance between two generated samples.
 *
 *     mean over pairs i != j of |x_i - x_j|
 *
 * Compare with the same of real samples: far less tells of collapse, but noise is diverse too.
 *
 * @param generated - `[N, D]`, N >= 3, as two samples have one distance, which says nothing of chance; samples of other
 *   shapes are laid out as rows.
 * @returns The distance; its interval covers chance in the samples.
 * @throws RangeError when there are fewer than 3 samples or numbers are not finite.
 * @see Hoeffding, "A Class of Statistics with Asymptotically Normal Distribution" (1948), for the interval
 * @example
 * (await meanPairwiseDistance(tensor2d([[0, 0], [3, 4], [0, 0]]))).value; // 3.3333333: distances 5, 0 and 5
 */
export async function meanPairwiseDistance(generated: Features, options: MeasureOptions = {}): Promise<Score> {
  const pause = openMeasure('meanPairwiseDistance', options, { signal: true });
  const rows = await readRows('meanPairwiseDistance', 'generated', generated, pause);
  const { count, size } = rows;
  // Both means over the others of a pair are its one distance: they cannot differ, and would claim that nothing is left to chance.
  if (count < 3) refuse('meanPairwiseDistance', 'generated', 'hold 3 samples at least', count);
  const { left, leftSquares: squares } = await centredPair(rows, rows, pause);
  const products = await openProducts(size, pause);
  const sums = new Float64Array(count);
  // A hundred times the rounding: below that the distance would be off by half a percent or more.
  const share = 100 * roundingShare(size);
  await products.visit(left, left, async ({ dots, firstRow, rows: blockRows, firstColumn, columns }) => {
    for (let row = firstRow, at = 0; row < firstRow + blockRows; row += 1) {
      for (let other = firstColumn; other < firstColumn + columns; other += 1, at += 1) {
        if (other === row) continue;
        const lengths = squares[row]! + squares[other]!;
        const square = lengths - 2 * dots[at]!;
        sums[row]! += Math.sqrt(square < share * lengths ? exactDistance(rows, row, rows, other) : square);
      }
      await pause();
    }
  });
  const means = sums.map((sum) => sum / (count - 1));
  const value = mean(means);
  return {
    value,
    interval: studentInterval(value, 2 * standardError(means), count - 1),
    samples: { real: 0, generated: count },
  };
}
