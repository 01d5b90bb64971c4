import '../../support/backends.js';
import { add, memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type BestKeeper, keepBestGenerator, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallPair, weightsOf } from '../../support/gan-pair.js';
import { momentAt } from './moment-at.js';

beforeEach(() => useBackend('cpu'));

/** Shows the keeper a report of every step from `from` on. Returns what it said to each. */
async function play(
  keeper: BestKeeper,
  steps: number,
  { from = 1, ...change }: Parameters<typeof momentAt>[1] & { readonly from?: number } = {},
) {
  const said = [];
  for (let step = from; step < from + steps; step += 1) said.push(await keeper.observe(momentAt(step, change)));
  return said;
}

/** A score that says the numbers in turn. */
function inTurn(numbers: readonly number[]): () => number {
  const left = [...numbers];
  return () => left.shift()!;
}

describe('which score is the best', () => {
  test('is the lowest unless told otherwise, the earlier of equal ones', async () => {
    const keeper = keepBestGenerator(inTurn([3, 2, 4, 2]), { every: 1 });
    await play(keeper, 4);
    expect(keeper.best).toMatchObject({ step: 2, score: 2 });
    expect(keeper.scores).toEqual([3, 2, 4, 2].map((score, index) => ({ step: index + 1, score })));
    keeper.dispose();
  });

  test('is the highest where higher is better', async () => {
    const keeper = keepBestGenerator(inTurn([3, 2, 4, 2]), { every: 1, better: 'higher' });
    await play(keeper, 4);
    expect(keeper.best).toMatchObject({ step: 3, score: 4 });
    keeper.dispose();
  });

  test.each(['lower', 'higher'] as const)('is never one that is not finite, where %s is better', async (better) => {
    const keeper = keepBestGenerator(inTurn([Number.NaN, Infinity, -Infinity, 1, -Infinity, Infinity]), {
      every: 1,
      better,
    });
    await play(keeper, 3);
    expect(keeper.best).toBeUndefined();
    await play(keeper, 3, { from: 4 });
    expect(keeper.best?.score).toBe(1);
    keeper.dispose();
  });
});

describe('when it scores', () => {
  test('at the first report that is far enough on, whatever their distance', async () => {
    const keeper = keepBestGenerator(() => 1, { every: 4 });
    for (const step of [3, 6, 9, 12]) await keeper.observe(momentAt(step));
    expect(keeper.scores.map(({ step }) => step)).toEqual([6, 12]);
    keeper.dispose();
  });

  test('at the last step too', async () => {
    const keeper = keepBestGenerator(() => 1, { every: 4 });
    await play(keeper, 6, { totalSteps: 6 });
    expect(keeper.scores.map(({ step }) => step)).toEqual([4, 6]);
    keeper.dispose();
  });
});

describe('patience', () => {
  test('ends the run after so many scores that are no new best, and says why', async () => {
    const keeper = keepBestGenerator(inTurn([5, 6, 4, 4, 7, 8]), { every: 1, patience: 3 });
    const said = await play(keeper, 6);
    expect(said.slice(0, 5)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(said[5]).toEqual({ stop: 'no better score in the last 3 than 4 at step 3' });
    keeper.dispose();
  });

  test('counts scores that are not finite', async () => {
    const keeper = keepBestGenerator(() => Number.NaN, { every: 1, patience: 2 });
    const said = await play(keeper, 2);
    expect(said[1]).toEqual({ stop: 'no better score in the last 2 than no finite score' });
    expect(keeper.best).toBeUndefined();
  });

  test('has no end when none is given', async () => {
    const keeper = keepBestGenerator(inTurn([1, ...Array.from({ length: 50 }, () => 2)]), { every: 1 });
    expect((await play(keeper, 51)).every((each) => each === undefined)).toBe(true);
    keeper.dispose();
  });
});

describe('the copy', () => {
  test('has the weights of the best step, whatever training makes of the generator afterwards', async () => {
    const { generator } = smallPair(1);
    const other = smallPair(2).generator;
    const first = await weightsOf(generator);
    const keeper = keepBestGenerator(inTurn([1, 2]), { every: 1 });
    await play(keeper, 1, { generator });
    generator.setWeights(other.getWeights());
    await play(keeper, 1, { from: 2, generator });
    expect(await weightsOf(keeper.best!.model)).toEqual(first);
    keeper.dispose();
  });

  test('takes the weights of a new best, batch statistics included', async () => {
    const { generator } = smallPair(1);
    const other = smallPair(2).generator;
    other.setWeights(other.getWeights().map((weight) => add(weight, 1)));
    const keeper = keepBestGenerator(inTurn([2, 1]), { every: 1 });
    await play(keeper, 1, { generator });
    await keeper.observe(momentAt(2, { generator: other }));
    expect(await weightsOf(keeper.best!.model)).toEqual(await weightsOf(other));
    expect(keeper.best!.model).not.toBe(other);
    keeper.dispose();
  });

  test('is the only thing that it keeps, and dispose frees it', async () => {
    const { generator } = smallPair(1);
    const moments = [1, 2, 3].map((step) => momentAt(step, { generator }));
    const before = memory().numTensors;
    const keeper = keepBestGenerator(inTurn([3, 2, 1]), { every: 1 });
    for (const moment of moments) await keeper.observe(moment);
    expect(memory().numTensors).toBe(before + generator.weights.length);
    keeper.dispose();
    expect(memory().numTensors).toBe(before);
    expect(keeper.best).toBeUndefined();
    keeper.dispose();
  });
});

describe('what goes wrong', () => {
  test('a score that throws ends the run and leaves the best so far', async () => {
    const score = inTurn([3]);
    const keeper = keepBestGenerator(() => score() ?? Promise.reject(new Error('no memory')), { every: 1 });
    await play(keeper, 1);
    await expect(keeper.observe(momentAt(2))).rejects.toThrow('no memory');
    expect(keeper.best).toMatchObject({ step: 1, score: 3 });
    keeper.dispose();
  });

  test('a score of an aborted run does not count', async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const score = (_: LayersModel, signal?: AbortSignal) => {
      seen.push(signal);
      controller.abort(new Error('enough'));
      return 1;
    };
    const keeper = keepBestGenerator(score, { every: 1, signal: controller.signal });
    await expect(keeper.observe(momentAt(1))).rejects.toThrow('enough');
    await expect(keeper.observe(momentAt(2))).rejects.toThrow('enough');
    expect(seen).toEqual([controller.signal]);
    expect(keeper.best).toBeUndefined();
    expect(keeper.scores).toEqual([]);
  });

  test.each([
    ['every', { every: 0 }, '`every` must be a positive integer, received 0 (number).'],
    ['patience', { every: 1, patience: 0.5 }, '`patience` must be a positive integer, received 0.5 (number).'],
    ['better', { every: 1, better: 'best' as 'lower' }, "`better` must be one of 'lower', 'higher', received 'best'"],
  ])('refuses %s out of its range', (_name, options, message) => {
    expect(() => keepBestGenerator(() => 1, options)).toThrow(message);
  });

  test('refuses a score that is no function, and one that gives no number', async () => {
    expect(() => keepBestGenerator('kid' as never, { every: 1 })).toThrow(
      "`score` must be a function, received 'kid' (string).",
    );
    const keeper = keepBestGenerator(() => '3' as never, { every: 1 });
    await expect(keeper.observe(momentAt(1))).rejects.toThrow("`score` must give a number, received '3' (string).");
  });
});
