import { type ArrayData, isArrayData, requireArrayData } from '../../data/array-data.js';
import type { Interactions } from '../../data/interactions.js';
import { requireValues } from '../../data/value-range.js';
import { refuse } from '../../internal/require.js';
import { trainImplicitAls } from '../../recsys/kinds/als/train-implicit-als.js';
import type { Pairs } from '../../recsys/kinds/distinct-pairs.js';

/** Where items stand in the space in which vectors are made and neighbours are sought. */
export interface ItemVectors {
  /** Length of one vector, F. */
  readonly size: number;
  /** `[I, F]`, row-major. */
  readonly values: Float32Array;
}

/** What learns features where none are given. */
export interface LearntFeatures {
  readonly factors: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** Features as they were given, `[I, F]`, checked; or those that implicit ALS learns. */
export async function openFeatures(
  where: string,
  interactions: Interactions,
  given: ArrayData | undefined,
  { factors, seed, signal }: LearntFeatures,
): Promise<ItemVectors> {
  if (given === undefined) {
    const { recommender: learnt } = await trainImplicitAls({ interactions, factors, seed, signal });
    return { size: factors, values: (await learnt.factors!()).items };
  }
  if (!isArrayData(given)) refuse(where, 'itemFeatures', 'be { values, shape: [items, features] }', given);
  requireArrayData(where, 'itemFeatures', given);
  requireValues(where, 'itemFeatures', given.values);
  const [rows, size] = given.shape;
  if (given.shape.length !== 2 || rows !== interactions.items.size) {
    refuse(where, 'itemFeatures.shape', `be [${interactions.items.size}, features], a row for each item`, given.shape);
  }
  return { size: size!, values: Float32Array.from(given.values) };
}

/**
 * Moves and scales all vectors alike, so that those of what was chosen have mean 0 and a mean square of 1 in a column: what
 * networks learn well from. One factor for all columns, so that what is near stays near.
 */
export function scaleVectors(where: string, { size, values }: ItemVectors, pairs: Pairs): ItemVectors {
  const means = new Float64Array(size);
  const chosen = pairs.itemIndices;
  for (const item of chosen) {
    for (let column = 0; column < size; column += 1) means[column]! += values[item * size + column]! / chosen.length;
  }
  let [square, length] = [0, 0];
  for (const item of chosen) {
    for (let column = 0; column < size; column += 1) {
      const value = values[item * size + column]!;
      square += (value - means[column]!) ** 2;
      length += value ** 2;
    }
  }
  // Sums of equal rows differ by rounding.
  if (!(square > 1e-12 * length))
    refuse(where, 'itemFeatures', 'differ between the items that were chosen', 'equal rows');
  const deviation = Math.sqrt(square / (chosen.length * size));
  return { size, values: values.map((value, at) => (value - means[at % size]!) / deviation) };
}
