// tsx bench/recsys/run-mlp.ts [--seed 1] [--lazy 1] [--part validation] [--out FILE] …: the MLP of He et al. (2017), 8 factors.
import { buildEmbeddingMlp } from 'minimart';
import { adamOf, followTraining } from './follow-training.js';

await followTraining({
  name: 'embedding MLP [64, 32, 16, 8]',
  settings: { epochs: 20, negatives: 4, batchSize: 256, learningRate: 0.001, lazy: 0, dropout: 0, seed: 1 },
  build: ({ users, items }, { dropout, seed }) =>
    buildEmbeddingMlp({
      features: { user: users, item: items },
      embeddingSize: 32,
      hidden: [32, 16, 8],
      dropout,
      seed,
    }),
  options: ({ epochs, negatives, batchSize, seed, ...adam }) => {
    return { epochs, negatives, batchSize, seed, optimizer: adamOf(adam) };
  },
});
