import { readNextBasket } from '../kinds/baskets/mixed-recommender.js';
import { readFactors } from '../kinds/factor-recommender.js';
import { readEase } from '../kinds/items/ease-recommender.js';
import { readNeighbours } from '../kinds/items/item-item-recommender.js';
import { readPopularity } from '../kinds/popularity-recommender.js';
import { readPersonalFrequency } from '../kinds/sequences/personal-frequency-recommender.js';
import { readSequentialRules } from '../kinds/sequences/sequential-rules-recommender.js';
import type { Recommender, SavedRecommender } from '../recommender.js';
import { readModelRecommender } from './read-model.js';

/** Makes a kind again; `readPart` does so with a part of it that is a recommender itself. */
type ReadKind = (
  saved: SavedRecommender,
  readPart: (part: SavedRecommender) => Promise<Recommender>,
) => Recommender | Promise<Recommender>;

/** What makes each kind again, by the `kind` of its state: a kind of this library is one file and one line here. */
export const savedKinds: Readonly<Record<string, ReadKind>> = {
  ease: readEase,
  factors: readFactors,
  model: readModelRecommender,
  neighbours: readNeighbours,
  nextBasket: readNextBasket,
  personalFrequency: readPersonalFrequency,
  popularity: readPopularity,
  sasRec: async (saved) => (await import('../kinds/sequences/sas-rec-file.js')).readSasRec(saved),
  sequentialRules: readSequentialRules,
};
