import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  asRecommender,
  bprLoss,
  buildDotProduct,
  buildEmbeddingMlp,
  createInteractions,
  type EmbeddingModel,
  evaluateRanking,
  type ImplicitTrainingOptions,
  type Interactions,
  inBatchSoftmaxLoss,
  lazyAdam,
  lazySgd,
  NonFiniteLossError,
  popularityNegatives,
  type Recommender,
  type RecommenderReport,
  recommenderSteps,
  sampledSoftmaxLoss,
  trainRecommender,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { copyWeights, restoreWeights } from '../../../src/recsys/training/model-weights.js';
import { backends } from '../../support/backends.js';
import { tasteGroups } from '../../support/taste-groups.js';

type TrainOptions = ImplicitTrainingOptions & {
  readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
};

const { train, test: kept } = tasteGroups();
const features = { user: train.users, item: train.items };

function smallMlp(seed = 1): EmbeddingModel {
  return buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [8], embeddingDeviation: 0.1, seed });
}

function smallDot(seed = 1): EmbeddingModel {
  return buildDotProduct({ features, embeddingSize: 4, embeddingDeviation: 0.1, seed });
}

/** All weights of a model, one after another. */
async function weightsOf({ tables, variables }: EmbeddingModel): Promise<number[]> {
  const dense = await Promise.all(Object.values(variables).map((weights) => weights.data()));
  return [...Object.values(tables).map(({ values }) => values), ...dense].flatMap((values) => Array.from(values));
}

/** Mean share of a user's items outside train that score below the one kept out: 0.5 by chance. */
async function auc(recommender: Recommender, { userIndices, itemIndices }: Interactions = kept): Promise<number> {
  const scores = await recommender.scoreAll(userIndices);
  const size = train.items.size;
  let sum = 0;
  userIndices.forEach((user, row) => {
    const seen = new Set(train.itemIndices.subarray(train.offsets[user], train.offsets[user + 1]));
    const own = scores[row * size + itemIndices[row]!]!;
    const others = Array.from(scores.subarray(row * size, (row + 1) * size)).filter(
      (_, item) => !seen.has(item) && item !== itemIndices[row],
    );
    sum += others.filter((other) => other < own).length / others.length;
  });
  return sum / userIndices.length;
}

const lessons = {
  'cross-entropy': () => ({ negatives: 4 }),
  'cross-entropy, negatives by popularity': () => ({ negativeSampling: popularityNegatives() }),
  pairs: () => ({ loss: bprLoss() }),
  'sampled softmax': () => ({ loss: sampledSoftmaxLoss(), negatives: 7 }),
  'softmax within the batch': () => ({ loss: inBatchSoftmaxLoss(), batchSize: 16 }),
};

describe.each(backends)('trainRecommender on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('gives identical weights for one seed and others for another', async () => {
    const run = async (seed: number) => {
      const model = smallMlp();
      await trainRecommender({ model, interactions: train, epochs: 2, batchSize: 64, seed });
      return weightsOf(model);
    };
    const first = await run(3);
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });

  test('keeps the number of tensors, and leaves none behind', async () => {
    const options = { model: smallMlp(), interactions: train, batchSize: 64, reportEvery: 1 };
    // The first run may make what lasts, such as kernels' own tensors.
    await trainRecommender({ ...options, steps: 2 });
    const before = memory().numTensors;
    const counts = new Set<number>();
    await trainRecommender({ ...options, steps: 30, onProgress: () => void counts.add(memory().numTensors) });
    expect(counts.size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });

  test('scores between steps by the weights of that moment', async () => {
    const [model, twin] = [smallMlp(), smallMlp(2)];
    const [users, items] = [Int32Array.of(0, 1, 2), Int32Array.of(3, 4, 5)];
    let reports = 0;
    const onProgress = async () => {
      const scores = await model.scorePairs(users, items);
      restoreWeights(twin, await copyWeights(model));
      expect(scores).toEqual(await twin.scorePairs(users, items));
      reports += 1;
    };
    await trainRecommender({ model, interactions: train, batchSize: 64, steps: 6, reportEvery: 2, onProgress });
    expect(reports).toBe(3);
  });

  // What the losses teach, on the quicker backend; that both compute the same is for tests/conformance.
  test.each(Object.entries(lessons).slice(0, backend === 'wasm' ? undefined : 1))(
    'learns tastes that popularity cannot see, by %s',
    async (_, lesson) => {
      const { recommender } = await trainRecommender({
        model: smallMlp(),
        interactions: train,
        optimizer: lazyAdam({ learningRate: 0.02 }),
        batchSize: 64,
        epochs: 25,
        seed: 1,
        ...lesson(),
      });
      // Who knows a user's taste ranks 15 of the 21 other items below for certain: 0.86 on average; chance is 0.5.
      expect(await auc(recommender)).toBeGreaterThan(0.78);
    },
    60_000,
  );
});

describe('trainRecommender', () => {
  beforeEach(() => useBackend('cpu'));

  const options = (changes: Partial<TrainOptions> = {}) =>
    ({ model: smallMlp(), interactions: train, epochs: 2, batchSize: 64, ...changes }) as TrainOptions;

  test('reports once an epoch and after the last step unless told otherwise', async () => {
    // 320 positives with 4 negatives each: 1600 rows, 25 batches of 64.
    const { history, steps } = await trainRecommender(options({ epochs: undefined, steps: 60 }));
    expect(history.map(({ step, epoch, totalSteps }) => [step, epoch, totalSteps])).toEqual([
      [25, 1, 60],
      [50, 2, 60],
      [60, 3, 60],
    ]);
    expect(steps).toBe(60);
    const often = await trainRecommender(options({ reportEvery: 20 }));
    expect(often.history.map(({ step }) => step)).toEqual([20, 40, 50]);
  });

  test('reports the mean loss since the last report', async () => {
    const each = await trainRecommender(options({ reportEvery: 1 }));
    const epochs = await trainRecommender(options());
    const mean = (from: number, to: number) =>
      each.history.slice(from, to).reduce((sum, { loss }) => sum + loss / (to - from), 0);
    expect(epochs.history[0]!.loss).toBeCloseTo(mean(0, 25), 5);
    expect(epochs.history[1]!.loss).toBeCloseTo(mean(25, 50), 5);
    // Embeddings near zero give probability one half: log 2.
    expect(each.history[0]!.loss).toBeCloseTo(Math.LN2, 1);
  });

  test('gives a recommender over the model that counts the interactions as seen', async () => {
    const given = options();
    const { recommender } = await trainRecommender(given);
    expect(recommender).toMatchObject({ name: 'embeddingMlp', users: train.users, items: train.items, seen: train });
    expect(recommender.model).toBe(given.model);
    const [users, items] = [Int32Array.of(3, 4), Int32Array.of(5, 6)];
    expect(await recommender.scorePairs(users, items)).toEqual(await given.model.scorePairs(users, items));
    expect(asRecommender(given.model, { name: 'mine' }).name).toBe('mine');
    expect(asRecommender(given.model).seen).toBeUndefined();
  });

  test('learns from users of one row, beside users of none', async () => {
    const { users, items } = train;
    const interactions = createInteractions({ users, items, userIndices: [3, 7], itemIndices: [1, 2] });
    const model = smallMlp();
    const rowOf = (user: number) => model.tables.user!.values.slice(4 * user, 4 * user + 4);
    const [one, none] = [rowOf(3), rowOf(0)];
    const { steps } = await trainRecommender({ model, interactions, batchSize: 4, epochs: 3 });
    // 2 positives with 4 negatives each: 10 rows, 3 batches.
    expect(steps).toBe(9);
    expect(rowOf(3)).not.toEqual(one);
    expect(rowOf(0)).toEqual(none);
  });

  test('knows no best weights where nothing is measured', async () => {
    expect((await trainRecommender(options({ epochs: 3 }))).best).toBeUndefined();
  });

  test('hands every report to onProgress and waits for it', async () => {
    const order: string[] = [];
    await trainRecommender(
      options({
        onProgress: async ({ step }) => {
          order.push(`begin ${step}`);
          await Promise.resolve();
          order.push(`end ${step}`);
        },
      }),
    );
    expect(order).toEqual(['begin 25', 'end 25', 'begin 50', 'end 50']);
  });

  test('ends with what onProgress throws', async () => {
    const onProgress = () => {
      throw new Error('enough');
    };
    await expect(trainRecommender(options({ onProgress }))).rejects.toThrow('enough');
  });
});

describe('validation', () => {
  beforeEach(() => useBackend('cpu'));

  /** Says the given values one after another, and remembers the weights that it saw. */
  function scripted(values: readonly number[]) {
    const seen: number[][] = [];
    const measure = async ({ model }: Recommender) => {
      seen.push(await weightsOf(model!));
      return values[seen.length - 1]!;
    };
    return { measure, seen };
  }

  const run = (model: EmbeddingModel, validation: object, epochs = 6) =>
    trainRecommender({ model, interactions: train, batchSize: 64, epochs, validation: validation as never });

  test.each(['embeddingMlp', 'dotProduct'])('keeps the best weights of a %s', async (kind) => {
    const model = kind === 'dotProduct' ? smallDot() : smallMlp();
    const { measure, seen } = scripted([0.1, 0.5, 0.4, 0.5]);
    const { best, history } = await run(model, { measure }, 4);
    expect(best).toEqual({ at: 2, value: 0.5, bestAt: 2, bestValue: 0.5 });
    expect(await weightsOf(model)).toEqual(seen[1]);
    expect(seen[3]).not.toEqual(seen[1]);
    expect(history.map(({ validation }) => validation)).toEqual([
      { at: 1, value: 0.1, bestAt: 1, bestValue: 0.1 },
      { at: 2, value: 0.5, bestAt: 2, bestValue: 0.5 },
      { at: 3, value: 0.4, bestAt: 2, bestValue: 0.5 },
      { at: 4, value: 0.5, bestAt: 2, bestValue: 0.5 },
    ]);
  });

  test('ends the run when patience is over', async () => {
    const { measure, seen } = scripted([0.3, 0.2, 0.4, 0.3, 0.2, 0.9]);
    const model = smallMlp();
    const { best, history, steps } = await run(model, { measure, patience: 2 });
    expect(best!.at).toBe(3);
    expect(await weightsOf(model)).toEqual(seen[2]);
    expect(seen).toHaveLength(5);
    expect(steps).toBe(125);
    expect(history.at(-1)!.step).toBe(125);
  });

  test('measures every so many epochs', async () => {
    const { measure, seen } = scripted([0.1, 0.2, 0.3]);
    const { best } = await run(smallMlp(), { measure, every: 2 });
    expect(seen).toHaveLength(3);
    expect(best!.at).toBe(6);
  });

  test.each(['embeddingMlp', 'dotProduct'])('loses no best weights of a %s, however the run ends', async (kind) => {
    const make = () => (kind === 'dotProduct' ? smallDot() : smallMlp());
    const end = async (stop: (controller: AbortController) => void, afterEpoch: number) => {
      const [model, controller] = [make(), new AbortController()];
      const { measure, seen } = scripted([0.5, 0.4, 0.3]);
      const onProgress = ({ step }: RecommenderReport) => {
        if (step === 25 * afterEpoch + 5) stop(controller);
      };
      const given = { model, interactions: train, batchSize: 64, epochs: 4, reportEvery: 5, validation: { measure } };
      await expect(trainRecommender({ ...given, signal: controller.signal, onProgress })).rejects.toThrow('stop');
      return { weights: await weightsOf(model), best: seen[0], start: await weightsOf(make()) };
    };
    const abort = (controller: AbortController) => controller.abort(new Error('stop'));
    const fail = () => {
      throw new Error('stop');
    };
    for (const stop of [abort, fail]) {
      // Within the epoch behind the best one, and two epochs behind it.
      for (const afterEpoch of [1, 3]) {
        const { weights, best } = await end(stop, afterEpoch);
        expect(weights).toEqual(best);
      }
      // Before anything was measured there is nothing but the last step.
      const { weights, best, start } = await end(stop, 0);
      expect(best).toBeUndefined();
      expect(weights).not.toEqual(start);
    }
  });

  test.each([
    [0.1, 2],
    [0.3, 5],
  ])('measures the last step too, which may be the best: %d', async (last, at) => {
    const model = smallMlp();
    const { measure, seen } = scripted([0.2, 0.1, last]);
    expect((await run(model, { measure, every: 2 }, 5)).best!.at).toBe(at);
    expect(await weightsOf(model)).toEqual(seen[at === 5 ? 2 : 0]);
  });

  test('keeps the best weights where the iteration is left', async () => {
    const model = smallMlp();
    const { measure, seen } = scripted([0.2, 0.1]);
    const given = { model, interactions: train, batchSize: 64, epochs: 4, validation: { measure } };
    for await (const { epoch } of recommenderSteps(given)) if (epoch === 2) break;
    expect(seen[1]).not.toEqual(seen[0]);
    expect(await weightsOf(model)).toEqual(seen[0]);
  });

  test('keeps no broken weights, which the measurement overlooks', async () => {
    const model = smallMlp();
    const { tables } = model as unknown as { tables: Record<string, { values: Float32Array }> };
    const { values } = Object.values(tables)[0]!;
    const measure = () => {
      values[0] = Number.NaN;
      return 1;
    };
    const bests: number[] = [];
    const onProgress = ({ validation }: RecommenderReport) => void bests.push(validation!.bestAt);
    const given = { model, interactions: train, batchSize: 64, epochs: 1, validation: { measure } };
    await trainRecommender({ ...given, onProgress }).catch(() => undefined);
    expect(bests).toEqual([0]);
  });

  test('counts as best only what is a number', async () => {
    const { measure } = scripted([Number.NaN, 0.2, Number.NaN]);
    await expect(run(smallMlp(), { measure }, 3)).rejects.toThrow(
      /`validation` must give a finite number, received NaN/,
    );
  });

  test('ranks the rows kept out as evaluateRanking does', async () => {
    const model = smallMlp();
    const validation = { interactions: kept, metric: 'hitRate', k: 5 } as const;
    const { history, recommender } = await trainRecommender({ model, interactions: train, epochs: 1, validation });
    const report = await evaluateRanking(recommender, { test: kept, train, k: 5 });
    expect(history[0]!.validation!.value).toBeCloseTo(report.metrics.hitRate.value, 6);
    const other = await trainRecommender({
      model: smallMlp(),
      interactions: train,
      epochs: 1,
      validation: { interactions: kept },
    });
    const whole = await evaluateRanking(other.recommender, { test: kept, train });
    expect(other.history[0]!.validation!.value).toBeCloseTo(whole.metrics.ndcg.value, 6);
  });

  test('is not part of the speed reported', async () => {
    const measure = () => new Promise<number>((resolve) => setTimeout(() => resolve(1), 300));
    const model = smallDot();
    const started = performance.now();
    const { history } = await run(model, { measure }, 2);
    // All of it less half of what measuring waits: training alone takes less, however busy the machine is.
    const seconds = (performance.now() - started) / 1000 - 0.3;
    expect(history.at(-1)!.samplesPerSecond).toBeGreaterThan((2 * 1600) / seconds);
  });
});

describe('sample by sample', () => {
  beforeEach(() => useBackend('cpu'));

  test('a dot product learns tastes, and stands at a whole block at every report', async () => {
    const model = smallDot();
    const reports: number[] = [];
    const { recommender, history } = await trainRecommender({
      model,
      interactions: train,
      optimizer: lazySgd({ learningRate: 0.1 }),
      regularization: 0.001,
      batchSize: 1,
      epochs: 60,
      seed: 1,
      onProgress: async () => void reports.push(await auc(asRecommender(model))),
    });
    expect(history).toHaveLength(60);
    expect(reports.at(-1)).toBe(await auc(recommender));
    expect(reports[0]).toBeLessThan(0.65);
    expect(reports.at(-1)).toBeGreaterThan(0.78);
  });

  test('moves the weights as batches of one do', async () => {
    const settings = { interactions: train, regularization: 0.01, batchSize: 1, epochs: 1, seed: 2 };
    const optimizer = lazySgd({ learningRate: 0.05 });
    const [fast, slow] = [smallDot(), smallDot()];
    await trainRecommender({ ...settings, model: fast, optimizer });
    // Another name for the same loss keeps to the ordinary way.
    const { binaryCrossEntropyLoss } = await import('minimart');
    const loss = { ...binaryCrossEntropyLoss(), name: 'the same' };
    await trainRecommender({ ...settings, model: slow, optimizer, loss });
    const [left, right] = [await weightsOf(fast), await weightsOf(slow)];
    const scale = Math.max(...right.map(Math.abs));
    expect(Math.max(...left.map((value, at) => Math.abs(value - right[at]!))) / scale).toBeLessThan(1e-4);
  });

  test('one step is one block, and an abort leaves the model usable', async () => {
    const controller = new AbortController();
    const model = smallDot();
    const before = await weightsOf(model);
    const onProgress = ({ step }: RecommenderReport) => {
      if (step === 2) controller.abort(new Error('stop'));
    };
    const run = trainRecommender({
      model,
      interactions: train,
      optimizer: lazySgd({ learningRate: 0.1 }),
      batchSize: 1,
      epochs: 5,
      signal: controller.signal,
      onProgress,
    });
    await expect(run).rejects.toThrow('stop');
    const after = await weightsOf(model);
    expect(after).not.toEqual(before);
    expect(after.every(Number.isFinite)).toBe(true);
  });
});

describe('stopping', () => {
  beforeEach(() => useBackend('cpu'));

  test('an abort leaves the weights of the last whole step', async () => {
    const controller = new AbortController();
    const [aborted, whole] = [smallMlp(), smallMlp()];
    const shared = { interactions: train, batchSize: 64, reportEvery: 1, seed: 5 };
    const onProgress = ({ step }: RecommenderReport) => {
      if (step === 7) controller.abort(new Error('stop'));
    };
    const run = trainRecommender({ ...shared, model: aborted, epochs: 3, signal: controller.signal, onProgress });
    await expect(run).rejects.toThrow('stop');
    await trainRecommender({ ...shared, model: whole, steps: 7 });
    expect(await weightsOf(aborted)).toEqual(await weightsOf(whole));
  });

  test('leaving the iterator does too', async () => {
    const [left, whole] = [smallMlp(), smallMlp()];
    const shared = { interactions: train, batchSize: 64, reportEvery: 1 };
    for await (const { step } of recommenderSteps({ ...shared, model: left, epochs: 3 })) if (step === 4) break;
    await trainRecommender({ ...shared, model: whole, steps: 4 });
    expect(await weightsOf(left)).toEqual(await weightsOf(whole));
  });

  test('a loss that is no number stops the run and names its step', async () => {
    const model = smallMlp();
    const onProgress = ({ step }: RecommenderReport) => {
      if (step === 3) for (const { values } of Object.values(model.tables)) values.fill(Number.NaN);
    };
    const run = trainRecommender({ model, interactions: train, batchSize: 64, epochs: 2, reportEvery: 1, onProgress });
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect(error).toMatchObject({ step: 4, network: 'model' });
  });

  test('and so it does sample by sample', async () => {
    const model = smallDot();
    Object.values(model.tables)[0]!.values.fill(Number.NaN);
    const optimizer = lazySgd();
    const run = trainRecommender({ model, interactions: train, optimizer, batchSize: 1, epochs: 2 });
    await expect(run).rejects.toMatchObject({ name: 'NonFiniteLossError', step: 1 });
  });

  test('NaN is found before the model is measured', async () => {
    const model = smallMlp();
    Object.values(model.tables)[0]!.values.fill(Number.NaN);
    const measure = vi.fn(() => 1);
    const run = trainRecommender({ model, interactions: train, epochs: 1, validation: { measure } });
    await expect(run).rejects.toThrow(NonFiniteLossError);
    expect(measure).not.toHaveBeenCalled();
  });
});
