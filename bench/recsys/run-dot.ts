// tsx bench/recsys/run-dot.ts [--seed 1] [--part validation] [--every 4] [--out FILE] …: the dot product of Rendle et al.
// (2020), sample by sample, with their settings but 64 factors.
import { buildDotProduct, lazySgd, uniformNegatives } from 'minimart';
import { followTraining } from './follow-training.js';

await followTraining({
  name: 'dot product, d = 64',
  settings: { size: 64, epochs: 256, negatives: 8, learningRate: 0.002, regularization: 0.005, seed: 1 },
  build: ({ users, items }, { size, seed }) =>
    buildDotProduct({ features: { user: users, item: items }, embeddingSize: size, seed }),
  options: ({ size: _, learningRate, ...settings }) => ({
    ...settings,
    batchSize: 1,
    negativeSampling: uniformNegatives({ rejectSeen: false }),
    optimizer: lazySgd({ learningRate }),
  }),
});
