import '../../support/backends.js';
import {
  bprLoss,
  buildDotProduct,
  buildEmbeddingMlp,
  buildNeuMf,
  createInteractions,
  createRng,
  createVocabulary,
  denseAdam,
  type EmbeddingModel,
  type ImplicitTrainingOptions,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  memoryStore,
  popularityNegatives,
  type RecommenderReport,
  trainRecommender,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { failingAfter } from '../support/failing-after.js';

const users = createVocabulary(Array.from({ length: 12 }, (_, user) => `u${user}`));
const items = createVocabulary(Array.from({ length: 9 }, (_, item) => `i${item}`));
const rng = createRng(5);
const rows = Array.from({ length: 40 }, () => [rng.integer(12), rng.integer(9)] as const);
const interactions = createInteractions({
  ...{ users, items },
  userIndices: Int32Array.from(rows, ([user]) => user),
  itemIndices: Int32Array.from(rows, ([, item]) => item),
});
const features = { user: users, item: items };

type Options = Partial<Omit<ImplicitTrainingOptions, 'model' | 'interactions' | 'epochs' | 'steps'>>;
type Case = { readonly build: () => EmbeddingModel; readonly options: Options; readonly steps: number };

const mlp = () => buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [6], dropout: 0.2, seed: 1 });

const cases: Record<string, Case> = {
  'the article, with a validation': {
    build: mlp,
    steps: 24,
    options: {
      ...{ optimizer: denseAdam({ learningRate: 0.01 }), batchSize: 16, negatives: 2, reportEvery: 3 },
      validation: { interactions, k: 3, exclude: 'nothing', patience: 6 },
    },
  },
  'lazy Adam on groups': {
    build: () => buildNeuMf({ features, embeddingSize: 3, hidden: [4], seed: 1 }),
    steps: 14,
    options: {
      ...{ loss: bprLoss(), optimizer: lazyAdam({ learningRate: 0.01 }), batchSize: 10, regularization: 0.01 },
      ...{ negatives: 1, negativeSampling: popularityNegatives() },
    },
  },
  Adagrad: { build: mlp, steps: 9, options: { optimizer: lazyAdagrad(), batchSize: 30, reportEvery: 1 } },
  'sample by sample': {
    build: () => buildDotProduct({ features, embeddingSize: 3, seed: 2 }),
    steps: 5,
    options: { optimizer: lazySgd({ learningRate: 0.05 }), batchSize: 1, regularization: 0.01 },
  },
};

const untimed = (history: readonly RecommenderReport[]) => history.map(({ samplesPerSecond: _, ...rest }) => rest);

async function numbersOf(model: EmbeddingModel) {
  const tables = Object.values(model.tables).map(({ values }) => values.slice());
  const dense = await Promise.all(Object.values(model.variables).map(async (each) => (await each.data()).slice()));
  return [...tables, ...dense];
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.each(Object.entries(cases))(
    'stopped after any step and gone on, a run ends with the same bits: %s',
    async (_, each) => {
      await useBackend(backend);
      const given = { interactions, steps: each.steps, seed: 3, ...each.options };
      const whole = each.build();
      const { history } = await trainRecommender({ ...given, model: whole });
      const [expected, reports] = [await numbersOf(whole), untimed(history)];
      const fresh = each.build();
      expect(await numbersOf(fresh)).not.toEqual(expected);
      // On one backend any step, on the other some: what is kept does not depend on it.
      for (let stop = 1; stop < each.steps; stop += backend === 'wasm' ? 1 : 4) {
        const store = memoryStore();
        const first = each.build();
        // A run of fewer steps is the same run that was stopped there, but for its last report.
        await expect(
          trainRecommender({
            ...given,
            model: first,
            checkpoint: { store: failingAfter(store, stop), everySteps: 1, keep: 1 },
          }),
        ).rejects.toThrow('stop');
        const again = each.build();
        const end = await trainRecommender({ ...given, model: again, checkpoint: { store }, resume: store });
        expect(untimed(end.history)).toEqual(reports);
        expect(await numbersOf(again)).toEqual(expected);
        for (const model of [first, again]) model.dispose();
      }
    },
  );
});
