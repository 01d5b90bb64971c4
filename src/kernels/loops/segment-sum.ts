import type { TypedArray } from '@tensorflow/tfjs-core';

/**
 * Adds each row of `values` to the row of `sums` that its segment id names, in one pass.
 *
 * Ids outside `0 ... segments - 1` belong to no segment and are left out, as in tfjs.
 *
 * @param sums - `[segments, rowSize]`, added to: zero it first.
 */
export function addRowsToSegments(values: TypedArray, segmentIds: TypedArray, sums: TypedArray, rowSize: number): void {
  const segments = rowSize === 0 ? 0 : sums.length / rowSize;
  for (let row = 0; row < segmentIds.length; row += 1) {
    const segment = segmentIds[row];
    if (segment < 0 || segment >= segments) continue;
    const from = row * rowSize;
    const to = segment * rowSize;
    for (let column = 0; column < rowSize; column += 1) sums[to + column] += values[from + column];
  }
}
