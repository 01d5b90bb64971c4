// tsx bench/recsys/after-a-date.ts: Online Retail split at 1 October 2011, item-item on everything after it: with the customers
// who are new, for whom it goes by popularity, and without.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  evaluateRanking,
  formatRanking,
  idColumn,
  itemItemRecommender,
  parseTable,
  popularityRecommender,
  splitAtTime,
  timeColumn,
  toInteractions,
  wholeNumberId,
} from 'minimart';
import { sharedData } from './shared-data.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
const orders = parseTable(gunzipSync(readFileSync(path)).toString('utf8'), {
  InvoiceNo: idColumn(),
  StockCode: idColumn(),
  Quantity: countColumn(),
  InvoiceDate: timeColumn(),
  CustomerID: idColumn({ normalize: wholeNumberId }),
});
const columns = { user: 'CustomerID', item: 'StockCode', time: 'InvoiceDate', order: 'InvoiceNo' } as const;
const all = toInteractions(orders, { ...columns, weight: 'Quantity', cancellationPrefix: 'C' });
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
