import { createPause } from '../../internal/pause.js';
import type { Factors } from '../../nn/embedding/models/factors.js';

/** Pairs of one user that are scored without a pause; a multiple of four. */
const RUN = 1 << 14;

/** Scores of pairs, the same numbers as `scoreRows` gives. Pairs of one user that follow each other share the user's vector, and go four at a time. */
export async function scorePairs(factors: Factors, users: Int32Array, items: Int32Array): Promise<Float32Array> {
  const { size } = factors;
  const scores = new Float32Array(items.length);
  const vector = new Float64Array(size);
  const pause = createPause();
  let scored = 0;
  for (let begin = 0; begin < items.length; ) {
    if (begin - scored > RUN / 4) {
      await pause();
      scored = begin;
    }
    const user = users[begin]!;
    let end = begin + 1;
    while (end < items.length && end < begin + RUN && users[end] === user) end += 1;
    for (let k = 0; k < size; k += 1) vector[k] = factors.users[user * size + k]!;
    scoreRun(vector, factors, items, begin, end, scores);
    begin = end;
  }
  return scores;
}

function scoreRun(
  vector: Float64Array,
  { items: vectors, itemBiases }: Factors,
  items: Int32Array,
  begin: number,
  end: number,
  scores: Float32Array,
): void {
  const size = vector.length;
  const biasOf = (at: number) => (itemBiases ? itemBiases[items[at]!]! : 0);
  let pair = begin;
  for (; pair < end - 3; pair += 4) {
    const from = items[pair]! * size;
    const [second, third, fourth] = [items[pair + 1]! * size, items[pair + 2]! * size, items[pair + 3]! * size];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = 0; k < size; k += 1) {
      const x = vector[k]!;
      a += x * vectors[from + k]!;
      b += x * vectors[second + k]!;
      c += x * vectors[third + k]!;
      d += x * vectors[fourth + k]!;
    }
    scores[pair] = a + biasOf(pair);
    scores[pair + 1] = b + biasOf(pair + 1);
    scores[pair + 2] = c + biasOf(pair + 2);
    scores[pair + 3] = d + biasOf(pair + 3);
  }
  for (; pair < end; pair += 1) {
    const from = items[pair]! * size;
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += vector[k]! * vectors[from + k]!;
    scores[pair] = sum + biasOf(pair);
  }
}
