import { readFactors } from '../kinds/factor-recommender.js';
import { readNeighbours } from '../kinds/item-item-recommender.js';
import { readPopularity } from '../kinds/popularity-recommender.js';
import type { Recommender, SavedRecommender } from '../recommender.js';
import { readModelRecommender } from './read-model.js';

/** What makes each kind again, by the `kind` of its state: a kind of this library is one file and one line here. */
export const savedKinds: Readonly<Record<string, (saved: SavedRecommender) => Recommender>> = {
  factors: readFactors,
  model: readModelRecommender,
  neighbours: readNeighbours,
  popularity: readPopularity,
};
