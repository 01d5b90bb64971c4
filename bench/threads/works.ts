import {
  asRecommender,
  buildEmbeddingMlp,
  buildSasRec,
  createInteractions,
  createRng,
  createVocabulary,
  easeRecommender,
  evaluateRanking,
  frechetDistance,
  itemItemRecommender,
  precisionRecall,
  trainImplicitAls,
  trainSasRec,
} from 'minimart';
import { loadMovieLens, type MovieLens } from '../recsys/movielens.js';

/** Numbers that came of work. */
export type Numbers = Float32Array | Float64Array;

/** Something that is done on one thread and on several. */
export interface Work {
  readonly title: string;
  /** Makes what it needs, once. */
  prepare(): Promise<() => Promise<readonly Numbers[]>>;
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
      return async () => {
        const { recommender } = await trainImplicitAls({ interactions: train, factors, epochs: 1 });
        const { users, items } = await recommender.factors!();
        return [users, items];
      };
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
  'ials-small': {
    title: 'iALS, an epoch of 64 factors, 400 users, 400 items, 12,000 rows',
    prepare: async () => {
      const train = madeShop();
      return async () => {
        const { recommender } = await trainImplicitAls({ interactions: train, factors: 64, epochs: 1 });
        const { users, items } = await recommender.factors!();
        return [users, items];
      };
    },
  },
  'ease-small': {
    title: 'EASE, 400 items',
    prepare: async () => {
      const train = madeShop();
      return async () => [await (await easeRecommender(train)).scoreAll(Int32Array.of(0, 17))];
    },
  },
  'frechet-small': {
    title: 'Fréchet distance, 256 features, 600 samples each, no interval',
    prepare: async () => {
      const [real, generated] = [madeFeatures(1, 256, 600), madeFeatures(2, 256, 600)];
      return async () => [Float64Array.of((await frechetDistance(real, generated, { groups: 0 })).value)];
    },
  },
  'sequences-small': {
    title: 'trainSasRec, 4 updates of 8 sequences of 50, 128 numbers, 2 blocks, 64 negatives',
    prepare: async () => {
      const train = madeShop();
      const config = { items: train.items, embeddingSize: 128, blocks: 2, maxLength: 50, dropout: 0.2, seed: 1 };
      return async () => {
        const model = buildSasRec(config);
        const stop = new AbortController();
        const onProgress = ({ step }: { readonly step: number }) => {
          if (step === 4) stop.abort('enough');
        };
        const options = { batchSize: 8, negatives: 64, epochs: 1, reportEvery: 4, seed: 2 };
        await trainSasRec({ model, interactions: train, ...options, onProgress, signal: stop.signal }).catch(ended);
        return [model.table.values.slice(), model.parameters.slice()];
      };
    },
  },
  'ials-64': als(64),
  'ials-192': als(192),
  ncf: {
    title: 'evaluateRanking, a network 64-32-16-8, 99 negatives each, MovieLens-1M',
    prepare: async () => {
      const data = movieLens();
      const recommender = network(data);
      const { train, test, negatives } = data;
      return () => ranked(recommender, { train, test, negatives, resamples: 0 });
    },
  },
  'ncf-all': {
    title: 'evaluateRanking, the same network, all items, MovieLens-1M',
    prepare: async () => {
      const data = movieLens();
      const recommender = network(data);
      return () => ranked(recommender, { train: data.train, test: data.test, resamples: 0 });
    },
  },
  'factors-all': {
    title: 'evaluateRanking, 64 factors, all items, MovieLens-1M',
    prepare: async () => {
      const { train, test } = movieLens();
      const { recommender } = await trainImplicitAls({ interactions: train, epochs: 1 });
      return () => ranked(recommender, { train, test, resamples: 0 });
    },
  },
  ease: {
    title: 'EASE, 3,706 items, MovieLens-1M',
    prepare: async () => {
      const { train } = movieLens();
      return async () => [await (await easeRecommender(train)).scoreAll(Int32Array.of(0, 17))];
    },
  },
  'item-item': {
    title: 'item-item neighbours, MovieLens-1M',
    prepare: async () => {
      const { train } = movieLens();
      return async () => [await (await itemItemRecommender(train)).scoreAll(Int32Array.of(0, 17))];
    },
  },
  sequences: {
    title: 'trainSasRec, 20 updates of 32 sequences, 128 numbers, 2 blocks, 256 negatives, MovieLens-1M',
    prepare: async () => {
      const { train } = movieLens();
      const config = { items: train.items, embeddingSize: 128, blocks: 2, maxLength: 200, dropout: 0.2, seed: 1 };
      return async () => {
        const model = buildSasRec(config);
        const stop = new AbortController();
        const onProgress = ({ step }: { readonly step: number }) => {
          if (step === 20) stop.abort('enough');
        };
        const options = { batchSize: 32, negatives: 256, epochs: 1, reportEvery: 20, seed: 2 };
        await trainSasRec({ model, interactions: train, ...options, onProgress, signal: stop.signal }).catch(ended);
        return [model.table.values.slice(), model.parameters.slice()];
      };
    },
  },
  frechet: {
    title: 'Fréchet distance, 512 features, 5,000 samples each, no interval',
    prepare: async () => {
      const [real, generated] = [madeFeatures(1, 512), madeFeatures(2, 512)];
      return async () => [Float64Array.of((await frechetDistance(real, generated, { groups: 0 })).value)];
    },
  },
  neighbours: {
    title: 'precision and recall of samples, 5,000 of 64 features each',
    prepare: async () => {
      const [real, generated] = [madeFeatures(1, 64), madeFeatures(2, 64)];
      return async () => {
        const { precision, recall } = await precisionRecall(real, generated);
        return [Float64Array.of(precision.value, recall.value)];
      };
    },
  },
};

/** Every metric of every user. */
async function ranked(...given: Parameters<typeof evaluateRanking>): Promise<readonly Numbers[]> {
  return Object.values((await evaluateRanking(...given)).perUser.values);
}

/** 400 users, 400 items, 30 rows of each user. */
function madeShop() {
  const rng = createRng(5);
  const ids = () => createVocabulary(Array.from({ length: 400 }, (_, id) => id));
  const rows = Array.from({ length: 12_000 }, (_, row) => row);
  return createInteractions({
    users: ids(),
    items: ids(),
    userIndices: rows.map((row) => row % 400),
    itemIndices: rows.map(() => rng.integer(400)),
    times: rows,
  });
}

function madeFeatures(seed: number, size: number, count = 5000) {
  return { values: createRng(seed).fillNormal(new Float32Array(count * size)), shape: [count, size] };
}

function ended(reason: unknown): void {
  if (reason !== 'enough') throw reason;
}
