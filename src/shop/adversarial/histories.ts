import type { Pairs } from '../../recsys/kinds/distinct-pairs.js';
import { createMarks } from '../../recsys/marks.js';
import type { ItemVectors } from './item-vectors.js';

/** Sums of item vectors over what users chose, from which their histories follow. */
export interface Histories {
  readonly vectors: ItemVectors;
  readonly pairs: Pairs;
  /** `[U, F]`. */
  readonly sums: Float64Array;
  /** What histories are multiplied with, so that the mean square of their numbers is 1. */
  readonly scale: number;
}

/** Takes the sums of all users; the scale is that of the histories of all pairs. */
export function createHistories(vectors: ItemVectors, pairs: Pairs): Histories {
  const { size } = vectors;
  const sums = new Float64Array((pairs.offsets.length - 1) * size);
  pairs.itemIndices.forEach((item, row) => {
    const at = pairs.userIndices[row]! * size;
    for (let column = 0; column < size; column += 1) sums[at + column]! += vectors.values[item * size + column]!;
  });
  const plain = { vectors, pairs, sums, scale: 1 };
  const one = new Float32Array(size);
  let square = 0;
  for (let row = 0; row < pairs.length; row += 1) {
    writeWithout(plain, row, one, 0);
    for (const value of one) square += value ** 2;
  }
  const deviation = Math.sqrt(square / (pairs.length * size));
  return { ...plain, scale: deviation > 0 ? 1 / deviation : 1 };
}

/** The mean of a user's item vectors but the one of row `row`; zeros where that leaves nothing. */
export function writeWithout(histories: Histories, row: number, out: Float32Array, at: number): void {
  const { vectors, pairs, sums, scale } = histories;
  const [user, item, { size }] = [pairs.userIndices[row]!, pairs.itemIndices[row]!, vectors];
  const count = pairs.offsets[user + 1]! - pairs.offsets[user]! - 1;
  for (let column = 0; column < size; column += 1) {
    const sum = sums[user * size + column]! - vectors.values[item * size + column]!;
    out[at + column] = count === 0 ? 0 : (scale * sum) / count;
  }
}

/** The means of everything that some users chose, `[B, F]`; zeros for users who chose nothing. */
export function historiesOf({ vectors, pairs, sums, scale }: Histories, users: Int32Array): Float32Array {
  const { size } = vectors;
  const out = new Float32Array(users.length * size);
  users.forEach((user, row) => {
    const count = pairs.offsets[user + 1]! - pairs.offsets[user]!;
    for (let column = 0; column < size; column += 1) {
      out[row * size + column] = count === 0 ? 0 : (scale * sums[user * size + column]!) / count;
    }
  });
  return out;
}

/** The mean of given items, each once: `[F]`. */
export function historyOfItems({ vectors, scale }: Histories, items: Int32Array): Float32Array {
  const { size, values } = vectors;
  const once = createMarks(values.length / size);
  for (const item of items) once.add(item);
  const sums = new Float64Array(size);
  for (const item of once.listed()) {
    for (let column = 0; column < size; column += 1) sums[column]! += values[item * size + column]!;
  }
  return Float32Array.from(sums, (sum) => (scale * sum) / Math.max(1, once.listed().length));
}
