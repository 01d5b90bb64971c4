import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { knowledgeOf } from '../knowledge.js';
import type { Recommender } from '../recommender.js';
import { createBuyers } from './buyers.js';
import { itemVectors } from './item-vectors.js';

/** How alike two items are, from -1 to 1, by their indices; undefined where nothing is known of it. */
export type Likeness = (a: number, b: number) => number | undefined;

/**
 * The cosine of two items' vectors; for a recommender without vectors, the cosine of the sets of users who have them,
 * `|A and B| / sqrt(|A| |B|)`. Nothing is known of items with the vector 0, of those that the recommender knows nothing of, and
 * of two that no user has both.
 */
export async function itemLikeness(where: string, recommender: Recommender): Promise<Likeness> {
  const vectors = await itemVectors(recommender);
  if (vectors) {
    const { knowsItem } = knowledgeOf(recommender);
    const cosine = cosineOfRows(vectors.values, vectors.size);
    return (a, b) => (knowsItem(a) && knowsItem(b) ? cosine(a, b) : undefined);
  }
  const { seen } = recommender;
  if (!seen) refuse(where, 'recommender', 'have item vectors or `seen` (the rows it was trained on)', recommender);
  const { offsets, users } = await piecemeal(createBuyers(seen), createPause());
  return (a, b) => {
    const [first, second] = [a, b].map((item) => users.subarray(offsets[item]!, offsets[item + 1]!));
    const both = overlap(first!, second!);
    return both === 0 ? undefined : both / Math.sqrt(first!.length * second!.length);
  };
}

function cosineOfRows(values: Float32Array, size: number): Likeness {
  return (a, b) => {
    let [product, lengthA, lengthB] = [0, 0, 0];
    for (let axis = 0; axis < size; axis += 1) {
      const [x, y] = [values[a * size + axis]!, values[b * size + axis]!];
      product += x * y;
      lengthA += x * x;
      lengthB += y * y;
    }
    return lengthA === 0 || lengthB === 0 ? undefined : product / Math.sqrt(lengthA * lengthB);
  };
}

// Both lists rise, without repetition.
function overlap(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common;
}
