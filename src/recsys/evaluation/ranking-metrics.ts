import type { Interactions } from '../../data/interactions.js';
import type { TopList } from '../scoring/top-list.js';
import {
  auc,
  averagePrecision,
  createNdcg,
  hitRate,
  reciprocalRank,
  relevantInTop,
} from './metrics/accuracy-metrics.js';
import { createDiversity, createNovelty } from './metrics/catalogue-metrics.js';
import type { TiedRanks } from './tied-ranks.js';

/**
 * What {@link evaluateRanking} computes. All are means over users but `coverage`; `k` is the length of the lists, M the
 * number of a user's relevant items, N that of the other candidates, places count from 1, and tied candidates stand in
 * random order, over which the expectation is taken.
 *
 *     hitRate           1 if any of the first k is relevant, else 0
 *     ndcg              sum over relevant places p <= k of 1 / log2(p + 1), over the same sum for the places 1 to min(k, M)
 *     reciprocalRank    1 / place of the first relevant item, however far down (MRR)
 *     recall            relevant items among the first k / M
 *     cappedRecall      relevant items among the first k / min(k, M): of a basket of 30 ten can be found in ten places
 *     precision         relevant items among the first k / k
 *     averagePrecision  sum over relevant places p <= k of (relevant items among the first p) / p, over min(k, M) (MAP)
 *     auc               share of the M * N pairs in which the relevant item stands before the other one
 *     coverage          share of all items that are among the first k of any user
 *     novelty           mean over the first k of -log2(share of the users in train who have the item)
 *     diversity         1 - mean over pairs (i, j) of the first k of (users with both) / sqrt(users with i * users with j)
 *
 * The last three look at the lists themselves and at `train`. There, of tied items the one with the smaller index comes
 * first, as when recommending; items that nobody has count as one user's for novelty, and as unlike everything for
 * diversity. With sampled or given candidates they describe lists that no user will see: compare them only with those of
 * another recommender on the same candidates.
 *
 * @see Järvelin and Kekäläinen, "Cumulated Gain-based Evaluation of IR Techniques" (2002), for NDCG
 * @see Manning et al., "Introduction to Information Retrieval" (2008), chapter 8, for precision, recall, MAP
 * @see Liang et al., "Variational Autoencoders for Collaborative Filtering" (2018), for capped recall
 * @see Zhou et al., "Solving the Apparent Diversity-Accuracy Dilemma of Recommender Systems" (2010), for novelty
 * @see Ziegler et al., "Improving Recommendation Lists through Topic Diversification" (2005), for diversity
 * @see McSherry and Najork, "Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied
 *   Scores" (2008), for ties
 */
export type MetricName = AccuracyMetricName | 'coverage' | 'novelty' | 'diversity';

/** Metrics of how well relevant items are found. As {@link MetricName} defines them. */
export type AccuracyMetricName =
  | 'hitRate'
  | 'ndcg'
  | 'reciprocalRank'
  | 'recall'
  | 'cappedRecall'
  | 'precision'
  | 'averagePrecision'
  | 'auc';

/** Metrics that each user has, and of which the report gives the mean. */
export type UserMetricName = Exclude<MetricName, 'coverage'>;

/** One metric: what reports call it, what it judges, and how it is computed. */
export interface RankingMetric {
  /** What {@link formatRanking} calls it, with lists of `k`. */
  readonly label: (k: number) => string;
  /** Where relevant items stand, of which more is better, or the lists themselves. */
  readonly judges: 'ranks' | 'lists';
  /** Makes the function of one user's ranks and top list. Coverage, which is of all lists together, has none. */
  readonly create?: (k: number, train: Interactions) => UserMetric;
}

/** A metric of one user's ranks and top list. */
export type UserMetric = (ranks: TiedRanks, list: TopList) => number;

/** All metrics, in the order of the report. */
export const rankingMetrics: Readonly<Record<MetricName, RankingMetric>> = {
  hitRate: { label: (k) => `HR@${k}`, judges: 'ranks', create: (k) => (ranks) => hitRate(ranks, k) },
  ndcg: { label: (k) => `NDCG@${k}`, judges: 'ranks', create: createNdcg },
  reciprocalRank: { label: () => 'MRR', judges: 'ranks', create: () => reciprocalRank },
  recall: {
    label: (k) => `recall@${k}`,
    judges: 'ranks',
    create: (k) => (ranks) => relevantInTop(ranks, k) / ranks.totalRelevant,
  },
  cappedRecall: {
    label: (k) => `capped recall@${k}`,
    judges: 'ranks',
    create: (k) => (ranks) => relevantInTop(ranks, k) / Math.min(k, ranks.totalRelevant),
  },
  precision: { label: (k) => `precision@${k}`, judges: 'ranks', create: (k) => (ranks) => relevantInTop(ranks, k) / k },
  averagePrecision: { label: (k) => `MAP@${k}`, judges: 'ranks', create: (k) => (ranks) => averagePrecision(ranks, k) },
  auc: { label: () => 'AUC', judges: 'ranks', create: () => auc },
  coverage: { label: (k) => `coverage@${k}`, judges: 'lists' },
  novelty: { label: (k) => `novelty@${k}, bits`, judges: 'lists', create: (_, train) => ofList(createNovelty(train)) },
  diversity: { label: (k) => `diversity@${k}`, judges: 'lists', create: (_, train) => ofList(createDiversity(train)) },
};

function ofList(metric: (list: Int32Array, length: number) => number): UserMetric {
  return (_, { items, length }) => metric(items, length);
}
