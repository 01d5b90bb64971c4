import '../../support/backends.js';
import {
  add,
  customGrad,
  memory,
  mul,
  type Scalar,
  squaredDifference,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import {
  buildDotProduct,
  buildEmbeddingMlp,
  createInteractions,
  createVocabulary,
  denseAdam,
  type EmbeddingLoss,
  type EmbeddingModel,
  lazyAdam,
  lazySgd,
  memoryStore,
  NonFiniteLossError,
  type RecommenderReport,
  trainRecommender,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';

const users = createVocabulary(['a', 'b', 'c']);
const items = createVocabulary(['0', '1', '2', '3']);
const features = { user: users, item: items };
const build = () => buildEmbeddingMlp({ features, embeddingSize: 3, hidden: [4], seed: 1 });

async function weightsOf({ tables, variables }: EmbeddingModel): Promise<number[]> {
  const dense = await Promise.all(Object.values(variables).map((each) => each.data()));
  return [...Object.values(tables).flatMap(({ values }) => [...values]), ...dense.flatMap((each) => [...each])];
}

type Fault = (loss: Scalar) => Scalar;
const nan: Fault = (loss) => mul(loss, Number.NaN);
// The value of the loss, and infinity for its gradient.
const steep: Fault = (loss) =>
  add(
    loss,
    customGrad((x) => ({
      value: mul(x as Tensor, 0),
      gradFunc: (dy: Tensor) => mul(dy, Number.POSITIVE_INFINITY),
    }))(loss),
  );

interface Case {
  readonly steps: number;
  readonly bad?: readonly number[];
  readonly fault?: Fault;
  readonly [option: string]: unknown;
}

/** Trains on one row, the same batch at every step, with faults at some steps. */
async function run({ steps, bad = [], fault = nan, done = 0, ...rest }: Case & { readonly done?: number }) {
  const model = build();
  let step = done + 1;
  const loss: EmbeddingLoss = {
    name: 'mine',
    compute: (logits: Tensor2D) => {
      const value = sum(squaredDifference(logits, 1)) as Scalar;
      return bad.includes(step) ? fault(value) : value;
    },
  };
  const { history } = await trainRecommender({
    ...{ model, loss, steps, testShare: 0, reportEvery: 1 },
    rows: { user: Int32Array.of(1), item: Int32Array.of(2) },
    labels: Float32Array.of(1),
    onProgress: (report: RecommenderReport) => {
      step = report.step + 1;
    },
    ...rest,
  } as Parameters<typeof trainRecommender>[0]);
  const weights = await weightsOf(model);
  model.dispose();
  return { weights, history, entries: history.flatMap(({ nonFinite }) => nonFinite ?? []) };
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  describe.each([
    ['lazyAdam', lazyAdam({ learningRate: 0.01 })],
    ['denseAdam', denseAdam({ learningRate: 0.01 })],
    ['lazySgd', lazySgd({ learningRate: 0.01 })],
  ])('%s', (_name, optimizer) => {
    test.each([
      ['a loss that is NaN', nan, 'loss'],
      ['gradients alone that are infinite', steep, 'gradients'],
    ] as const)('skips the update of %s as if its batch had never been', async (_, fault, what) => {
      const before = memory().numTensors;
      const skipped = await run({ steps: 6, bad: [1, 4, 6], fault, optimizer, onNonFinite: 'skip' });
      expect(memory().numTensors).toBe(before);
      // The same batch at every step: six steps without three of them are three.
      expect(skipped.weights).toEqual((await run({ steps: 3, optimizer })).weights);
      const entry = { network: 'model', what, layer: 'user', action: 'skip' };
      expect(skipped.entries).toEqual([1, 4, 6].map((step) => ({ step, ...entry })));
      expect(skipped.history[3]!.loss).toBeNaN();
    });

    test('goes back to exactly the copy, and on from there', async () => {
      const options = { bad: [102], optimizer, onNonFinite: 'rollback' };
      const back = await run({ ...options, steps: 102 });
      expect(back.weights).toEqual((await run({ steps: 100, optimizer })).weights);
      const on = await run({ ...options, steps: 105 });
      expect(on.weights).toEqual((await run({ steps: 103, optimizer })).weights);
      expect(on.entries).toMatchObject([{ step: 102, network: 'model', action: 'rollback', backTo: 100 }]);
    });
  });

  test('a step size beyond all measure breaks weights by finite gradients, and is skipped with its moments', async () => {
    // Adam moves each weight by about the step size at its first step: 3e38 / (1 - 0.9) is beyond float32.
    const optimizer = lazyAdam({ learningRate: 3e38 });
    const { weights, entries } = await run({ steps: 2, optimizer, onNonFinite: 'skip' });
    const model = build();
    expect(weights).toEqual(await weightsOf(model));
    model.dispose();
    expect(entries).toMatchObject([
      { step: 1, what: 'weights' },
      { step: 2, what: 'weights' },
    ]);
  });
});

describe('limits and checkpoints', () => {
  beforeEach(() => useBackend('cpu'));
  const all = Array.from({ length: 300 }, (_, index) => index + 1);

  test.each([
    ['skip', 101],
    ['rollback', 11],
  ] as const)('%s throws where nothing else ever comes', async (onNonFinite, step) => {
    const error = await run({ steps: 300, bad: all, onNonFinite }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect([error.network, error.step, error.layer]).toEqual(['model', step, 'user']);
  });

  test.each(['skip', 'rollback'] as const)('%s goes on from a checkpoint to the last bit', async (onNonFinite) => {
    const options = { bad: [2, 3, 5, 7], onNonFinite };
    const whole = await run({ ...options, steps: 8 });
    const store = memoryStore();
    await run({ ...options, steps: 4, checkpoint: { store } });
    const rest = await run({ ...options, steps: 8, done: 4, checkpoint: { store }, resume: store });
    expect(rest.weights).toEqual(whole.weights);
    expect(rest.entries).toEqual(whole.entries);
  });

  test('words that are no action are refused', async () => {
    await expect(run({ steps: 1, onNonFinite: 'stop' })).rejects.toThrow(
      "trainRecommender: `onNonFinite` must be one of 'throw', 'skip', 'rollback', received",
    );
  });
});

describe.each(['skip', 'rollback'] as const)('sample by sample, %s', (onNonFinite) => {
  beforeEach(() => useBackend('wasm'));

  test('leaves the model as it was before the blocks', async () => {
    const model = buildDotProduct({ features, embeddingSize: 3, seed: 1 });
    const before = await weightsOf(model);
    const interactions = createInteractions({ users, items, userIndices: [0, 1, 2, 2], itemIndices: [0, 1, 2, 3] });
    const optimizer = lazySgd({ learningRate: 1e38 });
    const settings = { batchSize: 1, negatives: 3, optimizer, regularization: 1, reportEvery: 1 };
    const { history } = await trainRecommender({ model, interactions, epochs: 3, onNonFinite, ...settings });
    expect(history.map(({ nonFinite }) => nonFinite?.length)).toEqual([1, 1, 1]);
    expect(await weightsOf(model)).toEqual(before);
    model.dispose();
  });
});
