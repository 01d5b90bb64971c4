// tsx bench/recsys/time-dot.ts: seconds of one epoch of MovieLens-1M with 4 negatives, 4,970,845 samples one by one, by
// dot products of 8 and 64 factors. Medians of five epochs after the first; drawing and shuffling included.
import '@tensorflow/tfjs-backend-wasm';
import { buildDotProduct, lazySgd, trainRecommender, useBackend } from 'minimart';
import { loadMovieLens } from './movielens.js';

const data = loadMovieLens();
if (!data) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
await useBackend('wasm');
const { train } = data;
for (const embeddingSize of [8, 64]) {
  const model = buildDotProduct({ features: { user: train.users, item: train.items }, embeddingSize });
  const [walls, processors]: [number[], number[]] = [[], []];
  let [wall, processor] = [performance.now(), process.cpuUsage()];
  const onProgress = () => {
    const { user, system } = process.cpuUsage(processor);
    walls.push((performance.now() - wall) / 1000);
    processors.push((user + system) / 1e6);
    [wall, processor] = [performance.now(), process.cpuUsage()];
  };
  const optimizer = lazySgd({ learningRate: 0.002 });
  await trainRecommender({ model, interactions: train, optimizer, batchSize: 1, epochs: 6, onProgress });
  const median = (times: readonly number[]) => times.slice(1).sort((left, right) => left - right)[2]!;
  console.log(JSON.stringify({ embeddingSize, seconds: median(walls), processorSeconds: median(processors) }));
}
