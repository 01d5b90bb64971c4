import '../../support/backends.js';
import { memory, mul, type Scalar, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import {
  binaryCrossEntropyLoss,
  bprLoss,
  buildDotProduct,
  buildEmbeddingMlp,
  createEmbeddingStep,
  createInteractions,
  createVocabulary,
  type EmbeddingLoss,
  type EmbeddingModel,
  lazyAdam,
  lazySgd,
  NonFiniteLossError,
  recommenderSteps,
  trainRecommender,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';

const users = createVocabulary(['a', 'b', 'c']);
const items = createVocabulary(['0', '1', '2', '3']);
const interactions = createInteractions({ users, items, userIndices: [0, 1, 2, 2], itemIndices: [0, 1, 2, 3] });
const features = { user: users, item: items };
const mlp = () => buildEmbeddingMlp({ features, embeddingSize: 3, hidden: [4], seed: 1 });
const batch = { rows: { user: Int32Array.of(0, 1), item: Int32Array.of(0, 2) }, labels: Float32Array.of(1, 0) };

async function weightsOf({ tables, variables }: EmbeddingModel): Promise<number[]> {
  const dense = await Promise.all(Object.values(variables).map((each) => each.data()));
  return [...Object.values(tables).flatMap(({ values }) => [...values]), ...dense.flatMap((each) => [...each])];
}

const errorOf = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('a last update that breaks weights is found, and the model has those from before it', async () => {
    const model = mlp();
    const before = await weightsOf(model);
    // Adam moves each weight by about the step size at its first step: 3e38 / (1 - 0.9) is beyond float32.
    const run = trainRecommender({ model, interactions, steps: 1, optimizer: lazyAdam({ learningRate: 3e38 }) });
    const error = (await errorOf(run)) as NonFiniteLossError;
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect([error.what, error.step, error.network]).toEqual(['weights', 1, 'model']);
    expect(error.message).toMatch(/^trainRecommender: the weights of the model must stay finite/);
    expect(await weightsOf(model)).toEqual(before);
    model.dispose();
  });

  test('a step by itself is held as well, at the update that breaks it', async () => {
    const model = mlp();
    const step = createEmbeddingStep(model, { optimizer: lazySgd({ learningRate: 0.1 }) });
    await step.update(batch);
    const before = await weightsOf(model);
    step.learningRate = 3e38;
    const many: EmbeddingLoss = {
      ...binaryCrossEntropyLoss(),
      compute: (logits) => mul(sum(logits), 1e10) as Scalar,
      ...noHost,
    };
    const wild = createEmbeddingStep(model, { loss: many, optimizer: lazySgd({ learningRate: 1e38 }) });
    const error = (await errorOf(wild.update(batch))) as NonFiniteLossError;
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect(error.what).toBe('weights');
    expect(await weightsOf(model)).toEqual(before);
    step.dispose();
    wild.dispose();
    model.dispose();
  });

  test('a loss that is NaN moves nothing', async () => {
    const model = mlp();
    const before = await weightsOf(model);
    const loss: EmbeddingLoss = { name: 'mine', compute: (logits) => mul(sum(logits), Number.NaN) as Scalar };
    const error = (await errorOf(trainRecommender({ model, interactions, steps: 3, loss }))) as NonFiniteLossError;
    expect([error.what, error.step]).toEqual(['loss', 1]);
    expect(await weightsOf(model)).toEqual(before);
    model.dispose();
  });

  test('weights that no batch touched are looked at when the run ends', async () => {
    const model = mlp();
    model.tables.user!.values[8] = Number.NaN;
    const one = createInteractions({ users, items, userIndices: [0], itemIndices: [0] });
    const error = (await errorOf(trainRecommender({ model, interactions: one, steps: 1 }))) as NonFiniteLossError;
    expect([error.what, Number.isNaN(error.value)]).toEqual(['weights', true]);
    model.dispose();
  });
});

const noHost = { computeOnHost: undefined, isLogistic: undefined } as unknown as Pick<EmbeddingLoss, never>;

test('sample by sample, the model keeps what it had at the last report', async () => {
  const model = buildDotProduct({ features, embeddingSize: 3, seed: 1 });
  const before = await weightsOf(model);
  const optimizer = lazySgd({ learningRate: 1e38 });
  const run = trainRecommender({
    model,
    interactions,
    epochs: 1,
    batchSize: 1,
    negatives: 3,
    optimizer,
    regularization: 1,
  });
  expect(await errorOf(run)).toBeInstanceOf(NonFiniteLossError);
  expect(await weightsOf(model)).toEqual(before);
  model.dispose();
});

describe("losses of one's own", () => {
  test.each([
    ['half of another', { ...bprLoss(), compute: (logits) => sum(logits) }, 'what `compute` gives'],
    ['a vector', { name: 'v', compute: (logits) => sum(logits, 1) }, "loss 'v': `compute` must give a scalar tensor"],
    [
      'nothing',
      { name: 'n', compute: () => undefined },
      "loss 'n': `compute` must give a scalar tensor, received undefined",
    ],
    ['a promise', { name: 'p', compute: async (logits) => sum(logits) }, 'must give a scalar tensor'],
  ] as [string, { name: string; compute: (logits: Tensor2D) => unknown }, string][])(
    'that give %s are refused by name, and leak nothing',
    async (_name, loss, message) => {
      const model = mlp();
      const before = memory().numTensors;
      const run = trainRecommender({
        model,
        interactions,
        steps: 2,
        negatives: 1,
        loss: loss as unknown as EmbeddingLoss,
      });
      expect(String(await errorOf(run))).toContain(message);
      if (_name !== 'a promise') expect(memory().numTensors).toBe(before);
      model.dispose();
    },
  );

  test('are trained by what they compute, whatever they are called', async () => {
    // The loss of logits times -1 pulls the other way than cross-entropy; under its name it was ignored sample by sample.
    const model = buildDotProduct({ features, embeddingSize: 2, seed: 1 });
    const loss: EmbeddingLoss = { name: 'binaryCrossEntropy', compute: (logits) => sum(logits) as Scalar };
    const bias = Object.values(model.variables)[0]!;
    const optimizer = lazySgd({ learningRate: 0.5 });
    await trainRecommender({ model, interactions, steps: 1, batchSize: 1, negatives: 0, loss, optimizer });
    // d sum / d bias is 1: one step takes 0.5 off a bias of 0.
    expect((await bias.data())[0]).toBeCloseTo(-0.5, 6);
    model.dispose();
  });
});

test('one model is in one training at a time', async () => {
  const model = mlp();
  const run = recommenderSteps({ model, interactions, steps: 3, reportEvery: 1 });
  await run.next();
  const second = errorOf(trainRecommender({ model, interactions, steps: 1 }));
  expect(String(await second)).toContain('trainRecommender: `model` must be free: another run has it');
  await run.return();
  expect((await trainRecommender({ model, interactions, steps: 1 })).steps).toBe(1);
  model.dispose();
  expect(String(await errorOf(trainRecommender({ model, interactions, steps: 1 })))).toContain(
    'weights that are not disposed',
  );
});

test('explicit undefined is the default, and how long a run is stands in its type', async () => {
  const model = mlp();
  const options = {
    model,
    interactions,
    steps: 1,
    validation: undefined,
    optimizer: undefined,
    reportEvery: undefined,
  };
  expect((await trainRecommender({ ...options, rows: undefined } as never)).steps).toBe(1);
  for (const reportEvery of [-3, 0, 1.5]) {
    expect(String(await errorOf(trainRecommender({ model, interactions, steps: 1, reportEvery })))).toContain(
      '`reportEvery`',
    );
  }
  const signal = {} as AbortSignal;
  expect(String(await errorOf(trainRecommender({ model, interactions, steps: 1, signal })))).toContain(
    '`signal` must be an AbortSignal',
  );
  // @ts-expect-error Neither epochs nor steps.
  const neither = () => trainRecommender({ model, interactions });
  // @ts-expect-error Both.
  const both = () => trainRecommender({ model, interactions, epochs: 1, steps: 1 });
  await expect(both()).rejects.toThrow('`steps` must be left out');
  await expect(neither()).rejects.toThrow('`epochs` must be given');
  model.dispose();
});
