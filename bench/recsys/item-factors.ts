import { type Interactions, trainImplicitAls } from 'minimart';

/** Vectors of items that a sequence model can start from: their factors of implicit ALS. */
export async function itemFactors(interactions: Interactions, factors: number): Promise<Float32Array> {
  const { recommender } = await trainImplicitAls({ interactions, factors, epochs: 10, seed: 1 });
  return (await recommender.factors!()).items;
}
