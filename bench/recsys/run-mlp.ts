// tsx bench/recsys/run-mlp.ts [--seed 1] [--part validation] [--out FILE] …: the MLP of He et al. (2017), 8 factors.
import { buildEmbeddingMlp, lazyAdam } from 'minimart';
import { followTraining } from './follow-training.js';

await followTraining({
  name: 'embedding MLP [64, 32, 16, 8]',
  settings: { epochs: 20, negatives: 4, batchSize: 256, learningRate: 0.001, regularization: 0, dropout: 0, seed: 1 },
  build: ({ users, items }, { dropout, seed }) =>
    buildEmbeddingMlp({
      features: { user: users, item: items },
      embeddingSize: 32,
      hidden: [32, 16, 8],
      dropout,
      seed,
    }),
  options: ({ dropout: _, learningRate, ...settings }) => ({ ...settings, optimizer: lazyAdam({ learningRate }) }),
});
