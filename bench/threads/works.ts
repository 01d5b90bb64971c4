import {
  asRecommender,
  buildEmbeddingMlp,
  easeRecommender,
  evaluateRanking,
  itemItemRecommender,
  trainImplicitAls,
} from 'minimart';
import { loadMovieLens, type MovieLens } from '../recsys/movielens.js';

/** Something that is done on one thread and on several. */
export interface Work {
  readonly title: string;
  /** Makes what it needs, once. */
  prepare(): Promise<() => Promise<unknown>>;
}

function movieLens(): MovieLens {
  const found = loadMovieLens();
  if (found === undefined)
    throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  return found;
}

function als(factors: number): Work {
  return {
    title: `iALS, an epoch of ${factors} factors, MovieLens-1M`,
    prepare: async () => {
      const { train } = movieLens();
      return () => trainImplicitAls({ interactions: train, factors, epochs: 1 });
    },
  };
}

/** The networks of He et al. (2017): 32 numbers of a user and an item, then 32, 16 and 8. */
function network({ train }: MovieLens) {
  const model = buildEmbeddingMlp({
    features: { user: train.users, item: train.items },
    embeddingSize: 32,
    hidden: [32, 16, 8],
  });
  return asRecommender(model, { seen: train });
}

/** What can be measured, by name. */
export const works: Readonly<Record<string, Work>> = {
  'ials-64': als(64),
  'ials-192': als(192),
  ncf: {
    title: 'evaluateRanking, a network 64-32-16-8, 99 negatives each, MovieLens-1M',
    prepare: async () => {
      const data = movieLens();
      const recommender = network(data);
      const { train, test, negatives } = data;
      return () => evaluateRanking(recommender, { train, test, negatives, resamples: 0 });
    },
  },
  'ncf-all': {
    title: 'evaluateRanking, the same network, all items, MovieLens-1M',
    prepare: async () => {
      const data = movieLens();
      const recommender = network(data);
      return () => evaluateRanking(recommender, { train: data.train, test: data.test, resamples: 0 });
    },
  },
  'factors-all': {
    title: 'evaluateRanking, 64 factors, all items, MovieLens-1M',
    prepare: async () => {
      const { train, test } = movieLens();
      const { recommender } = await trainImplicitAls({ interactions: train, epochs: 1 });
      return () => evaluateRanking(recommender, { train, test, resamples: 0 });
    },
  },
  ease: {
    title: 'EASE, 3,706 items, MovieLens-1M',
    prepare: async () => {
      const { train } = movieLens();
      return () => easeRecommender(train);
    },
  },
  'item-item': {
    title: 'item-item neighbours, MovieLens-1M',
    prepare: async () => {
      const { train } = movieLens();
      return () => itemItemRecommender(train);
    },
  },
};
