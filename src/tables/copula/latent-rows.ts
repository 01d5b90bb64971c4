import { cholesky } from '../../linear-algebra/cholesky.js';
import { openDoubles } from '../../linear-algebra/double-routines.js';
import type { LatentColumn } from './latent-column.js';

/** The columns of a copula in the order in which a row is drawn, each given those before. */
export interface LatentRows {
  /** `[D]`: their places in the table. */
  readonly order: readonly number[];
  /** `[D]`, in that order. */
  readonly latent: readonly LatentColumn[];
  /** `[D * D]`: the lower Cholesky factor of their correlations. */
  readonly factor: Float64Array;
}

/** Puts all columns, or some, in an order. */
export async function latentRows(
  latent: readonly LatentColumn[],
  correlations: Float64Array,
  order: readonly number[],
): Promise<LatentRows> {
  const size = order.length;
  const routines = await openDoubles(size * size);
  for (const [row, from] of order.entries()) {
    for (const [column, to] of order.entries()) {
      routines.memory[row * size + column] = correlations[from * latent.length + to]!;
    }
  }
  await cholesky(routines, 0, size, async () => {});
  return { order, latent: order.map((column) => latent[column]!), factor: routines.memory.slice() };
}

/** The mean of a column's latent number, given the independent numbers of the columns before. */
export function latentMean({ factor, order }: LatentRows, column: number, independent: Float64Array): number {
  let mean = 0;
  for (let before = 0; before < column; before += 1)
    mean += factor[column * order.length + before]! * independent[before]!;
  return mean;
}
