import type { ArrayData } from '../../../data/array-data.js';

/** How many rows of probabilities `[N, K]` have their greatest value, at ties the first, in each column. */
export function countClasses({ values, shape }: ArrayData): number[] {
  const [count, classes] = [shape[0]!, shape[1]!];
  const counts = new Array<number>(classes).fill(0);
  for (let row = 0; row < count; row += 1) {
    let best = 0;
    for (let kind = 1; kind < classes; kind += 1) {
      if (values[row * classes + kind]! > values[row * classes + best]!) best = kind;
    }
    counts[best]! += 1;
  }
  return counts;
}
