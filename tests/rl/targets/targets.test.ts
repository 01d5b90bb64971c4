import '../../support/backends.js';
import {
  memory,
  type Scalar,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  tensor3d,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {
  categoricalQLearningTarget,
  createRng,
  doubleQLearningTarget,
  greedyAction,
  lambdaReturns,
  nStepReturns,
  persistentQLearningTarget,
  projectCategorical,
  qLearningLoss,
  qLearningTarget,
  quantileQLearningLoss,
  quantileQLearningTarget,
  randomAction,
  tdError,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectClose, numberIn } from '../../support/expect-close.js';

beforeAll(() => useBackend('cpu'));

const int = (...values: number[]) => tensor1d(values, 'int32');

describe('illegal actions, whatever their values,', () => {
  /** Three rows of four actions: what is legal, and values that differ in illegal places only. */
  const tables = fc.record({
    mask: fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }), {
      minLength: 3,
      maxLength: 3,
    }),
    q: fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 }), {
      minLength: 3,
      maxLength: 3,
    }),
    other: fc.constantFrom(1e9, -1e9),
  });
  const changed = (q: number[][], mask: number[][], other: number) =>
    q.map((row, at) => row.map((value, action) => (mask[at]![action] ? value : other)));
  const [rewards, discounts] = [
    [1, 2, 3],
    [0.9, 0.5, 0],
  ];

  const targets: Record<string, (q: number[][], selector: number[][], mask: number[][]) => Tensor> = {
    'the maximum of the target': (q, _, mask) =>
      qLearningTarget(tensor1d(rewards), tensor1d(discounts), tensor2d(q), { actionMask: tensor2d(mask) }),
    'the choice of the online network': (q, selector, mask) =>
      doubleQLearningTarget(tensor1d(rewards), tensor1d(discounts), tensor2d(q), tensor2d(selector), {
        actionMask: tensor2d(mask),
      }),
    'the persistent target': (q, _, mask) =>
      persistentQLearningTarget(tensor1d(rewards), tensor1d(discounts), tensor2d(q), int(0, 1, 2), {
        actionGapScale: 0.3,
        actionMask: tensor2d(mask),
      }),
    'the quantile target': (q, selector, mask) =>
      quantileQLearningTarget(tensor1d(rewards), tensor1d(discounts), pairs(q), {
        nextOnlineQuantiles: pairs(selector),
        actionMask: tensor2d(mask.map((row) => row.map((legal, action) => (action === 0 ? 1 : legal)))),
      }),
  };
  const pairs = (q: number[][]) => tensor3d(q.map((row) => row.map((value) => [value - 1, value + 1])));

  test.each(Object.entries(targets))('change nothing in %s', async (name, target) => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ mask, q, other }) => {
        const legal = name.includes('quantile') ? mask.map((row) => [1, ...row.slice(1)]) : mask;
        const selector = q.map((row) => row.toReversed());
        const [plain, far] = [q, selector].map((each) => [each, changed(each, legal, other)] as const);
        const before = await target(plain![0], far![0], legal).data();
        const after = await target(plain![1], far![1], legal).data();
        expect([...after]).toEqual([...before]);
      }),
      { numRuns: 60 },
    );
  });

  test('are neither the greedy choice nor explored', () => {
    fc.assert(
      fc.property(tables, fc.integer(), ({ mask, q, other }, seed) => {
        const row = changed(q, mask, other)[0]!;
        const choices = [greedyAction(row, mask[0]), randomAction(createRng(seed), 4, mask[0])];
        if (!mask[0]!.includes(1)) expect(choices).toEqual([-1, -1]);
        else for (const choice of choices) expect(mask[0]![choice]).toBe(1);
        expect(greedyAction(row, mask[0])).toBe(greedyAction(q[0]!, mask[0]));
      }),
    );
  });

  test('are out of the maximum although they are the largest', async () => {
    // 1 + 0.5 * 2 with action 0 alone; a row without any legal action bootstraps from 0.
    const actionMask = tensor2d([
      [1, 0],
      [0, 0],
    ]);
    const nextQ = tensor2d([
      [2, 1e9],
      [1e9, 1e9],
    ]);
    await expectClose(qLearningTarget(tensor1d([1, 7]), tensor1d([0.5, 0.5]), nextQ, { actionMask }), [2, 7], [2]);
  });
});

test('all legal actions are explored equally often', () => {
  const rng = createRng(3);
  const counts = [0, 0, 0, 0];
  for (let draw = 0; draw < 9000; draw += 1) counts[randomAction(rng, 4, [1, 0, 1, 1])]! += 1;
  // Chi-square with 2 degrees of freedom: 13.8 is exceeded once in a thousand.
  const statistic = [0, 2, 3].reduce((sum, action) => sum + (counts[action]! - 3000) ** 2 / 3000, 0);
  expect(counts[1]).toBe(0);
  expect(statistic).toBeLessThan(13.8);
});

describe('no gradient reaches the target, though it is computed inside the differentiated function:', () => {
  const q = () =>
    variable(
      tensor2d([
        [1, 2],
        [3, 4],
      ]),
    );
  const next = () =>
    variable(
      tensor2d([
        [5, 6],
        [7, 8],
      ]),
    );
  test.each([
    ['qLearningLoss', { loss: 'huber' }],
    ['qLearningLoss squared', { loss: 'squared' }],
  ] as const)('%s', async (_, options) => {
    const [online, target] = [q(), next()];
    const { grads } = variableGrads(() => {
      const targets = qLearningTarget(tensor1d([0.5, 0]), tensor1d([0.1, 0]), target);
      return qLearningLoss(online, int(0, 1), targets, options);
    }, [online, target]);
    expect(grads[target.name]).toBeUndefined();
    // Targets 0.5 + 0.1 * 6 = 1.1 and 0. By q(action): -(1.1 - 1) / 2, and -(0 - 4) / 2, Huber's held to 1/2.
    await expectClose(grads[online.name]!, [-0.05, 0, 0, options.loss === 'squared' ? 2 : 0.5], [2, 2]);
  });

  test('targets made of operations that have no gradient at all', () => {
    const [online, target] = [q(), next()];
    const actionMask = tensor2d([
      [1, 0],
      [1, 1],
    ]);
    const { grads } = variableGrads(() => {
      const [rewards, discounts] = [tensor1d([0.5, 0]), tensor1d([0.1, 0])];
      return qLearningLoss(
        online,
        int(0, 1),
        doubleQLearningTarget(rewards, discounts, target, online, { actionMask }),
      );
    }, [online]);
    expect(grads[online.name]!.shape).toEqual([2, 2]);
  });

  test('tdError', async () => {
    const [online, target] = [q(), next()];
    const { grads } = variableGrads(
      () => sum<Scalar>(tdError(online, int(0, 1), qLearningTarget(tensor1d([0, 0]), tensor1d([1, 1]), target))),
      [online, target],
    );
    expect(grads[target.name]).toBeUndefined();
    await expectClose(grads[online.name]!, [-1, 0, 0, -1], [2, 2]);
  });
});

describe('returns along sequences', () => {
  const sequence = fc.array(
    fc.tuple(
      fc.float({ min: -2, max: 2, noNaN: true }),
      fc.constantFrom(0, 0.5, 0.9),
      fc.float({ min: -2, max: 2, noNaN: true }),
    ),
    { minLength: 1, maxLength: 6 },
  );
  const columns = (steps: [number, number, number][]) =>
    [0, 1, 2].map((column) => tensor2d([steps.map((step) => step[column]!)])) as [never, never, never];

  test('of n steps sum n discounted rewards and the value after them', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.integer({ min: 1, max: 7 }), async (steps, n) => {
        const expected = steps.map((_, start) => {
          let [sum, factor] = [0, 1];
          const window = steps.slice(start, start + n);
          for (const [reward, discount] of window) {
            sum += factor * reward;
            factor *= discount;
          }
          return sum + factor * window.at(-1)![2];
        });
        const made = await nStepReturns(...columns(steps), { n }).data();
        for (const [index, value] of expected.entries()) expect(made[index]).toBeCloseTo(value, 4);
      }),
      { numRuns: 40 },
    );
  });

  test('by lambda are the weighted mean of those of n steps', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.constantFrom(0, 0.3, 1), async (steps, lambda) => {
        const made = await lambdaReturns(...columns(steps), { lambda }).data();
        const length = steps.length;
        const returns = await Promise.all(
          Array.from({ length }, (_, index) => nStepReturns(...columns(steps), { n: index + 1 }).data()),
        );
        // The forward view: (1 - lambda) lambda^(n-1) for n below what is left, and the rest on the longest.
        const expected = Array.from({ length }, (_, start) => {
          const left = length - start;
          let sum = lambda ** (left - 1) * returns[left - 1]![start]!;
          for (let n = 1; n < left; n += 1) sum += (1 - lambda) * lambda ** (n - 1) * returns[n - 1]![start]!;
          return sum;
        });
        for (const [index, value] of expected.entries()) expect(made[index]).toBeCloseTo(value, 4);
      }),
      { numRuns: 40 },
    );
  });
});

describe('distributions', () => {
  test('keep their weight, and their mean within the ends, when they are projected', async () => {
    const [values, weights, atoms] = [
      [0.1, 0.6, 1.9],
      [0.2, 0.5, 0.3],
      [0, 0.5, 1, 2],
    ];
    const made = await projectCategorical(tensor2d([values]), tensor2d([weights]), tensor1d(atoms)).data();
    const mean = (places: number[], mass: ArrayLike<number>) => places.reduce((sum, x, at) => sum + x * mass[at]!, 0);
    expect([...made].reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 6);
    expect(mean(atoms, made)).toBeCloseTo(mean(values, weights), 6);
  });

  test('double categorical targets take the other network for the choice', async () => {
    const sure = (atom: number) => [0, 1].map((at) => (at === atom ? 100 : 0));
    const made = categoricalQLearningTarget(
      tensor1d([0]),
      tensor1d([1]),
      tensor3d([[sure(0), sure(1)]]),
      tensor1d([0, 1]),
      { nextOnlineLogits: tensor3d([[sure(1), sure(0)]]) },
    );
    await expectClose(made, [1, 0], [1, 2]);
  });

  test('the quantile loss is least at the quantiles of the targets', async () => {
    // Targets 1 to 8, one each; quantiles at 1/4 and 3/4 lie between 2 and 3, and between 6 and 7.
    const targets = tensor2d([[1, 2, 3, 4, 5, 6, 7, 8]]);
    const lossAt = (low: number, high: number) =>
      numberIn(quantileQLearningLoss(tensor3d([[[low, high]]]), int(0), targets, { delta: 1e-3 }));
    const least = await lossAt(2.5, 6.5);
    for (const [low, high] of [
      [1.5, 6.5],
      [3.5, 6.5],
      [2.5, 5.5],
      [2.5, 7.5],
    ] as const) {
      expect(await lossAt(low, high)).toBeGreaterThan(least);
    }
  });
});

describe('the quantile', () => {
  test('target is what the step earned and the discounted quantiles of the best action', async () => {
    const next = tensor3d([
      [
        [2, 4],
        [0, 5],
      ],
      [
        [1, 1],
        [-2, 6],
      ],
    ]);
    // Means 3 and 2.5, then 1 and 2: 1 + 0.5 [2, 4], and 10 + 0.25 [-2, 6].
    const made = quantileQLearningTarget(tensor1d([1, 10]), tensor1d([0.5, 0.25]), next);
    await expectClose(made, [2, 3, 9.5, 11.5], [2, 2]);
  });

  const delta2 = { delta: 2 };
  // tau is 1/4 and 3/4, and h(e) is e² / 2 up to |e| = delta, delta (|e| - delta / 2) beyond; all over delta.
  test.each([
    // delta 2, from 1: errors -1, 2, 7 give 3/4 * 1/4, 1/4 * 1, 1/4 * 6. From 4: -4, -1, 4 give 1/4 * 3, 1/4 * 1/4, 3/4 * 3.
    [delta2, (31 / 16 + 49 / 16) / 3, 7 / 256],
    // delta 1, the default. From 1: 3/4 * 1/2, 1/4 * 1.5, 1/4 * 6.5. From 4: 1/4 * 3.5, 1/4 * 1/2, 3/4 * 3.5.
    [{}, (19 / 8 + 29 / 8) / 3, 7 / 128],
  ])('loss is the formula, with %j', async (options, first, second) => {
    const [quantiles, targets] = [
      tensor3d([
        [
          [9, 9],
          [1, 4],
        ],
        [
          [5, 5.25],
          [9, 9],
        ],
      ]),
      tensor2d([
        [0, 3, 8],
        [5.5, 5.5, 5.5],
      ]),
    ];
    const lossOf = (weights?: number[]) =>
      quantileQLearningLoss(
        quantiles,
        int(1, 0),
        targets,
        weights ? { ...options, weights: tensor1d(weights) } : options,
      );
    // The second row's errors are 1/2 and 1/4: (1/4 * 1/8 + 3/4 * 1/32) / delta.
    await expectClose(lossOf(), [(first + second) / 2], []);
    await expectClose(lossOf([3, 7]), [(3 * first + 7 * second) / 2], []);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('loss refuses the delta %d', (delta) => {
    expect(() => quantileQLearningLoss(tensor3d([[[1]]]), int(0), tensor2d([[1]]), { delta })).toThrow(
      'quantileQLearningLoss: `delta` must be a positive number',
    );
    expect(() => qLearningLoss(tensor2d([[1]]), int(0), tensor1d([1]), { delta })).toThrow(
      'qLearningLoss: `delta` must be a positive number',
    );
  });
});

test('the Huber loss of a large error is straight, with the slope delta', async () => {
  const lossOf = (error: number) => numberIn(qLearningLoss(tensor2d([[0]]), int(0), tensor1d([error]), { delta: 2 }));
  // 2 (|e| - 1)
  expect(await lossOf(100)).toBeCloseTo(198, 4);
  expect(await lossOf(-101)).toBeCloseTo(200, 4);
  expect(await lossOf(1)).toBeCloseTo(0.5, 6);
});

describe('what is left out', () => {
  test('of the persistent target is the action gap: it is the target of Q-learning', async () => {
    const target = (options?: { actionGapScale: number }) =>
      persistentQLearningTarget(tensor1d([1]), tensor1d([0.5]), tensor2d([[4, 9]]), int(0), options);
    // 1 + 0.5 * 9, the best; at the other end of the range 1 + 0.5 * 4, the same action again.
    await expectClose(target(), [5.5], [1]);
    await expectClose(target({ actionGapScale: 1 }), [3], [1]);
    expect(() => target({ actionGapScale: 1.5 })).toThrow('`actionGapScale` must be a number in [0, 1]');
  });

  test('of returns by lambda are the longer ones: each is the one-step target', async () => {
    // 1 + 0.5 * 4 and 2 + 0.5 * 8.
    const made = lambdaReturns(tensor2d([[1, 2]]), tensor2d([[0.5, 0.5]]), tensor2d([[4, 8]]));
    await expectClose(made, [3, 6], [1, 2]);
  });
});

test('wrong shapes name the argument', () => {
  expect(() => qLearningTarget(tensor1d([1]), tensor1d([1, 2]), tensor2d([[1]]))).toThrow(
    'qLearningTarget: `discounts` must have the shape [B = 1], received [2] (array).',
  );
  expect(() => qLearningLoss(tensor2d([[1, 2]]), int(0), tensor1d([1]), { delta: 0 })).toThrow(
    'qLearningLoss: `delta`',
  );
  expect(() => nStepReturns(tensor2d([[1]]), tensor2d([[1]]), tensor2d([[1]]), { n: 0 })).toThrow('nStepReturns: `n`');
  expect(() => lambdaReturns(tensor2d([[1]]), tensor2d([[1]]), tensor2d([[1]]), { lambda: 2 })).toThrow('`lambda`');
});

test('a loss leaves one tensor, its result', () => {
  const [q, actions, targets] = [tensor2d([[1, 2]]), int(0), tensor1d([3])];
  const before = memory().numTensors;
  qLearningLoss(q, actions, targets, { weights: targets }).dispose();
  qLearningTarget(targets, targets, q).dispose();
  expect(memory().numTensors).toBe(before);
});

describe('numbers that are none', () => {
  const one = (value: number) => tensor1d([value]);
  const matrix = (value: number) => tensor2d([[value]]);

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('after a true end are not looked at: %d', async (beyond) => {
    await expectClose(qLearningTarget(one(3), one(0), matrix(beyond)), [3], [1]);
    await expectClose(nStepReturns(matrix(3), matrix(0), matrix(beyond), { n: 2 }), [3], [1, 1]);
    await expectClose(lambdaReturns(matrix(3), matrix(0), matrix(beyond), { lambda: 0.5 }), [3], [1, 1]);
  });

  test('of other actions are not looked at either', async () => {
    const q = tensor2d([[1, Number.NEGATIVE_INFINITY, Number.NaN]]);
    await expectClose(tdError(q, tensor1d([0], 'int32'), one(4)), [3], [1]);
  });

  test.each([-1, 2])('say that the action %d does not exist, where 0 would pass for a value', async (action) => {
    const [error] = await tdError(tensor2d([[1, 2]]), tensor1d([action], 'int32'), one(4)).data();
    expect(error).toBeNaN();
  });
});
