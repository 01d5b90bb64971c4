import '../support/backends.js';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { useBackend } from 'minimart';
import { expect, test } from 'vitest';
import { trainers } from '../../bench/resume/trainers.js';

// trainQTable has none: its result holds the history.
const iterators = Object.keys(trainers).filter((name) => name !== 'trainQTable');

test.each(iterators)('the iterator of %s holds no report that it has handed out', async (trainer) => {
  await useBackend('cpu');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const trial = trainers[trainer]!();
  const reports: WeakRef<object>[] = [];
  for await (const report of trial.iterate({ steps: 8, reportEvery: 1 })) {
    reports.push(new WeakRef(report));
    if (reports.length < 6) continue;
    await setImmediate();
    collect();
    expect(reports.slice(0, 4).map((each) => each.deref())).toEqual([undefined, undefined, undefined, undefined]);
  }
  expect(reports.length).toBe(8);
  trial.free();
});
