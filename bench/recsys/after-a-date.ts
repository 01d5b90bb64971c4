// tsx bench/recsys/after-a-date.ts: Online Retail split at 1 October 2011, item-item on everything after it: with the customers
// who are new, for whom it goes by popularity, and without.
import { evaluateRanking, formatRanking, itemItemRecommender, popularityRecommender, splitAtTime } from 'minimart';
import { nextBasketData } from './next-basket-data.js';

const { shop: all } = nextBasketData();
const { train, test } = splitAtTime(all, { time: Date.UTC(2011, 9, 1) });
const recommender = await itemItemRecommender(train);
console.log(
  formatRanking(
    await evaluateRanking(recommender, { test, k: 10, exclude: 'seen', metrics: ['hitRate', 'ndcg', 'recall'] }),
  ),
);

const raw = { ...recommender, knowledge: { knowsUser: () => true } };
const quick = { test, k: 10, exclude: 'seen', metrics: ['hitRate'], resamples: 0 } as const;
const { hitRate } = (
  await evaluateRanking(raw, { ...quick, baseline: popularityRecommender(train, { count: 'rows' }) })
).metrics;
console.log(`HR@10 with scores of 0 taken as they are: ${hitRate.value.toFixed(4)}`);
console.log(`HR@10 of popularity by rows: ${hitRate.baseline!.value.toFixed(4)}`);
