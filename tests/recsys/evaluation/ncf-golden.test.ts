import { evaluateRanking, popularityRecommender } from 'minimart';
import { describe, expect, test } from 'vitest';
import { loadMovieLens } from '../../../bench/recsys/movielens.js';
import { gmfRecommender, mlpRecommender, ncfWeights } from '../support/ncf-weights.js';

// Reference values: computed from the same files in float32 and float64 by a program of its own, and equal to 4 digits to
// what the authors of the weights report.
const movieLens = loadMovieLens();
const [gmf, mlp] = [ncfWeights('gmf-8'), ncfWeights('mlp-64-32-16-8')];
const isThere = movieLens !== undefined && gmf !== undefined && mlp !== undefined;
const title = isThere
  ? "NCF's protocol on MovieLens-1M"
  : "NCF's protocol on MovieLens-1M: SKIPPED, set MINIMART_DATA to a folder with ml-1m and ncf-weights";

describe.skipIf(!isThere)(title, () => {
  const evaluate = async (model: 'gmf' | 'mlp' | 'popularity') => {
    const { train, test: held, negatives } = movieLens!;
    const recommender =
      model === 'popularity'
        ? popularityRecommender(train)
        : model === 'gmf'
          ? gmfRecommender(gmf!, train)
          : mlpRecommender(mlp!, train);
    return evaluateRanking(recommender, { train, test: held, negatives, metrics: ['hitRate', 'ndcg'], resamples: 100 });
  };

  test.each([
    ['gmf', 0.6367549669, 0.3690847618],
    ['mlp', 0.6710264901, 0.3962543659],
  ] as const)('the pretrained %s scores HR %d and NDCG %d', async (model, hitRate, ndcg) => {
    const report = await evaluate(model);
    expect(report.metrics.hitRate?.value).toBeCloseTo(hitRate, 9);
    expect(report.metrics.ndcg.value).toBeCloseTo(ndcg, 9);
    expect(report).toMatchObject({ users: 6040, skippedUsers: 0, ties: { users: 0, pairs: 0 } });
  });

  test('popularity scores what it does in expectation when ties are broken at random', async () => {
    const report = await evaluate('popularity');
    expect(report.metrics.hitRate?.value).toBeCloseTo(0.45347682119205296, 12);
    expect(report.metrics.ndcg.value).toBeCloseTo(0.25427070096729054, 12);
    expect(report.ties).toEqual({ users: 409, pairs: 465 });
    expect(report.metrics.ndcg.difference).toEqual({ value: 0, interval: [0, 0] });
  });
});
