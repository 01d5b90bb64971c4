import { createQTable, createRng, qLearningUpdate, tablePolicy } from 'minimart';
import { describe, expect, test } from 'vitest';
import { bestAction } from '../../../src/rl/tabular/q-table.js';
import { explorationNow, rateNow } from '../../../src/rl/tabular/rates.js';

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
    [{ state: 2 }, {}, '`state` must be an integer in [0, 1], received 2 (number).'],
    [{ action: -1 }, {}, '`action` must be an integer in [0, 1], received -1 (number).'],
    [{ nextState: 0.5 }, {}, '`nextState` must be an integer in [0, 1], received 0.5 (number).'],
    [{ reward: Number.NaN }, {}, '`reward` must be a finite number, received NaN (number).'],
    [{}, { discount: 1.01 }, '`discount` must be a number in [0, 1], received 1.01 (number).'],
    [{}, { discount: -0.1 }, '`discount` must be a number in [0, 1], received -0.1 (number).'],
    [{}, { learningRate: Number.NaN }, '`learningRate` must be a number in [0, 1], received NaN (number).'],
    [{ nextMask: Uint8Array.of(0, 0) }, {}, '`nextMask` must have a legal action, received an instance of Uint8Array'],
  ])('refuses %j %j', (transition, wrong, message) => {
    const q = createQTable({ states: 2, actions: 2 });
    const whole = { state: 0, action: 0, reward: 0, nextState: 0, ...transition };
    expect(() => qLearningUpdate(q, whole, { ...options, ...wrong })).toThrow(`qLearningUpdate: ${message}`);
    expect([...q.values, ...q.visits]).toEqual(Array(8).fill(0));
  });
});

test('createQTable refuses sizes that make no table', () => {
  expect(() => createQTable({ states: 0, actions: 1 })).toThrow('`states` must be a positive integer, received 0');
  expect(() => createQTable({ states: 1e9, actions: 10 })).toThrow('createQTable: `states` must be at most 2^28 / 10');
  expect(() => createQTable({ states: 1, actions: 1, initialValue: Number.NaN })).toThrow(
    '`initialValue` must be a number',
  );
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
