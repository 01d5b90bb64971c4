import '../../support/backends.js';
import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import {
  buildSasRec,
  createInteractions,
  createVocabulary,
  exportSasRec,
  sasRecRecommender,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { saveAndLoad } from '../../support/save-and-load.js';

const items = createVocabulary(['a', 'b', 'c', 'd', 'e', 'f']);
const seen = createInteractions({ users: createVocabulary(['ann']), items, userIndices: [0], itemIndices: [0] });

beforeAll(() => useBackend('cpu'));

describe.each([1, 2])('a model with heads: %d', (heads) => {
  test('scores as TensorFlow.js does with its own layers, also from a file', async () => {
    const config = { items, embeddingSize: 4, blocks: 2, heads, maxLength: 4, embeddingDeviation: 1, seed: 3 };
    const model = buildSasRec(config);
    // Offsets and biases that are not 0.
    model.parameters.forEach((value, at) => {
      model.parameters[at] = value + 0.3 * Math.sin(at);
    });
    const recommender = sasRecRecommender(model, { seen });
    const exported = exportSasRec(model);
    const loaded = await saveAndLoad(exported);
    for (const history of [[2], [1, 5, 0], [3, 3, 1, 4], [0, 1, 2, 3, 4, 5]]) {
      const expected = await recommender.scoreHistory!(Int32Array.from(history), new Float32Array(history.length));
      const latest = history.slice(-4);
      const given = tensor2d([[...new Array<number>(4 - latest.length).fill(6), ...latest]], [1, 4], 'int32');
      for (const each of [exported, loaded]) {
        const scores = await (each.predict(given) as Tensor).data();
        scores.forEach((score, item) => {
          expect(score).toBeCloseTo(expected[item]!, 4);
        });
      }
      given.dispose();
    }
    exported.dispose();
    loaded.dispose();
  });
});

test('refuses what is no model', () => {
  expect(() => exportSasRec({} as never)).toThrow(/^exportSasRec: `model` must be a SasRecModel/);
});
