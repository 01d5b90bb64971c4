import type { Rng } from '../../../../random/rng.js';
import type { Rows } from '../../features/read-rows.js';

/** Turns rows of D numbers into rows of fewer; both sets of a comparison by the same function. */
export type ProjectRows = (rows: Rows, pause: () => Promise<void>) => Promise<Rows>;

/**
 * Draws random directions, at right angles to each other: signs at random, a Hadamard transform, and some of its results.
 * Squared lengths are kept on average.
 *
 * @see Ailon and Chazelle, "The Fast Johnson-Lindenstrauss Transform and Approximate Nearest Neighbors" (2009)
 * @see Tropp, "Improved Analysis of the Subsampled Randomized Hadamard Transform" (2011)
 */
export function drawDirections(size: number, count: number, rng: Rng): ProjectRows {
  const padded = 2 ** Math.ceil(Math.log2(size));
  const signs = Int8Array.from({ length: size }, () => 2 * rng.integer(2) - 1);
  const chosen = rng.permutation(padded).subarray(0, count);
  const scale = 1 / Math.sqrt(count);
  return async (rows, pause) => {
    const values = new Float32Array(rows.count * count);
    const room = new Float64Array(padded);
    for (let row = 0; row < rows.count; row += 1) {
      room.fill(0, size);
      for (let column = 0; column < size; column += 1) {
        room[column] = signs[column]! * rows.values[row * size + column]!;
      }
      hadamard(room);
      for (let at = 0; at < count; at += 1) values[row * count + at] = scale * room[chosen[at]!]!;
      await pause();
    }
    return { values, count: rows.count, size: count };
  };
}

function hadamard(values: Float64Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let at = start; at < start + half; at += 1) {
        const [one, other] = [values[at]!, values[at + half]!];
        values[at] = one + other;
        values[at + half] = one - other;
      }
    }
  }
}
