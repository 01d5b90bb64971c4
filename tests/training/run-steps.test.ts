import { afterEach, describe, expect, test, vi } from 'vitest';
import { NonFiniteLossError } from '../../src/internal/non-finite-loss-error.js';
import { createPause } from '../../src/internal/pause.js';
import { requireLoopOptions, runSteps, type StepWork } from '../../src/training/run-steps.js';

// Work that counts: the loop knows no tensors, so numbers will do.
function counting(total: number, available = Number.POSITIVE_INFINITY) {
  const calls = { steps: 0, reports: 0 };
  const work: StepWork<{ value: number }> = {
    totalSteps: () => total,
    step: async () => {
      if (calls.steps === available) return 0;
      calls.steps += 1;
      return 2;
    },
    report: async () => {
      calls.reports += 1;
      return { value: 10 * calls.reports };
    },
  };
  return { work, calls };
}

async function collect<R>(steps: AsyncIterable<R>): Promise<R[]> {
  const all: R[] = [];
  for await (const each of steps) all.push(each);
  return all;
}

describe('runSteps', () => {
  test('does the steps, counts them and passes reports on', async () => {
    const { work, calls } = counting(3);
    const reports = await collect(runSteps(work, {}));
    expect(reports.map(({ step, totalSteps, value }) => [step, totalSteps, value])).toEqual([
      [1, 3, 10],
      [2, 3, 20],
      [3, 3, 30],
    ]);
    expect(calls).toEqual({ steps: 3, reports: 3 });
  });

  test('reports every n steps and always the last', async () => {
    const { work } = counting(7);
    expect((await collect(runSteps(work, { reportEvery: 3 }))).map(({ step }) => step)).toEqual([3, 6, 7]);
  });

  test('ends when the work runs out, and reports what was left', async () => {
    const { work } = counting(Number.POSITIVE_INFINITY, 4);
    const reports = await collect(runSteps(work, { reportEvery: 3 }));
    expect(reports.map(({ step }) => step)).toEqual([3, 4]);
    expect(reports.at(-1)!.totalSteps).toBe(4);
  });

  test('stops between steps with the reason of its signal', async () => {
    const { work, calls } = counting(10);
    const controller = new AbortController();
    const run = (async () => {
      for await (const { step } of runSteps(work, { signal: controller.signal })) {
        if (step === 2) controller.abort('stop');
      }
    })();
    await expect(run).rejects.toBe('stop');
    expect(calls.steps).toBe(2);
  });
});

test('a pause lets timers run once its interval is over, and not before', async () => {
  let fired = false;
  setTimeout(() => {
    fired = true;
  }, 0);
  await createPause(60_000)();
  expect(fired).toBe(false);
  const pause = createPause(1);
  // The first task may come before the timers of its turn; not the third.
  for (let times = 0; times < 3; times += 1) {
    const start = performance.now();
    while (performance.now() - start < 2);
    await pause();
  }
  expect(fired).toBe(true);
});

describe('the end of a run', () => {
  test.each([
    ['when its steps are done', 4, undefined, 1],
    ['when its steps are done between two reports', 4, undefined, 3],
    ['when its data end', Number.POSITIVE_INFINITY, 4, 1],
    ['when its data end between two reports', Number.POSITIVE_INFINITY, 4, 3],
  ])('looks once at what the last update left, %s', async (_, total, available, reportEvery) => {
    const { work } = counting(total, available);
    let looks = 0;
    const finish = async () => {
      looks += 1;
    };
    const reports = await collect(runSteps({ ...work, finish }, { reportEvery }));
    expect(reports.at(-1)!.step).toBe(4);
    expect(looks).toBe(1);
  });

  test('hands out no last report of a run whose last update broke something', async () => {
    const { work } = counting(2);
    const seen: number[] = [];
    const finish = () => Promise.reject(new Error('broken'));
    const run = async () => {
      for await (const { step } of runSteps({ ...work, finish }, {})) seen.push(step);
    };
    await expect(run()).rejects.toThrow('broken');
    expect(seen).toEqual([1]);
  });
});

test('an error of another copy of the package is an instance too', () => {
  class NonFiniteLossErrorOfAnotherCopy extends Error {
    override readonly name = 'NonFiniteLossError';
    readonly network = 'generator';
    readonly step = 3;
  }
  expect(new NonFiniteLossErrorOfAnotherCopy()).toBeInstanceOf(NonFiniteLossError);
  expect(new NonFiniteLossError('f', 'generator', 1, Number.NaN)).toBeInstanceOf(NonFiniteLossError);
  expect(new RangeError('no')).not.toBeInstanceOf(NonFiniteLossError);
});

describe('a run cut short by its data', () => {
  test.each([
    ['after one step', 1, 3, [1]],
    ['at a report', 4, 2, [2, 4]],
    ['before its first step', 0, 1, []],
  ])('reports each step once, %s', async (_, available, reportEvery, steps) => {
    const { work } = counting(Number.POSITIVE_INFINITY, available);
    let looks = 0;
    const finish = async () => {
      looks += 1;
    };
    const reports = await collect(runSteps({ ...work, finish }, { reportEvery }));
    expect(reports.map(({ step }) => step)).toEqual(steps);
    expect(looks).toBe(available === 0 ? 0 : 1);
  });

  test('has no step where none is wanted', async () => {
    const { work, calls } = counting(0);
    expect(await collect(runSteps(work, {}))).toEqual([]);
    expect(calls).toEqual({ steps: 0, reports: 0 });
  });
});

describe('samples per second', () => {
  afterEach(() => vi.restoreAllMocks());

  // A clock that work and caller move: 2 samples in 8 ms of a step, 2 ms of a report.
  function timedRun(total: number, available: number) {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const { work } = counting(total, available);
    const spend = async <T>(milliseconds: number, run: () => Promise<T>): Promise<T> => {
      now += milliseconds;
      return run();
    };
    const timed: typeof work = {
      ...work,
      step: () => spend(8, () => work.step()),
      report: () => spend(2, () => work.report()),
    };
    return { timed, idle: (milliseconds: number) => spend(milliseconds, async () => {}) };
  }

  test('are those of the whole run so far, over the time of steps and reports', async () => {
    const { timed, idle } = timedRun(3, Number.POSITIVE_INFINITY);
    const rates: number[] = [];
    for await (const { samplesPerSecond } of runSteps(timed, {})) {
      rates.push(samplesPerSecond);
      await idle(500);
    }
    // 2 samples in 10 ms, 4 in 20, 6 in 30: 200 a second each time; the caller's 500 ms are not counted.
    expect(rates).toEqual([200, 200, 200]);
  });

  test('are right in the report of a run that its data end', async () => {
    const { timed } = timedRun(Number.POSITIVE_INFINITY, 3);
    const reports = await collect(runSteps(timed, { reportEvery: 2 }));
    // 4 samples in 2 steps and a report, 18 ms; then 6 in 3 steps, the look at the end and a second report, 36 ms.
    expect(reports.map(({ samplesPerSecond }) => samplesPerSecond)).toEqual([4000 / 18, 6000 / 36]);
  });
});

describe('requireLoopOptions', () => {
  test.each([-3, 0, 1.5, Number.NaN, '2'])('refuses reportEvery %o', (reportEvery) => {
    expect(() => requireLoopOptions('f', { reportEvery: reportEvery as number })).toThrow(/f: `reportEvery` must/);
  });

  test('takes what is left out, or undefined, for the default', () => {
    requireLoopOptions('f', {});
    requireLoopOptions('f', { reportEvery: undefined, signal: undefined });
    requireLoopOptions('f', { reportEvery: 2, signal: new AbortController().signal });
  });
});
