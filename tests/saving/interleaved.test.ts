import '../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Trial, trainers } from '../../bench/resume/trainers.js';

const pairs = [
  ['trainGan', 'trainGan'],
  ['trainGan', 'trainRecommender'],
  ['trainDqn', 'trainRecommender'],
] as const;
const steps = 12;
// Two runs of other numbers: what one wrote into the other's memory would show.
const told = (seed: number) => ({ steps, reportEvery: 1, seed });

async function endOf(trial: Trial, reports: readonly object[]) {
  const numbers = (await trial.numbers()).map((each) => each.slice());
  trial.free();
  return { numbers, reports: reports.map((report) => ({ ...report, samplesPerSecond: undefined })) };
}

async function alone(trainer: string, seed: number) {
  const trial = trainers[trainer]!();
  const reports: object[] = [];
  for await (const report of trial.iterate(told(seed))) reports.push(report);
  return endOf(trial, reports);
}

async function inTurns(names: readonly string[]) {
  const runs = names.map((name, seed) => {
    const trial = trainers[name]!();
    return { trial, iterator: trial.iterate(told(seed)), reports: [] as object[] };
  });
  for (let isGoingOn = true; isGoingOn; ) {
    isGoingOn = false;
    for (const { iterator, reports } of runs) {
      const { done, value } = await iterator.next();
      if (done) continue;
      reports.push(value);
      isGoingOn = true;
    }
  }
  return Promise.all(runs.map(({ trial, reports }) => endOf(trial, reports)));
}

async function atOnce(names: readonly string[]) {
  const trials = names.map((name) => trainers[name]!());
  const runs = await Promise.all(trials.map((trial, seed) => trial.train(told(seed))));
  return Promise.all(trials.map((trial, place) => endOf(trial, runs[place]!.history)));
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.each(pairs)(
    '%s and %s, a step of each in turn or both at once, end as one after the other',
    async (...names) => {
      await useBackend(backend);
      const expected = [await alone(names[0], 0), await alone(names[1], 1)];
      expect(expected[0]!.reports).toHaveLength(steps);
      expect(expected[1]).not.toEqual(expected[0]);
      const before = memory().numTensors;
      expect(await inTurns(names)).toEqual(expected);
      expect(await atOnce(names)).toEqual(expected);
      expect(memory().numTensors).toBe(before);
    },
  );
});
