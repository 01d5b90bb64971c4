// tsx bench/recsys/compare-adam.ts [--seeds 1,2,3] [--epochs 15] [--batch 256] [--deviation 0.01] [--out FILE]: the MLP of He et al. (2017) on Online
// Retail under lazy and dense Adam, from the same start with the same samples; ranks after each epoch.
import '@tensorflow/tfjs-backend-wasm';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  asRecommender,
  buildEmbeddingMlp,
  denseAdam,
  evaluateRanking,
  lazyAdam,
  type Recommender,
  trainRecommender,
  useBackend,
} from 'minimart';
import { loadOnlineRetail, type OnlineRetail } from './online-retail-data.js';

const optimizers = { lazy: lazyAdam, dense: denseAdam };

async function main(): Promise<void> {
  const { seeds, epochs, batch, deviation, out } = readOptions();
  await useBackend('wasm');
  // One row of each customer is left out, as the papers that dense Adam's figures come from do.
  const data = loadOnlineRetail('row');
  const points: object[] = [];
  for (const seed of seeds) {
    for (const [adam, optimizer] of Object.entries(optimizers)) {
      const { users, items } = data.train;
      const features = { user: users, item: items };
      const sizes = { embeddingSize: 32, hidden: [32, 16, 8] };
      const model = buildEmbeddingMlp({ features, ...sizes, embeddingDeviation: deviation, seed });
      const recommender = asRecommender(model, { seen: data.train });
      await trainRecommender({
        model,
        interactions: data.train,
        negatives: 4,
        batchSize: batch,
        epochs,
        seed,
        optimizer: optimizer(),
        onProgress: async ({ epoch, loss }) => {
          const sampled = await mark(recommender, data, 99);
          const all = epoch % 5 === 0 ? await mark(recommender, data, 'all') : undefined;
          points.push({ adam, seed, epoch, loss, sampled, ...(all && { all }) });
          console.log(JSON.stringify(points.at(-1)));
          if (out) writeFileSync(out, `${JSON.stringify({ epochs, batch, deviation, points }, null, 1)}\n`);
        },
      });
      model.dispose();
    }
  }
}

async function mark(recommender: Recommender, { train, test }: OnlineRetail, negatives: number | 'all') {
  const { metrics } = await evaluateRanking(recommender, {
    train,
    test,
    k: 10,
    negatives,
    seed: 1,
    metrics: ['hitRate', 'ndcg'],
    baseline: null,
    resamples: 0,
  });
  return { hr10: metrics.hitRate.value, ndcg10: metrics.ndcg.value };
}

function readOptions() {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const numbers = { epochs: text('15'), batch: text('256'), deviation: text('0.01') };
  const { values } = parseArgs({ options: { ...numbers, seeds: text('1,2,3'), out: { type: 'string' } } });
  const [epochs, batch, deviation] = [Number(values.epochs), Number(values.batch), Number(values.deviation)];
  return { seeds: values.seeds.split(',').map(Number), epochs, batch, deviation, out: values.out };
}

await main();
