import type { Recommender } from '../recommender.js';

/** One vector for each item, `[I, size]`, row-major. */
export interface ItemVectors {
  readonly size: number;
  readonly values: Float32Array;
}

/** The vectors that a recommender has for its items, or undefined where it has none. */
export async function itemVectors(recommender: Recommender): Promise<ItemVectors | undefined> {
  const factors = await recommender.factors?.();
  if (factors) return { size: factors.size, values: factors.items };
  return undefined;
}
