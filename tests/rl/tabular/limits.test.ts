import {
  cartPoleEnvironment,
  createFullInformationTable,
  createQTable,
  type Environment,
  empiricalDemand,
  inventoryEnvironment,
  inventoryModel,
  learnFromDemand,
  NonFiniteLossError,
  poissonDemand,
  qLearningUpdate,
  type TrainQTableOptions,
  tablePolicy,
  trainQTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { expectYields } from '../../support/event-loop.js';

/** One state, one action, always the same reward. */
const still = (reward: number): Environment => ({
  name: 'still',
  observationSpace: { kind: 'box', low: new Float32Array(1), high: new Float32Array(1) },
  actionSpace: { kind: 'discrete', size: 1 },
  reset: () => ({ observation: new Float32Array(1) }),
  step: () => ({ observation: new Float32Array(1), reward, terminated: false, truncated: false }),
});

test('the average reward takes a twentieth of what the value takes', async () => {
  const { q } = await trainQTable({ environment: still(1), steps: 40, learningRate: 0.5, exploration: 0 });
  // The only state follows itself, so the error is 1 - average. The average comes nearer by 0.05 * 0.5 of it each time:
  // errors 1, 0.975, 0.975^2 and so on, and the value adds up half of them.
  const expected = (0.5 * (1 - 0.975 ** 40)) / (1 - 0.975);
  expect(q.values[0]).toBeCloseTo(expected, 9);
});

test('a world that takes its time holds nobody up', async () => {
  const slow = still(1);
  const step = (action: number) => {
    const before = process.cpuUsage();
    for (let used = 0; used < 300; ) {
      const { user, system } = process.cpuUsage(before);
      used = user + system;
    }
    return slow.step(action);
  };
  // 120 ms of processor time altogether.
  await expectYields(() => trainQTable({ environment: { ...slow, step }, steps: 400 }));
});

describe('states that were never met', () => {
  test('are answered as the nearest one, though it is the first of all', async () => {
    const one = still(0);
    const environment: Environment = {
      ...one,
      actionSpace: { kind: 'discrete', size: 2 },
      step: (action) => ({ ...one.step(action), reward: action }),
    };
    const { policy, history } = await trainQTable({ environment, steps: 200, discount: 0.5, exploration: 1 });
    expect([history.at(-1)!.states, policy.knows([7]), policy.act([7])]).toEqual([1, false, 1]);
  });

  test('are answered as the nearest one, marked and counted', async () => {
    const shop = { demand: poissonDemand(3), leadTime: 1, holding: 1, penalty: 4, maxOrder: 5 };
    const { policy } = await trainQTable({ environment: inventoryEnvironment(shop), steps: 20_000, seed: 1 });
    expect(policy.asked()).toEqual({ known: 0, unknown: 0 });
    expect(policy.knows([2])).toBe(true);
    expect(policy.knows([500])).toBe(false);
    const most = Array.from({ length: 500 }, (_, stock) => stock).findLast((stock) => policy.knows([stock]))!;
    expect(policy.act([500])).toBe(policy.act([most]));
    expect(policy.asked()).toEqual({ known: 1, unknown: 1 });
  });

  test('keep the first value 0, which a table of costs passes over', () => {
    const q = createQTable({ states: 2, actions: 3 });
    const cost = { state: 0, action: 2, reward: -5, nextState: 1, terminated: true };
    qLearningUpdate(q, cost, { learningRate: 1, discount: 1 });
    const policy = tablePolicy('costs', q, ([state]) => state!);
    expect(policy.act([0])).toBe(2);
    expect(policy.act([0], Uint8Array.of(0, 1, 0))).toBe(1);
    expect(policy.knows([0], Uint8Array.of(0, 1, 0))).toBe(false);
    expect(policy.act([1], Uint8Array.of(0, 1, 1))).toBe(1);
    expect(policy.asked()).toEqual({ known: 1, unknown: 2 });
    expect(() => policy.act([1], Uint8Array.of(0, 0, 0))).toThrow('act: `actionMask` must leave a legal action');
    expect(() => tablePolicy('', q, () => 7).act([0])).toThrow('act: `stateOf` must give an integer in [-1, 2)');
  });
});

describe('values that are no numbers', () => {
  test('end a run, and the table keeps those before', async () => {
    const run = trainQTable({ environment: still(1e308), steps: 100, learningRate: 1, discount: 1 });
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    // 1e308, then 2e308, which is none.
    expect(error).toMatchObject({ network: 'table', step: 2, what: 'weights' });
  });

  test('never get into a table', () => {
    const q = createQTable({ states: 1, actions: 1, initialValue: -1.7e308 });
    const step = { state: 0, action: 0, reward: 1.7e308, nextState: 0, terminated: true };
    expect(() => qLearningUpdate(q, step, { learningRate: 0.5, discount: 0 })).toThrow(NonFiniteLossError);
    // What is far beyond the weights of a network is no fault of a table, so the message names no bound.
    expect(() => qLearningUpdate(q, step, { learningRate: 0.5, discount: 0 })).toThrow(
      'qLearningUpdate: the weights of the table must stay finite, received Infinity',
    );
    expect([...q.values, ...q.visits]).toEqual([-1.7e308, 0]);
  });
});

describe('refuses', () => {
  const q = createQTable({ states: 2, actions: 2 });
  const step = { state: 0, action: 0, reward: 1, nextState: 1 };
  const rates = { learningRate: 0.1, discount: 0.9 };
  test.each<[string, () => unknown, string]>([
    ['an update', () => qLearningUpdate(q, step, { ...rates, gamma: 1 } as never), 'qLearningUpdate: `gamma` must be'],
    ['a step', () => qLearningUpdate(q, { ...step, done: true } as never, rates), 'qLearningUpdate: `done` must be'],
    ['a mask', () => qLearningUpdate(q, { ...step, nextMask: Uint8Array.of(1) }, rates), '`nextMask` must hold 2'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  test.each([
    [{ reportEvery: -3 }, '`reportEvery` must be a positive integer'],
    [{ signal: {} }, '`signal` must be an AbortSignal'],
    [{ onProgress: 1 }, '`onProgress` must be a function'],
    [{ epsilon: 1 }, '`epsilon` must be left out'],
    [{ exploration: { from: 1, to: 0, over: 1, by: 2 } }, '`by` must be left out'],
    [{ exploration: { from: 1, to: 0, over: Number.NaN } }, '`exploration.over` must be'],
    [{ learningRate: { power: 0.5, form: 1 } }, '`form` must be left out'],
    [{ stateOf: () => [0.5] }, '`stateOf` must be given where observations are not whole numbers'],
    [{ stateOf: () => [2 ** 40] }, '`stateOf` must be given where observations are not whole numbers'],
  ])('trainQTable %j', async (change, message) => {
    const options = { environment: still(1), steps: 10, ...(change as object) };
    await expect(trainQTable(options)).rejects.toThrow(`trainQTable: ${message}`);
  });

  test('observations that are not whole numbers, also where it is compiled', async () => {
    // @ts-expect-error: a table cannot list the places of a cart.
    const wrong: TrainQTableOptions = { environment: cartPoleEnvironment(), steps: 10 };
    await expect(trainQTable(wrong)).rejects.toThrow('trainQTable: `stateOf` must be given where observations are not');
    const right: TrainQTableOptions = {
      environment: cartPoleEnvironment(),
      steps: 100,
      discount: 0.9,
      stateOf: (observation) => Array.from(observation, (value) => Math.round(10 * value)),
    };
    expect((await trainQTable(right)).steps).toBe(100);
  });
});

describe('learning from demand', () => {
  const problem = { leadTime: 2, holding: 1, penalty: 9 };
  const observed = Array.from({ length: 60 }, (_, day) => 8 + ((7 * day) % 9));

  test('lets the event loop turn, and stops at the signal', async () => {
    await expectYields(() => learnFromDemand({ ...problem, observed }));
    const controller = new AbortController();
    const run = learnFromDemand({ ...problem, observed, epochs: 1000, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(run).rejects.toThrow('enough');
  });

  test('in pieces gives the bits that it gives at once', async () => {
    const { q } = await learnFromDemand({ ...problem, observed, epochs: 1, learningRate: 0.3, discount: 0.9 });
    const table = createFullInformationTable(inventoryModel({ ...problem, demand: empiricalDemand(observed) }));
    for (const outcome of observed) table.update(outcome, { learningRate: 0.3, discount: 0.9 });
    expect(q.values).toEqual(table.q.values);
  });

  test('a problem with too many states is refused by its size', async () => {
    const wide = { leadTime: 9, holding: 1, penalty: 9, observed: [0, 1, 2, 3] };
    await expect(learnFromDemand({ ...wide, maxOrder: 1000 })).rejects.toThrow(
      /^learnFromDemand: `model` must have at most 1047 states that can be reached, with 1001 actions/,
    );
  });
});
