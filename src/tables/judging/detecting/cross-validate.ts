import { areaUnderCurve, type CurveArea } from '../../../statistics/area-under-curve.js';
import type { Feature } from './table-features.js';

/** Learns from rows and their labels, 1 of the first kind and 0 of the other, and scores other rows: high where they look like 1. */
export type Detector = (
  known: readonly Feature[],
  labels: Float64Array,
  unknown: readonly Feature[],
  pause: () => Promise<void>,
) => Promise<Float64Array>;

/**
 * How well a detector tells two kinds of rows, in each fold those that it did not learn from. Rows must be in random order.
 */
export async function crossValidate(
  kinds: readonly [readonly Feature[], readonly Feature[]],
  { detector, folds }: { readonly detector: Detector; readonly folds: number },
  pause: () => Promise<void>,
): Promise<CurveArea[]> {
  const areas: CurveArea[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const rowsOf = (isTest: boolean) =>
      kinds.map((kind) => rowsInFold(kind, (row) => (row % folds === fold) === isTest));
    const [known, unknown] = [rowsOf(false), rowsOf(true)];
    const ones = known[0]!.length;
    const labels = new Float64Array(ones + known[1]!.length).fill(1, 0, ones);
    await pause();
    const scores = await detector(gather(kinds, known), labels, gather(kinds, unknown), pause);
    const first = unknown[0]!.length;
    areas.push(await areaUnderCurve(scores.slice(0, first), scores.slice(first), pause));
  }
  return areas;
}

function rowsInFold([feature]: readonly Feature[], isIn: (row: number) => boolean): Uint32Array {
  return Uint32Array.from(feature!.values.keys()).filter(isIn);
}

// Rows of the first kind, then those of the other.
function gather(
  [ones, others]: readonly [readonly Feature[], readonly Feature[]],
  [rowsOfOnes, rowsOfOthers]: readonly Uint32Array[],
): Feature[] {
  return ones.map((feature, place) => {
    const values = new Float64Array(rowsOfOnes!.length + rowsOfOthers!.length);
    for (const [at, row] of rowsOfOnes!.entries()) values[at] = feature.values[row]!;
    for (const [at, row] of rowsOfOthers!.entries()) values[rowsOfOnes!.length + at] = others[place]!.values[row]!;
    return { ...feature, values };
  });
}
