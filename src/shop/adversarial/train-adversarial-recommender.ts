import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GanResult, trainGan } from '../../gan/training/train-gan.js';
import { createRng, type Rng } from '../../random/rng.js';
import { distinctPairs } from '../../recsys/kinds/distinct-pairs.js';
import type { Recommender } from '../../recsys/recommender.js';
import { type AdversarialRecommenderOptions, checkAdversarialOptions } from './adversarial-options.js';
import type { VectorSource } from './generated-vectors.js';
import { createHistories } from './histories.js';
import { historyBatches } from './history-batches.js';
import { openFeatures, scaleVectors } from './item-vectors.js';
import { nearestRecommender } from './nearest-recommender.js';
import { createNearness } from './nearness.js';
import { openGame } from './open-game.js';

const where = 'trainAdversarialRecommender';

/**
 * Trains the adversarial recommender: a generator that makes, from what a user chose and noise, features of what the user
 * chooses next, against a discriminator that sees real choices beside it. Items are ranked by the vectors it makes.
 *
 *     real pair:  history = mean of the features of all else that the user chose, x = features of what the user chose
 *     score_ui = log mean over s of K(x_i, G(z_s, history_u)) - log mean over j of K(x_i, x_j)
 *     K(x, y) = exp(-|x - y|^2 / (2 h^2)),  s = 1 … S draws of noise, the same for all users
 *     j over all items, of a large catalogue over 4,096 of them
 *
 * The articles rank by nearness to one made vector. That ranks an item within a crowd as high as one that stands alone where
 * as many choices fall. The second term asks how crowded the catalogue is around an item, which makes the score the logarithm
 * of a density ratio: how much more often such items are chosen than offered. `rank: 'nearest'` leaves it
 * out. What an item is called plays no part: items of equal features have equal scores. Nothing is known of users without a
 * choice and, where features were learnt, of items that nobody chose: {@link recommend} goes by popularity there.
 *
 * Look at {@link itemItemRecommender} and {@link trainImplicitAls} first: they train ten to a hundred times faster, and on each data set of the
 * README of `bench/quality` one of them ranks as well or better. Learnt features carry how often an item is chosen; with
 * features as coarse as a category and a price, which do not, popularity alone is far ahead. What is particular to it: with
 * `itemFeatures` it ranks items that nobody chose yet, and each draw is another answer to one history.
 *
 * @param options - See {@link AdversarialRecommenderOptions}. Give `epochs` or `steps`; `batchSize` is 256 by default.
 * @returns The recommender, what it draws with, the judge and the reports. The caller disposes both networks.
 * @throws RangeError for options, features or networks that do not fit; what {@link trainGan} throws.
 * @see Mirza and Osindero, "Conditional Generative Adversarial Nets" (2014)
 * @see Miyato and Koyama, "cGANs with Projection Discriminator" (2018)
 * @see Sugiyama et al., "Density Ratio Estimation in Machine Learning" (2012), for ratios of densities
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const { recommender } = await trainAdversarialRecommender({ interactions: train, factors: 2, steps: 20, seed: 7 });
 * const [pick] = await recommend(recommender, 'bob', { k: 1 });
 * pick.source; // 'model'
 * const report = await evaluateRanking(recommender, { train, test, k: 2 }); // with popularity beside it
 */
export async function trainAdversarialRecommender(options: AdversarialRecommenderOptions): Promise<
  GanResult & {
    /**
     * Ranks by what `generator` makes, with the weights that it has at that moment; it works until the generator is disposed.
     */
    readonly recommender: Recommender;
    /** The judge at the end of the game. */
    readonly discriminator: LayersModel;
  }
> {
  checkAdversarialOptions(where, options);
  const { interactions, itemFeatures, factors = 16, draws = 64, bandwidth, rank = 'ratio', ...rest } = options;
  const { batchSize = 256, seed = 0, ...game } = rest;
  const pairs = distinctPairs(interactions);
  const features = await openFeatures(where, interactions, itemFeatures, { factors, seed, signal: options.signal });
  const vectors = scaleVectors(where, features, pairs);
  const histories = createHistories(vectors, pairs);
  const rng = createRng(seed);
  const nearness = await createNearness(vectors, bandwidth ?? Math.sqrt(vectors.size), rank, rng.stream('catalogue'));
  const data = historyBatches(histories, batchSize, rng.stream('pairs'));
  const { players, close, abandon } = openGame(where, options, vectors.size);
  try {
    const result = await trainGan({ ...game, ...players, seed, data });
    close();
    const source = sourceOf(result.generator, draws, vectors.size, rng.stream('draws'));
    const hasFeatures = itemFeatures !== undefined;
    const parts = { name: 'adversarial', interactions, histories, source, nearness, hasFeatures };
    const recommender = nearestRecommender(parts);
    return { ...result, recommender, discriminator: players.discriminator };
  } catch (error) {
    abandon();
    throw error;
  }
}

// Drawn once: a recommender gives the same scores every time.
function sourceOf(generator: LayersModel, draws: number, size: number, rng: Rng): VectorSource {
  const latentSize = generator.inputs[0]!.shape[1]!;
  return { generator, noise: rng.fillNormal(new Float32Array(draws * latentSize)), draws, size };
}
