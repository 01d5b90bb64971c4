import { createQTable, createRng, qLearningUpdate, tablePolicy } from 'minimart';
import { describe, expect, test } from 'vitest';
import { bestAction } from '../../../src/rl/tabular/q-table.js';
import { explorationNow, rateNow, requireExploration, requireLearningRate } from '../../../src/rl/tabular/rates.js';

// The case q_learning of DeepMind's rlax (value_learning_test.py): errors r + discount max q_t - q_tm1[a].
test('errors are those of the golden vectors', () => {
  const cases = [
    { values: [1, 1, 0], action: 0, reward: 1, discount: 0, next: [0, 1, 0], error: 0 },
    { values: [1, 2, 0], action: 1, reward: 1, discount: 1, next: [1, 2, 0], error: 1 },
  ];
  for (const { values, action, reward, discount, next, error } of cases) {
    const q = createQTable({ states: 2, actions: 3 });
    q.values.set([...values, ...next]);
    expect(qLearningUpdate(q, { state: 0, action, reward, nextState: 1 }, { learningRate: 1, discount })).toBe(error);
    expect(q.values[action]).toBe(values[action]! + error);
  }
});

describe('qLearningUpdate', () => {
  const options = { learningRate: 0.25, discount: 0.5 };

  test('is the formula, on random tables', () => {
    const rng = createRng(3);
    for (let round = 0; round < 200; round += 1) {
      const q = createQTable({ states: 4, actions: 3 });
      q.values.set(Array.from({ length: 12 }, () => rng.normal()));
      const before = Float64Array.from(q.values);
      const [state, action, nextState] = [rng.integer(4), rng.integer(3), rng.integer(4)];
      const [reward, learningRate, discount] = [rng.normal(), rng.uniform(), rng.uniform()];
      qLearningUpdate(q, { state, action, reward, nextState }, { learningRate, discount });
      const most = Math.max(...before.subarray(3 * nextState, 3 * nextState + 3));
      before[3 * state + action]! += learningRate * (reward + discount * most - before[3 * state + action]!);
      expect(q.values).toEqual(before);
    }
  });

  test('a true end ends the bootstrap, an episode that is only cut off does not', () => {
    const ended = createQTable({ states: 2, actions: 1, initialValue: 8 });
    // 8 + 0.25 (2 - 8) = 6.5, and 8 + 0.25 (2 + 0.5 * 8 - 8) = 7.5.
    qLearningUpdate(ended, { state: 0, action: 0, reward: 2, nextState: 1, terminated: true }, options);
    const cut = createQTable({ states: 2, actions: 1, initialValue: 8 });
    qLearningUpdate(cut, { state: 0, action: 0, reward: 2, nextState: 1 }, options);
    expect([ended.values[0], cut.values[0]]).toEqual([6.5, 7.5]);
  });

  test('values of illegal actions do not matter, however large', () => {
    const run = (illegal: number) => {
      const q = createQTable({ states: 2, actions: 3 });
      q.values.set([1, 2, illegal, 3, illegal, 4]);
      const transition = { state: 0, action: 1, reward: 1, nextState: 1, nextMask: Uint8Array.of(1, 0, 1) };
      const error = qLearningUpdate(q, transition, options);
      return [error, bestAction(q, 1, Uint8Array.of(1, 0, 1)), bestAction(q, 0, Uint8Array.of(1, 1, 0))];
    };
    // 1 + 0.5 * 4 - 2 = 1.
    expect(run(1e9)).toEqual([1, 2, 1]);
    expect(run(-1e9)).toEqual([1, 2, 1]);
  });

  test('counts visits, of the pair alone', () => {
    const q = createQTable({ states: 2, actions: 2 });
    qLearningUpdate(q, { state: 1, action: 0, reward: 0, nextState: 1 }, options);
    expect([...q.visits]).toEqual([0, 0, 1, 0]);
  });

  test.each([
    [{ state: 2 }, {}, '`state` must be a whole number from 0 to 1, received 2 (number).'],
    [{ action: -1 }, {}, '`action` must be a whole number from 0 to 1, received -1 (number).'],
    [{ nextState: 0.5 }, {}, '`nextState` must be a whole number from 0 to 1, received 0.5 (number).'],
    [{ reward: Number.NaN }, {}, '`reward` must be a finite number, received NaN (number).'],
    [{}, { discount: 1.01 }, '`discount` must be a number in [0, 1], received 1.01 (number).'],
    [{}, { discount: -0.1 }, '`discount` must be a number in [0, 1], received -0.1 (number).'],
    [{}, { learningRate: Number.NaN }, '`learningRate` must be a number in [0, 1], received NaN (number).'],
    [{ state: -1 }, {}, '`state` must be a whole number from 0 to 1, received -1 (number).'],
    [{ action: 2 }, {}, '`action` must be a whole number from 0 to 1, received 2 (number).'],
    [{ reward: Number.POSITIVE_INFINITY }, {}, '`reward` must be a finite number, received Infinity (number).'],
    [{ terminated: 1 as never }, {}, '`terminated` must be true or false, received 1 (number).'],
    [{}, { learningRate: 1.01 }, '`learningRate` must be a number in [0, 1], received 1.01 (number).'],
    [{ nextMask: Uint8Array.of(0, 0) }, {}, '`nextMask` must have a legal action, received an instance of Uint8Array'],
  ])('refuses %j %j', (transition, wrong, message) => {
    const q = createQTable({ states: 2, actions: 2 });
    const whole = { state: 0, action: 0, reward: 0, nextState: 0, ...transition };
    expect(() => qLearningUpdate(q, whole, { ...options, ...wrong })).toThrow(`qLearningUpdate: ${message}`);
    expect([...q.values, ...q.visits]).toEqual(Array(8).fill(0));
  });
});

test('an update looks at nothing that a discount of 0 leaves out, and both ends of the ranges are in them', () => {
  const q = createQTable({ states: 2, actions: 1, initialValue: 8 });
  const transition = { state: 0, action: 0, reward: 2, nextState: 1 };
  const blocked = { ...transition, nextMask: Uint8Array.of(0) };
  // 2 - 8; then with the discount 1, 2 + 8 - 2.
  expect(qLearningUpdate(q, blocked, { learningRate: 1, discount: 0 })).toBe(-6);
  expect(qLearningUpdate(q, transition, { learningRate: 0, discount: 1 })).toBe(8);
  expect([...q.values, ...q.visits]).toEqual([2, 8, 2, 0]);
  expect(() => qLearningUpdate(q, undefined as never, { learningRate: 1, discount: 0 })).toThrow(
    '`transition` must be an object of options, received undefined.',
  );
});

test('an error without end is refused at any learning rate, and counts as that update of the pair', () => {
  const q = createQTable({ states: 2, actions: 2, initialValue: -1e308 });
  const step = { state: 1, action: 1, reward: 1e308, nextState: 0, terminated: true };
  qLearningUpdate(q, { ...step, reward: -1e308 }, { learningRate: 1, discount: 0 });
  for (const learningRate of [0, 1e-300, 1]) {
    // 1e308 + 1e308 is past the largest number.
    expect(() => qLearningUpdate(q, step, { learningRate, discount: 0 })).toThrow(
      expect.objectContaining({ name: 'NonFiniteLossError', step: 2, value: Number.POSITIVE_INFINITY }),
    );
  }
  expect([...q.values, ...q.visits]).toEqual([-1e308, -1e308, -1e308, -1e308, 0, 0, 0, 1]);
});

test('bestAction takes the first of equals, looks at its own row, and says -1 where nothing is legal', () => {
  const q = createQTable({ states: 3, actions: 3 });
  q.values.set([9, 9, 9, 1, 5, 5, 9, 9, 9]);
  expect(bestAction(q, 1)).toBe(1);
  expect(bestAction(q, 1, Uint8Array.of(1, 0, 0))).toBe(0);
  expect(bestAction(q, 1, Uint8Array.of(0, 0, 0))).toBe(-1);
  expect(bestAction(createQTable({ states: 1, actions: 2, initialValue: -Number.MAX_VALUE }), 0)).toBe(0);
});

test('createQTable refuses sizes that make no table', () => {
  expect(() => createQTable({ states: 0, actions: 1 })).toThrow('`states` must be a positive integer, received 0');
  expect(() => createQTable({ states: 1e9, actions: 10 })).toThrow('createQTable: `states` must be at most 2^28 / 10');
  for (const initialValue of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(() => createQTable({ states: 1, actions: 1, initialValue })).toThrow('`initialValue` must be a number');
  }
  expect(createQTable({ states: 1, actions: 1, initialValue: Number.MAX_VALUE }).values[0]).toBe(Number.MAX_VALUE);
});

const power = 0.5;
test.each<[string, (value: never) => void, unknown[], unknown[]]>([
  [
    '`learningRate`',
    (rate) => requireLearningRate('at', rate),
    [0, 1],
    [-0.1, 1.5, Number.NaN, null, undefined, 'fast'],
  ],
  ['`learningRate.power`', (value) => requireLearningRate('at', { power: value }), [1e-300, 1], [0, 1.5, undefined]],
  ['`learningRate.from`', (from) => requireLearningRate('at', { power, from }), [1e-300, 1], [0, 1.5]],
  ['`learningRate.least`', (least) => requireLearningRate('at', { power, least }), [0, 1], [-0.1, 1.5]],
  [
    '`exploration`',
    (chance) => requireExploration('at', chance),
    [0, 1],
    [-0.1, 1.5, Number.NaN, null, undefined, 'much'],
  ],
  ['`exploration.from`', (from) => requireExploration('at', { from, to: 0, over: 9 }), [0, 1], [-0.1, 1.5, undefined]],
  ['`exploration.to`', (to) => requireExploration('at', { from: 0, to, over: 9 }), [0, 1], [-0.1, 1.5, undefined]],
  [
    '`exploration.over`',
    (over) => requireExploration('at', { from: 0, to: 1, over }),
    [0, 1e9],
    [-1, Number.NaN, undefined],
  ],
])('%s has its range, ends included', (name, at, inside, outside) => {
  for (const value of inside) expect(() => at(value as never)).not.toThrow();
  for (const value of outside) expect(() => at(value as never)).toThrow(`at: ${name} must be`);
});

test('learning rates start at 1 and fall toward 0 unless told otherwise', () => {
  // 1 / (1 + 99)^(1/2), and 1 / (1 + 3).
  expect(rateNow({ power }, 99)).toBeCloseTo(0.1, 15);
  expect([0, 3].map((visits) => rateNow({ power: 1 }, visits))).toEqual([1, 0.25]);
});

test('learning rates fall with visits and stop at the least', () => {
  expect([0, 3, 99].map((visits) => rateNow({ power: 0.5, from: 0.8, least: 0.1 }, visits))).toEqual([0.8, 0.4, 0.1]);
  expect(rateNow(0.3, 1e6)).toBe(0.3);
});

test('exploration moves in a straight line and stays', () => {
  const chances = [0, 25, 100, 1e9].map((done) => explorationNow({ from: 1, to: 0.2, over: 100 }, done));
  expect(chances).toEqual([1, expect.closeTo(0.8, 12), 0.2, 0.2]);
  expect([explorationNow(0.5, 3), explorationNow({ from: 1, to: 0, over: 0 }, 0)]).toEqual([0.5, 0]);
});

test('a table policy takes the best of what was tried, and the first legal action where nothing was', () => {
  const q = createQTable({ states: 2, actions: 3, initialValue: 10 });
  qLearningUpdate(
    q,
    { state: 0, action: 1, reward: -5, nextState: 1, terminated: true },
    { learningRate: 1, discount: 1 },
  );
  const policy = tablePolicy('learned', q, ([state]) => (state! < 2 ? state! : -1));
  expect([policy.act([0]), policy.act([1]), policy.act([7])]).toEqual([1, 0, 0]);
  expect([policy.act([0], Uint8Array.of(0, 0, 1)), policy.act([7], Uint8Array.of(0, 1, 1))]).toEqual([2, 1]);
});
