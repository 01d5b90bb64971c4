// tsx bench/recsys/run-ials.ts SEED [RESULT.json]: iALS-192 on MovieLens-1M, HR@10 and NDCG@10 on test after each epoch.
import { writeFileSync } from 'node:fs';
import { trainImplicitAls } from 'minimart';
import { loadMovieLens } from './movielens.js';
import { rankCandidates } from './rank-candidates.js';

const settings = { factors: 192, epochs: 12, regularization: 0.007, unobservedWeight: 0.3, initialScale: 0.1 };

async function main([seedText = '1', file]: readonly string[]): Promise<void> {
  const movieLens = loadMovieLens();
  if (!movieLens) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  const seed = Number(seedText);
  const curve: object[] = [];
  let spent = 0;
  let [start, processor] = [performance.now(), process.cpuUsage()];
  await trainImplicitAls({
    interactions: movieLens.train,
    ...settings,
    seed,
    onProgress: async ({ epoch }, recommender) => {
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(processor);
      spent += (user + system) / 1e6;
      const line = {
        epoch,
        seconds,
        processorSeconds: spent,
        ...(await rankCandidates(recommender, movieLens.test, movieLens.negatives)),
      };
      curve.push(line);
      console.log(JSON.stringify(line));
      if (file)
        writeFileSync(
          file,
          JSON.stringify({ model: 'iALS-192', part: 'test', settings: { ...settings, seed }, curve }, null, 1),
        );
      [start, processor] = [performance.now(), process.cpuUsage()];
    },
  });
}

await main(process.argv.slice(2));
