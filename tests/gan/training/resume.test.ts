import '../../support/backends.js';
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  adam,
  buildDiscriminator,
  buildGenerator,
  cosineDecay,
  diffAugment,
  type GanObserver,
  type GanReport,
  ganDoctor,
  generatorAverage,
  memoryStore,
  r1Penalty,
  sampleGan,
  type TrainGanOptions,
  trainGan,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const shape = [4, 4, 1];
const values = Float32Array.from({ length: 20 * 16 }, (_, place) => Math.sin(place * place) / 2 + 0.5);
const steps = 15;

/** A run with everything that remembers something: five batches an epoch, so that it ends in the fourth. */
function parts() {
  const generator = buildGenerator({
    ...{ latentSize: 3, hidden: [6], outputShape: shape, outputActivation: 'sigmoid', normalization: 'batch', seed: 1 },
  });
  const discriminator = buildDiscriminator({ inputShape: shape, hidden: [8], dropout: 0.2, seed: 2 });
  const average = generatorAverage(generator, { decay: 0.9 });
  const optimizers = [adam({ learningRate: 2e-3, beta1: 0.5 }), adam({ learningRate: 2e-3, beta1: 0.5 })] as const;
  return { generator, discriminator, average, optimizers };
}

function optionsOf({ generator, discriminator, average, optimizers }: ReturnType<typeof parts>): TrainGanOptions {
  return {
    ...{ generator, discriminator, average, steps, data: { values, shape: [20, ...shape] }, batchSize: 4, seed: 3 },
    generatorOptimizer: optimizers[0],
    discriminatorOptimizer: optimizers[1],
    penalties: [r1Penalty({ weight: 0.1, every: 2 })],
    augmentation: diffAugment(),
    schedule: cosineDecay(),
    observers: [ganDoctor({ every: 4, samples: 16, warmUp: 1, persistence: 2 })],
    validation: { score: scoreOf, every: 3, patience: 4 },
    reportEvery: 2,
  };
}

async function scoreOf(model: LayersModel): Promise<number> {
  const drawn = await sampleGan(model, 8, { seed: 1 });
  const numbers = await drawn.data<'float32'>();
  drawn.dispose();
  return Math.abs(numbers.reduce((sum, each) => sum + each, 0) - 60);
}

const untimed = (history: readonly GanReport[]) => history.map(({ samplesPerSecond: _, ...rest }) => rest);

async function numbersOf(run: ReturnType<typeof parts>) {
  const models = [run.generator, run.discriminator, run.average.model];
  const weights = await Promise.all(models.flatMap((model) => model.getWeights().map((each: Tensor) => each.data())));
  const state = await Promise.all(
    run.optimizers.map(async (each) => {
      const [iterations, ...rest] = await each.getWeights();
      iterations!.tensor.dispose();
      return rest;
    }),
  );
  const moments = await Promise.all(state.flat().map(({ tensor }) => tensor.data()));
  return {
    weights: weights.map((each) => each.slice()),
    moments: moments.map((each) => each.slice()),
    updates: run.average.updates,
  };
}

function free(run: ReturnType<typeof parts>): void {
  for (const model of [run.generator, run.discriminator, run.average.model]) model.dispose();
  for (const optimizer of run.optimizers) optimizer.dispose();
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test('stopped after any step and gone on with new networks, a run ends with the same bits', async () => {
    await useBackend(backend);
    const whole = parts();
    const { history } = await trainGan(optionsOf(whole));
    const [expected, reports] = [await numbersOf(whole), untimed(history)];
    free(whole);
    const before = memory().numTensors;
    // On one backend any step, on the other some: what is kept does not depend on it.
    for (let stop = 1; stop < steps; stop += backend === 'wasm' ? 1 : 4) {
      const store = memoryStore();
      const abort = new AbortController();
      const first = parts();
      let done = 0;
      const counted = optionsOf(first);
      const run = trainGan({
        ...counted,
        signal: abort.signal,
        checkpoint: { store, everySeconds: 1000 },
        // The schedule is asked before each step.
        schedule: (at) => {
          done = at.step;
          if (at.step === stop - 1) abort.abort(new Error('stop'));
          return counted.schedule!(at);
        },
      });
      await expect(run).rejects.toThrow('stop');
      expect(done).toBe(stop - 1);
      free(first);
      const again = parts();
      const end = await trainGan({ ...optionsOf(again), checkpoint: { store }, resume: store });
      expect(untimed(end.history)).toEqual(reports);
      expect(await numbersOf(again)).toEqual(expected);
      free(again);
    }
    expect(memory().numTensors).toBe(before);
  });
});

test('aborted while an observer or the validation looks, a run is written down with what they saw', async () => {
  await useBackend('cpu');
  const whole = parts();
  const { history } = await trainGan(optionsOf(whole));
  const [expected, reports] = [await numbersOf(whole), untimed(history)];
  free(whole);
  for (const looker of ['observer', 'validation']) {
    const store = memoryStore();
    const abort = new AbortController();
    let looks = 0;
    const abortAtThird = () => {
      looks += 1;
      if (looks === 3) abort.abort(new Error('stop'));
    };
    const watch: GanObserver = { name: 'watch', observe: async () => void (looker === 'observer' && abortAtThird()) };
    const first = parts();
    const given = optionsOf(first);
    const score = (model: LayersModel) => {
      if (looker === 'validation') abortAtThird();
      return scoreOf(model);
    };
    const run = trainGan({
      ...given,
      observers: [...given.observers!, watch],
      validation: { ...given.validation!, score },
      signal: abort.signal,
      checkpoint: { store, everySeconds: 1000 },
    });
    await expect(run).rejects.toThrow('stop');
    free(first);
    // The third report is of step 4, the third measurement of step 9: every second step is reported, every third measured.
    const at = looker === 'observer' ? 4 : 9;
    expect(await store.list()).toEqual([`checkpoint-${String(at).padStart(12, '0')}`]);
    const again = parts();
    const { observers = [], ...rest } = optionsOf(again);
    const end = await trainGan({
      ...rest,
      observers: [...observers, { ...watch, observe: async () => undefined }],
      resume: store,
    });
    expect(untimed(end.history)).toEqual(reports);
    expect(await numbersOf(again)).toEqual(expected);
    free(again);
  }
});

test('a run that an observer ends leaves a checkpoint of its last step, and is over when it goes on', async () => {
  const store = memoryStore();
  const until = (limit: number): GanObserver => ({
    name: 'until',
    observe: async ({ report }) => (report.step >= limit ? { stop: 'enough' } : undefined),
  });
  const run = (limit: number, given: Partial<TrainGanOptions> = {}) => {
    const players = parts();
    const options = { ...optionsOf(players), validation: undefined, observers: [until(limit)], ...given };
    return { players, end: trainGan(options as TrainGanOptions) };
  };
  const first = run(6, { checkpoint: { store, everySteps: 1000 } });
  const stopped = await first.end;
  expect([stopped.steps, stopped.stopped]).toEqual([6, 'until: enough']);
  expect((await store.list()).map((name) => Number(name.slice(-12)))).toEqual([6]);
  const again = run(6, { resume: store });
  const end = await again.end;
  expect(untimed(end.history)).toEqual(untimed(stopped.history));
  expect(end.stopped).toBe('until: enough');
  expect(await numbersOf(again.players)).toEqual(await numbersOf(first.players));
  // Without the observer it goes on from there, as one that was never stopped.
  const freed = run(6, { observers: [], resume: { store, allow: ['observers'] } });
  const whole = run(99, { observers: [] });
  expect([(await freed.end).steps, (await whole.end).steps]).toEqual([steps, steps]);
  expect(await numbersOf(freed.players)).toEqual(await numbersOf(whole.players));
  for (const { players } of [first, again, freed, whole]) free(players);
});
