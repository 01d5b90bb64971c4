/** What features add to a score. */
export interface ShapleyValues {
  /** Mean score of the background. */
  readonly baseline: number;
  /** The score of the row. */
  readonly score: number;
  /** `[D]`: they sum to score - baseline. */
  readonly values: Float64Array;
}

/**
 * Exact Shapley values of a row's features: for each subset of them the mean score of rows of the background that have these of the
 * row's own.
 *
 *     value of i = sum over subsets S without i of |S|! (D - |S| - 1)! / D! (v(S and i) - v(S))
 *
 * @param score - Scores of columns `[D][N]`.
 * @param row - `[D]`, D small: there are 2^D subsets.
 * @param background - `[D][B]`.
 */
export async function shapleyValues(
  score: (columns: readonly Float64Array[], pause: () => Promise<void>) => Promise<Float64Array>,
  row: Float64Array,
  background: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<ShapleyValues> {
  const width = row.length;
  const rows = background[0]!.length;
  const subsets = 2 ** width;
  const means = new Float64Array(subsets);
  for (let subset = 0; subset < subsets; subset += 1) {
    const columns = background.map((column, place) =>
      (subset >> place) & 1 ? new Float64Array(rows).fill(row[place]!) : column,
    );
    const scores = await score(columns, pause);
    means[subset] = scores.reduce((sum, each) => sum + each, 0) / rows;
    await pause();
  }
  const values = new Float64Array(width);
  const shares = sharesOf(width);
  for (let subset = 0; subset < subsets; subset += 1) {
    for (let place = 0; place < width; place += 1) {
      if ((subset >> place) & 1) continue;
      values[place]! += shares[sizeOf(subset)]! * (means[subset | (1 << place)]! - means[subset]!);
    }
  }
  return { baseline: means[0]!, score: means[subsets - 1]!, values };
}

// |S|! (D - |S| - 1)! / D! for each size of S.
function sharesOf(width: number): number[] {
  let share = 1 / width;
  return Array.from({ length: width }, (_, size) => {
    const own = share;
    share *= (size + 1) / (width - size - 1);
    return own;
  });
}

function sizeOf(subset: number): number {
  let size = 0;
  for (let rest = subset; rest > 0; rest >>= 1) size += rest & 1;
  return size;
}
