import {
  buildEmbeddingMlp,
  buildTwoTower,
  type EmbeddingModel,
  evaluateRanking,
  type ImplicitTrainingOptions,
  type Interactions,
  inBatchSoftmaxLoss,
  itemItemRecommender,
  lazyAdam,
  popularityRecommender,
  type Recommender,
  type RecommenderReport,
  trainImplicitAls,
  trainRecommender,
} from 'minimart';
import type { OnlineRetail } from './online-retail-data.js';

type TrainOptions = ImplicitTrainingOptions & {
  readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
};

type Part = OnlineRetail['rehearsal'];
type Contender = (data: OnlineRetail) => Promise<{ readonly recommender: Recommender; readonly settings: string }>;

/** Popularity, item-item, implicit ALS, the embedding MLP and two towers that know country and price. */
export const contenders: Readonly<Record<string, Contender>> = {
  popularity: async ({ train }) => ({ recommender: popularityRecommender(train), settings: '' }),
  itemItem: (data) =>
    chooseBest(
      [10, 50, 200].map((neighbours) => ({ neighbours })),
      data,
      async (settings, { train }) => itemItemRecommender(train, settings),
    ),
  implicitAls: (data) =>
    chooseBest(
      [
        { factors: 64, unobservedWeight: 0.1, regularization: 0.01 },
        { factors: 64, unobservedWeight: 0.03, regularization: 0.02 },
        { factors: 128, unobservedWeight: 0.03, regularization: 0.02 },
        { factors: 128, unobservedWeight: 0.1, regularization: 0.02 },
      ],
      data,
      (settings, { train }) =>
        trainImplicitAls({ interactions: train, ...settings, epochs: 10, seed: 1 }).then(
          ({ recommender }) => recommender,
        ),
    ),
  embeddingMlp: (data) =>
    trainTwice(data, 20, {
      build: () =>
        buildEmbeddingMlp({ features: { user: data.train.users, item: data.train.items }, dropout: 0.2, seed: 1 }),
      options: () => ({ negatives: 8, batchSize: 1024, optimizer: lazyAdam({ learningRate: 0.001 }) }),
    }),
  twoTower: (data) =>
    trainTwice(data, 10, {
      build: () => buildTwoTower(towers(data)),
      options: ({ train }) => ({
        loss: inBatchSoftmaxLoss({ probabilities: shares(train) }),
        batchSize: 128,
        optimizer: lazyAdam({ learningRate: 0.002 }),
      }),
    }),
};

async function chooseBest<S extends object>(
  candidates: readonly S[],
  data: OnlineRetail,
  make: (settings: S, part: Part) => Promise<Recommender>,
) {
  const marks: number[] = [];
  for (const settings of candidates) marks.push(await mark(await make(settings, data.rehearsal), data.rehearsal));
  const best = candidates[marks.indexOf(Math.max(...marks))]!;
  return { recommender: await make(best, data), settings: JSON.stringify(best) };
}

// Finds the number of epochs on the rehearsal, then trains on all of train for as long.
async function trainTwice(
  data: OnlineRetail,
  epochs: number,
  {
    build,
    options,
  }: { build: () => EmbeddingModel; options: (part: Part) => Partial<Omit<TrainOptions, 'epochs' | 'steps'>> },
) {
  const run = (part: Part, more: { epochs: number } & Partial<Omit<TrainOptions, 'epochs' | 'steps'>>) =>
    trainRecommender({ ...options(part), ...more, model: build(), interactions: part.train, seed: 1 });
  const measure = (recommender: Recommender) => mark(recommender, data.rehearsal);
  const rehearsal = await run(data.rehearsal, { epochs, validation: { measure, patience: 3 }, onProgress: report });
  const { recommender } = await run(data, { epochs: rehearsal.best!.at });
  return { recommender, settings: `${rehearsal.best!.at} epochs` };
}

function report({ epoch, loss, validation }: { epoch: number; loss: number; validation?: { value: number } }): void {
  console.error(`epoch ${epoch}, loss ${loss.toFixed(4)}, NDCG@10 of the rehearsal ${validation?.value.toFixed(4)}`);
}

async function mark(recommender: Recommender, { train, test }: Part): Promise<number> {
  const options = { train, test, negatives: 99, seed: 2, metrics: ['ndcg'], baseline: null, resamples: 0 } as const;
  return (await evaluateRanking(recommender, options)).metrics.ndcg!.value;
}

function towers({ train, countries, countryOf, priceOf }: OnlineRetail) {
  return {
    features: {
      user: train.users,
      item: train.items,
      country: { kind: 'categorical', vocabulary: countries, embeddingSize: 8 },
      price: { kind: 'numeric' },
    },
    userColumns: { country: countryOf },
    itemColumns: { price: priceOf },
    seed: 1,
  } as const;
}

function shares({ items, itemIndices, length }: Interactions): Float32Array {
  const found = new Float32Array(items.size).fill(1e-6);
  for (const item of itemIndices) found[item]! += 1 / length;
  return found;
}
