import {
  buildEmbeddingMlp,
  createInteractions,
  createRng,
  createVocabulary,
  denseAdam,
  type ImplicitTrainingOptions,
  recommenderSteps,
  trainRecommender,
} from 'minimart';
import type { Trial } from '../trainers.js';

/** A small network on tables whose rows wait for the updates of Adam, with dropout, and measured now and then. */
export function recommenderTrial(): Trial {
  const users = createVocabulary(Array.from({ length: 60 }, (_, user) => `u${user}`));
  const items = createVocabulary(Array.from({ length: 40 }, (_, item) => `i${item}`));
  const rng = createRng(5);
  const userIndices = Int32Array.from({ length: 300 }, () => rng.integer(60));
  const itemIndices = Int32Array.from({ length: 300 }, () => rng.integer(40));
  const interactions = createInteractions({ users, items, userIndices, itemIndices });
  const features = { user: users, item: items };
  const model = buildEmbeddingMlp({ features, embeddingSize: 8, hidden: [12], dropout: 0.2, seed: 1 });
  const options: Omit<ImplicitTrainingOptions, 'steps' | 'epochs'> = {
    ...{ model, interactions, optimizer: denseAdam({ learningRate: 0.01 }), batchSize: 32, negatives: 2, seed: 3 },
    validation: { interactions, k: 3, exclude: 'nothing' },
  };
  return {
    train: (told) => trainRecommender({ ...options, ...told }),
    iterate: (told) => recommenderSteps({ ...options, ...told }),
    numbers: async () => {
      const tables = Object.values(model.tables).map(({ values }) => values.slice());
      const dense = await Promise.all(Object.values(model.variables).map((each) => each.data<'float32'>()));
      return [...tables, ...dense.map((each) => each.slice())];
    },
    free: () => model.dispose(),
  };
}
