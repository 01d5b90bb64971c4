import { readFactors } from '../kinds/factor-recommender.js';
import { readEase } from '../kinds/items/ease-recommender.js';
import { readNeighbours } from '../kinds/items/item-item-recommender.js';
import { readPopularity } from '../kinds/popularity-recommender.js';
import { readPersonalFrequency } from '../kinds/sequences/personal-frequency-recommender.js';
import { readSequentialRules } from '../kinds/sequences/sequential-rules-recommender.js';
import type { Recommender, SavedRecommender } from '../recommender.js';
import { readModelRecommender } from './read-model.js';

/** What makes each kind again, by the `kind` of its state: a kind of this library is one file and one line here. */
export const savedKinds: Readonly<Record<string, (saved: SavedRecommender) => Recommender | Promise<Recommender>>> = {
  ease: readEase,
  factors: readFactors,
  model: readModelRecommender,
  neighbours: readNeighbours,
  personalFrequency: readPersonalFrequency,
  popularity: readPopularity,
  sasRec: async (saved) => (await import('../kinds/sequences/sas-rec-file.js')).readSasRec(saved),
  sequentialRules: readSequentialRules,
};
