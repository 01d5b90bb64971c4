import type { Points } from './k-means.js';

/** Numbers that groups of a column begin with, but the first. */
export type Edges = readonly Float64Array[];

/** The rule of marketing: customers in thirds of each number, and the cells that these make. */
export function thirdsOf(points: Points): Edges {
  return points.map((column) => {
    const sorted = column.slice().sort();
    return Float64Array.from([1, 2], (third) => sorted[Math.floor((third * sorted.length) / 3)]!);
  });
}

/** `[N]`: the cell of each point. */
export function cellsOf(points: Points, edges: Edges): Int32Array {
  return Int32Array.from({ length: points[0]!.length }, (_, row) =>
    points.reduce((cell, column, axis) => {
      const [first, second] = edges[axis]!;
      const third = column[row]! < first! ? 0 : column[row]! < second! ? 1 : 2;
      return 3 * cell + third;
    }, 0),
  );
}

/** The share of the variance of points that lies between groups. */
export function explainedVariance(points: Points, labels: Int32Array): number {
  const [counts, whole] = [new Map<number, number>(), new Map<number, Float64Array>()];
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row]!;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const sums = whole.get(label) ?? new Float64Array(points.length);
    for (let axis = 0; axis < points.length; axis += 1) sums[axis]! += points[axis]![row]!;
    whole.set(label, sums);
  }
  let [between, total] = [0, 0];
  for (const [axis, column] of points.entries()) {
    const centre = column.reduce((sum, value) => sum + value, 0) / column.length;
    total += column.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    for (const [label, sums] of whole) {
      const count = counts.get(label)!;
      between += count * (sums[axis]! / count - centre) ** 2;
    }
  }
  return total === 0 ? 1 : between / total;
}
