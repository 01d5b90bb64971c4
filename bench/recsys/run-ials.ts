// tsx bench/recsys/run-ials.ts SEED [RESULT.json]: iALS-192 on MovieLens-1M, HR@10 and NDCG@10 on test after each epoch.
import { writeFileSync } from 'node:fs';
import { evaluateRanking, implicitAls, type Recommender } from 'minimart';
import { loadMovieLens, type MovieLens } from './movielens.js';

const settings = { factors: 192, epochs: 12, regularization: 0.007, unobservedWeight: 0.3, initialScale: 0.1 };

async function main([seedText = '1', file]: readonly string[]): Promise<void> {
  const movieLens = loadMovieLens();
  if (!movieLens) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  const seed = Number(seedText);
  const epochs: object[] = [];
  let [start, processor] = [performance.now(), process.cpuUsage()];
  await implicitAls(movieLens.train, {
    ...settings,
    seed,
    onProgress: async ({ epoch, recommender }) => {
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(processor);
      const line = {
        epoch,
        seconds,
        processorSeconds: (user + system) / 1e6,
        ...(await score(recommender, movieLens)),
      };
      epochs.push(line);
      console.log(JSON.stringify(line));
      if (file) writeFileSync(file, JSON.stringify({ settings, seed, epochs }, null, 1));
      [start, processor] = [performance.now(), process.cpuUsage()];
    },
  });
}

async function score(recommender: Recommender, { test, negatives }: MovieLens) {
  const options = { test, negatives, metrics: ['hitRate', 'ndcg'], baseline: null, resamples: 0 } as const;
  const { metrics } = await evaluateRanking(recommender, options);
  return { hitRate: metrics.hitRate.value, ndcg: metrics.ndcg.value };
}

await main(process.argv.slice(2));
