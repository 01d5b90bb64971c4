import { describe, expect, test } from 'vitest';
import { runSteps } from '../../src/training/run-steps.js';
import { bestOf, createValidator, requirePace, type ValidationPlan } from '../../src/training/validation.js';

type Plan = ValidationPlan<number, { readonly value: number }>;

/** A model that is one number, the steps done, and a plan that measures the given values in turn. */
function numbered(values: readonly number[], change: Partial<Plan> = {}) {
  const model = { weight: 0 };
  const left = [...values];
  const plan: Plan = {
    every: 1,
    isBetter: (value, best) => value > best,
    measure: async () => ({ value: left.shift()! }),
    copy: async () => model.weight,
    restore: (kept) => {
      model.weight = kept;
    },
    ...change,
  };
  return { model, plan, validator: createValidator(plan) };
}

/** Runs as many steps, each of which makes the model's weight the number of steps done. */
async function run({ model, validator }: ReturnType<typeof numbered>, total: number, reportEvery = 1) {
  const looks: number[] = [];
  const work = {
    totalSteps: () => total,
    step: async () => {
      model.weight += 1;
      return 1;
    },
    report: async () => ({}),
    finish: async () => {
      looks.push(model.weight);
    },
  };
  const history = [];
  for await (const report of runSteps(work, { reportEvery }, { validator })) history.push(report);
  validator.restoreBest();
  return { history, looks };
}

describe('a validator', () => {
  test('remembers the best weights and says when they were measured', async () => {
    const parts = numbered([1, 3, 2, 3]);
    const { history } = await run(parts, 4);
    expect(history.map(({ validation }) => validation)).toEqual([
      { at: 1, value: 1, bestAt: 1, bestValue: 1 },
      { at: 2, value: 3, bestAt: 2, bestValue: 3 },
      { at: 3, value: 2, bestAt: 2, bestValue: 3 },
      { at: 4, value: 3, bestAt: 2, bestValue: 3 },
    ]);
    expect(parts.model.weight).toBe(2);
    expect(bestOf(history)).toBe(history[1]!.validation);
  });

  test('measures every so many steps and at the last, and each such step is reported', async () => {
    const { history } = await run(numbered([1, 2, 3], { every: 3 }), 8, 4);
    expect(history.map(({ step, validation }) => [step, validation?.at])).toEqual([
      [3, 3],
      [4, undefined],
      [6, 6],
      [8, 8],
    ]);
  });

  test('measures at the very step from which it is told to, and the best of a run may come late', async () => {
    const { history } = await run(numbered([2, 1, 3, 1], { from: 2 }), 5);
    expect(history.map(({ validation }) => validation?.bestAt)).toEqual([undefined, 2, 2, 4, 4]);
    expect(bestOf(history)).toBe(history[3]!.validation);
  });

  test('counts epochs where it is told how long they are, and begins where it is told', async () => {
    const { history } = await run(numbered([1, 2], { every: 4, unit: 2, from: 5 }), 9);
    expect(history.flatMap(({ step, validation }) => (validation ? [[step, validation.at]] : []))).toEqual([
      [8, 4],
      [9, 5],
    ]);
  });

  test('ends the run when patience is over, and the last update is looked at once', async () => {
    const parts = numbered([1, 3, 2, 2, 9], { patience: 2 });
    const { history, looks } = await run(parts, 100);
    expect(history.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(history.at(-1)!.totalSteps).toBe(4);
    expect(looks).toEqual([4]);
    expect(parts.model.weight).toBe(2);
  });

  test('ends the run when a value is enough', async () => {
    const { history } = await run(numbered([1, 5], { isEnough: ({ value }) => value >= 5 }), 100);
    expect(history.map(({ step }) => step)).toEqual([1, 2]);
  });

  test('takes no value that is not finite and no broken weights for the best, and loses patience with them', async () => {
    const parts = numbered([Number.NaN, Number.POSITIVE_INFINITY, 4, 5], {
      copy: async () => (parts.model.weight === 3 ? undefined : parts.model.weight),
    });
    const { history } = await run(parts, 4);
    expect(history.map(({ validation }) => validation!.bestAt)).toEqual([0, 0, 0, 4]);
    expect(history[2]!.validation!.bestValue).toBeNaN();
    expect(parts.model.weight).toBe(4);
    const worse = numbered([Number.NaN, Number.NaN], { patience: 2 });
    const ended = await run(worse, 100);
    expect(ended.history).toHaveLength(2);
    expect(bestOf(ended.history)).toBeUndefined();
    expect(worse.model.weight).toBe(2);
  });

  test('leaves a model as it stands where nothing was measured', async () => {
    const parts = numbered([], { from: 10 });
    await run(parts, 3);
    expect(parts.model.weight).toBe(3);
  });

  test('goes on from the state of an earlier one', async () => {
    const first = numbered([5, 1], { patience: 3 });
    await run(first, 2);
    const { plan } = numbered([2, 3], { patience: 3 });
    const second = createValidator(plan);
    await second.restore(first.validator.state());
    expect(await second.measure(3)).toEqual({ at: 3, value: 2, bestAt: 1, bestValue: 5 });
    expect(second.isOver).toBe(false);
    await second.measure(4);
    expect(second.isOver).toBe(true);
    expect(second.state()).toMatchObject({ kept: 1 });
  });

  test('does not wait for a measurement of an aborted run, and does not count it', async () => {
    const controller = new AbortController();
    const { validator } = numbered([], { signal: controller.signal, measure: () => new Promise(() => {}) });
    const measured = validator.measure(1);
    controller.abort(new Error('enough'));
    await expect(measured).rejects.toThrow('enough');
    await expect(validator.measure(2)).rejects.toThrow('enough');
    expect(validator.state()).toEqual({ worse: 0 });
  });

  test('is not part of the speed', async () => {
    const measure = () => new Promise<{ value: number }>((done) => setTimeout(() => done({ value: 1 }), 200));
    const started = performance.now();
    const { history } = await run(numbered([], { measure }), 3);
    // All of it less half of what measuring waits: the steps alone take less, however busy the machine is.
    const seconds = (performance.now() - started) / 1000 - 0.3;
    expect(history.at(-1)!.samplesPerSecond).toBeGreaterThan(3 / seconds);
  });
});

test.each([
  [{ every: 0 }, '`validation.every` must be a positive integer, received 0'],
  [{ patience: 0.5 }, '`validation.patience` must be a positive integer, received 0.5'],
])('refuses the pace %j', (pace, message) => {
  expect(() => requirePace('f', pace)).toThrow(message);
});
