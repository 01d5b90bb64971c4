// tsx bench/recsys/run-neumf.ts [--seed 1] [--lazy 1] [--part validation] [--out FILE] …: NeuMF of He et al. (2017), 8 factors, from
// scratch.
import { buildNeuMf } from 'minimart';
import { adamOf, followTraining } from './follow-training.js';

await followTraining({
  name: 'NeuMF-8, from scratch',
  settings: { epochs: 20, negatives: 4, batchSize: 256, learningRate: 0.001, lazy: 0, dropout: 0, seed: 1 },
  build: ({ users, items }, { dropout, seed }) => buildNeuMf({ features: { user: users, item: items }, dropout, seed }),
  options: ({ epochs, negatives, batchSize, seed, ...adam }) => {
    return { epochs, negatives, batchSize, seed, optimizer: adamOf(adam) };
  },
});
