import { refuse } from '../../../../internal/require.js';
import type { Rows } from '../../features/read-rows.js';
import { centredPair, exactDistance, roundingShare } from '../distances.js';
import type { Products } from '../products.js';
import { nearestRows } from './nearest-rows.js';

/** How many balls hold each point, and how many points lie in each ball. */
export interface BallCounts {
  readonly perPoint: Int32Array;
  readonly perBall: Int32Array;
}

/** Squared distances from each row to its `k`-th nearest among the others. */
export async function ballSquares(rows: Rows, k: number, products: Products): Promise<Float64Array> {
  const { squares } = await nearestRows(rows, rows, k, products, true);
  return Float64Array.from({ length: rows.count }, (_, row) => squares[row * k + k - 1]!);
}

/**
 * Counts points in closed balls about `centres`, whose squared radii are given. Where rounding leaves a doubt the distance is
 * computed in double precision, so that the counts are exact.
 */
export async function countBalls(
  centres: Rows,
  radiusSquares: Float64Array,
  points: Rows,
  products: Products,
): Promise<BallCounts> {
  const { left, right, leftSquares, rightSquares } = await centredPair(centres, points, products.pause);
  const perPoint = new Int32Array(points.count);
  const perBall = new Int32Array(centres.count);
  const share = roundingShare(centres.size);
  await products.visit(left, right, async ({ dots, firstRow, rows, firstColumn, columns }) => {
    for (let row = firstRow, at = 0; row < firstRow + rows; row += 1) {
      const [own, limit] = [leftSquares[row]!, radiusSquares[row]!];
      for (let point = firstColumn; point < firstColumn + columns; point += 1, at += 1) {
        const lengths = own + rightSquares[point]!;
        const excess = lengths - 2 * dots[at]! - limit;
        const doubt = share * lengths;
        if (excess > doubt) continue;
        if (excess > -doubt && exactDistance(centres, row, points, point) > limit) continue;
        perPoint[point]! += 1;
        perBall[row]! += 1;
      }
      // Distances in double precision take their time.
      await products.pause();
    }
  });
  return { perPoint, perBall };
}

/** Refuses a `k` for which some sample has no k-th neighbour. */
export function requireNeighbours(
  where: string,
  k: number,
  { real, generated }: { readonly real: Rows; readonly generated?: Rows },
): void {
  const fewest = Math.min(real.count, generated?.count ?? real.count);
  if (k >= fewest) refuse(where, 'k', `be below the number of samples, ${fewest}`, k);
}
