import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GanOptions, type GanReport, ganSteps, generatorAverage, trainGan, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

type Validation = NonNullable<GanOptions['validation']>;

beforeEach(() => useBackend('cpu'));

/** Scores the numbers in turn, and remembers the weights that it saw. */
function inTurn(numbers: readonly number[]) {
  const seen: Float32Array[][] = [];
  const score = async (model: LayersModel) => {
    seen.push(await weightsOf(model));
    return numbers[seen.length - 1]!;
  };
  return { score, seen };
}

const reported = (history: readonly GanReport[]) => history.flatMap(({ validation }) => validation ?? []);

describe('which score is the best', () => {
  test('is the lowest unless told otherwise, the earlier of equal ones', async () => {
    const { score } = inTurn([3, 2, 4, 2]);
    const { best, history } = await trainGan(smallRun({ steps: 4, validation: { score, every: 1 } }));
    expect(best).toEqual({ at: 2, value: 2, bestAt: 2, bestValue: 2 });
    expect(reported(history).map(({ at, value }) => [at, value])).toEqual([
      [1, 3],
      [2, 2],
      [3, 4],
      [4, 2],
    ]);
  });

  test('is the highest where higher is better', async () => {
    const { score } = inTurn([3, 2, 4, 2]);
    const { best } = await trainGan(smallRun({ steps: 4, validation: { score, every: 1, better: 'higher' } }));
    expect(best).toMatchObject({ at: 3, value: 4 });
  });

  test.each(['lower', 'higher'] as const)('is never one that is not finite, where %s is better', async (better) => {
    const { score } = inTurn([Number.NaN, Infinity, -Infinity, 1, -Infinity, Infinity]);
    const { best, history } = await trainGan(smallRun({ steps: 6, validation: { score, every: 1, better } }));
    expect(reported(history).map(({ bestAt }) => bestAt)).toEqual([0, 0, 0, 4, 4, 4]);
    expect(best!.value).toBe(1);
  });
});

describe('when it scores', () => {
  test('every so many steps and at the last, whatever is reported besides', async () => {
    const validation = { score: () => 1, every: 4 };
    const { history } = await trainGan(smallRun({ steps: 9, reportEvery: 3, validation }));
    expect(history.map(({ step }) => step)).toEqual([3, 4, 6, 8, 9]);
    expect(reported(history).map(({ at }) => at)).toEqual([4, 8, 9]);
  });

  test('patience ends the run after so many scores that are no new best', async () => {
    const { score } = inTurn([5, 6, 4, 4, 7, 8]);
    const { steps, best } = await trainGan(smallRun({ steps: 50, validation: { score, every: 1, patience: 3 } }));
    expect([steps, best!.at]).toEqual([6, 3]);
  });

  test('patience counts scores that are not finite', async () => {
    const validation = { score: () => Number.NaN, every: 1, patience: 2 };
    const { steps, best } = await trainGan(smallRun({ steps: 50, validation }));
    expect([steps, best]).toEqual([2, undefined]);
  });
});

describe('the generator has its best weights, batch statistics included', () => {
  const stop = new Error('stop');
  const ends: Record<string, (options: GanOptions, controller: AbortController) => Promise<unknown>> = {
    'at the end': (options) => trainGan(options),
    'when patience is over': (options) =>
      trainGan({ ...options, steps: 50, epochs: undefined, validation: { ...options.validation!, patience: 2 } }),
    'after an abort': (options, controller) =>
      trainGan({ ...options, onProgress: ({ step }) => (step === 3 ? controller.abort(stop) : undefined) }),
    'where the iteration is left': async (options) => {
      for await (const { step } of ganSteps(options)) if (step === 3) break;
    },
    'after an error': (options) =>
      trainGan({
        ...options,
        onProgress: ({ step }) => {
          if (step === 3) throw stop;
        },
      }),
  };

  test.each(Object.keys(ends))('%s', async (name) => {
    const controller = new AbortController();
    const game = smallPair();
    const { score, seen } = inTurn([2, 1, 3, 3, 3]);
    const before = memory().numTensors;
    const validation: Validation = { score, every: 1 };
    const options = smallRun({ ...game, steps: 4, signal: controller.signal, validation });
    await ends[name]!(options, controller).catch((error) => expect(error).toBe(stop));
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen[2]).not.toEqual(seen[1]);
    expect(await weightsOf(game.generator)).toEqual(seen[1]);
    expect(memory().numTensors).toBe(before);
  });

  test('or those of the last whole step, where nothing was measured', async () => {
    const [plain, left] = [smallPair(), smallPair()];
    for await (const { step } of ganSteps(smallRun(plain))) if (step === 3) break;
    const validation = { score: () => 1, every: 4 };
    for await (const { step } of ganSteps(smallRun({ ...left, validation }))) if (step === 3) break;
    expect(await weightsOf(left.generator)).toEqual(await weightsOf(plain.generator));
  });

  test('and where there is an average, the average has them, with its number of updates', async () => {
    const [game, plain] = [smallPair(), smallPair()];
    const average = generatorAverage(game.generator, { decay: 0.9 });
    const { score, seen } = inTurn([2, 1, 3, 3]);
    const options = smallRun({ ...game, average, steps: 4, validation: { score, every: 1 } });
    const { generator } = await trainGan(options);
    expect(generator).toBe(average.model);
    expect(await weightsOf(average.model)).toEqual(seen[1]);
    expect(average.updates).toBe(2);
    await trainGan(smallRun({ ...plain, steps: 4 }));
    expect(await weightsOf(game.generator)).toEqual(await weightsOf(plain.generator));
  });
});

describe('what goes wrong', () => {
  test('a score that throws ends the run and leaves the best so far', async () => {
    const game = smallPair();
    const { score: first, seen } = inTurn([3]);
    const score = (model: LayersModel) => (seen.length === 0 ? first(model) : Promise.reject(new Error('no memory')));
    const run = trainGan(smallRun({ ...game, validation: { score, every: 1 } }));
    await expect(run).rejects.toThrow('no memory');
    expect(await weightsOf(game.generator)).toEqual(seen[0]);
  });

  test('a score of an aborted run does not count', async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const score = (_: LayersModel, signal?: AbortSignal) => {
      seen.push(signal);
      controller.abort(new Error('enough'));
      return 1;
    };
    const run = trainGan(smallRun({ signal: controller.signal, validation: { score, every: 1 } }));
    await expect(run).rejects.toThrow('enough');
    expect(seen).toEqual([controller.signal]);
  });

  test.each([
    ['every', { every: 0 }, '`validation.every` must be a positive integer, received 0 (number).'],
    ['every', { every: undefined }, '`validation.every` must be a positive integer, received undefined'],
    ['patience', { patience: 0.5 }, '`validation.patience` must be a positive integer, received 0.5 (number).'],
    ['better', { better: 'best' }, "`validation.better` must be one of 'lower', 'higher', received 'best'"],
    ['score', { score: 'kid' }, "`validation.score` must be a function, received 'kid' (string)."],
    ['score', { score: () => '3' }, "`validation.score` must give a number, received '3' (string)."],
    ['a name', { evry: 1 }, '`evry` must be left out'],
  ])('refuses %s that does not fit: %j', async (_name, change, message) => {
    const validation = { score: () => 1, every: 1, ...change } as Validation;
    await expect(trainGan(smallRun({ validation }))).rejects.toThrow(message);
  });
});
