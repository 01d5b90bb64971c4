import '../../../support/backends.js';
import { buildEmbeddingMlp, createRng, createVocabulary, lazyAdam, trainRecommender, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectRows, splitRows } from '../../../../src/recsys/training/batches/labelled-rows.js';

const kinds = createVocabulary(['a', 'b', 'c']);
const features = { kind: kinds, price: { kind: 'numeric' as const } };

/** 400 rows: the label depends on the kind, and on the price for one kind. */
function makeRows(labelOf: (kind: number, price: number) => number) {
  const rng = createRng(5);
  const kind = Int32Array.from({ length: 400 }, () => rng.integer(3));
  const price = rng.fillUniform(new Float32Array(400));
  return { rows: { kind, price }, labels: Float32Array.from(kind, (each, row) => labelOf(each, price[row]!)) };
}

const shared = { optimizer: lazyAdam({ learningRate: 0.02 }), batchSize: 32, epochs: 40, seed: 1 };

beforeAll(() => useBackend('cpu'));

describe('learning from labelled rows', () => {
  test('beats the mean on rows kept out, for a binary head', async () => {
    const { rows, labels } = makeRows((kind, price) => (kind === 0 || (kind === 1 && price > 0.5) ? 1 : 0));
    const model = buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [8] });
    const { test: tested, steps } = await trainRecommender({ ...shared, model, rows, labels });
    // A fifth of 400 rows is kept; 320 rows make 10 batches.
    expect(tested!.rows).toBe(80);
    expect(steps).toBe(400);
    // About half of the labels are 1, so the mean's cross-entropy is near log 2; the rule itself has none.
    expect(tested!.baselineLoss).toBeCloseTo(Math.LN2, 1);
    expect(tested!.loss).toBeLessThan(0.2);
  });

  test.each(['value', 'count'] as const)('beats the mean on rows kept out, for the head %s', async (head) => {
    const { rows, labels } = makeRows((kind, price) => 1 + 3 * kind + (price > 0.5 ? 1 : 0));
    const model = buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [8], head });
    const { test: tested } = await trainRecommender({ ...shared, model, rows, labels });
    expect(tested!.loss).toBeLessThan(tested!.baselineLoss - 0.5);
  });

  test('measures loss and baseline of each head by its formula', async () => {
    const formulas = {
      binary: (output: number, label: number) => Math.log(1 + Math.exp(output)) - label * output,
      value: (output: number, label: number) => (output - label) ** 2,
      count: (output: number, label: number) => Math.exp(output) - label * output,
    };
    const constants = {
      binary: (mean: number) => Math.log(mean / (1 - mean)),
      value: (mean: number) => mean,
      count: Math.log,
    };
    for (const head of ['binary', 'value', 'count'] as const) {
      const { rows, labels } = makeRows((kind) => (kind === 1 ? 1 : 0));
      const model = buildEmbeddingMlp({ features, embeddingSize: 2, hidden: [], head });
      const run = await trainRecommender({ model, rows, labels, steps: 3, seed: 9, testShare: 0.5 });
      const { train, test: kept } = splitRows(400, 0.5, createRng(9).stream('split'));
      const outputs = await model.score(selectRows(model.features, rows, kept));
      const mean = train.reduce((sum, row) => sum + labels[row]! / train.length, 0);
      const constant = constants[head](mean);
      let [loss, baseline] = [0, 0];
      kept.forEach((row, place) => {
        loss += formulas[head](outputs[place]!, labels[row]!) / kept.length;
        baseline += formulas[head](constant, labels[row]!) / kept.length;
      });
      expect(run.test!.loss).toBeCloseTo(loss, 5);
      expect(run.test!.baselineLoss).toBeCloseTo(baseline, 5);
    }
  });

  test('keeps nothing out when told so', async () => {
    const { rows, labels } = makeRows(() => 1);
    const model = buildEmbeddingMlp({ features, embeddingSize: 2, hidden: [] });
    const result = await trainRecommender({ model, rows, labels, epochs: 1, testShare: 0 });
    expect(result.test).toBeUndefined();
    // 400 rows in batches of 256.
    expect(result.steps).toBe(2);
  });

  test('has a finite baseline where all labels are alike', async () => {
    const { rows, labels } = makeRows(() => 1);
    const model = buildEmbeddingMlp({ features, embeddingSize: 2, hidden: [] });
    const { test: tested } = await trainRecommender({ model, rows, labels, epochs: 1 });
    expect(tested!.baselineLoss).toBe(0);
  });
});

describe('a random split', () => {
  test('puts the share aside, each row in one part', () => {
    const { train, test: kept } = splitRows(103, 0.2, createRng(1));
    expect(kept).toHaveLength(21);
    const all = [...train, ...kept].sort((left, right) => left - right);
    expect(all).toEqual(Array.from({ length: 103 }, (_, row) => row));
  });

  test('keeps a row to train on', () => {
    expect(splitRows(1, 0.9, createRng(1)).train).toHaveLength(1);
  });
});

describe('selecting rows', () => {
  test('takes indices, numbers of any width and bags', () => {
    const all = {
      user: { kind: 'categorical' as const, vocabulary: kinds },
      place: { kind: 'numeric' as const, size: 2 },
      past: { kind: 'bag' as const, vocabulary: kinds },
    };
    const rows = {
      user: Int32Array.of(0, 1, 2),
      place: Float32Array.of(1, 2, 3, 4, 5, 6),
      past: { offsets: Uint32Array.of(0, 2, 2, 3), indices: Int32Array.of(0, 1, 2) },
    };
    expect(selectRows(all, rows, Uint32Array.of(2, 0, 1))).toEqual({
      user: Int32Array.of(2, 0, 1),
      place: Float32Array.of(5, 6, 1, 2, 3, 4),
      past: { offsets: Uint32Array.of(0, 1, 3, 3), indices: Int32Array.of(2, 0, 1) },
    });
  });
});
