import { refuse } from '../../../internal/require.js';
import type { Rows } from '../features/read-rows.js';

/** Refuses a `k` for which some sample has no k-th neighbour. */
export function requireNeighbours(
  where: string,
  k: number,
  { real, generated }: { readonly real: Rows; readonly generated?: Rows },
): void {
  const fewest = Math.min(real.count, generated?.count ?? real.count);
  if (k >= fewest) refuse(where, 'k', `be below the number of samples, ${fewest}`, k);
}
