import type { Rows } from '../../features/read-rows.js';

/** The mean of rows, in double precision. */
export async function meanOf({ values, count, size }: Rows, pause: () => Promise<void>): Promise<Float64Array> {
  const mean = new Float64Array(size);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0, at = row * size; column < size; column += 1, at += 1) mean[column]! += values[at]!;
    if (row % 64 === 0) await pause();
  }
  return mean.map((sum) => sum / count);
}
