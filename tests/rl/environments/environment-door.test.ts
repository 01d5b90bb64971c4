import { createDqn, type Environment, trainDqn, trainQTable, vectorizeEnvironments } from 'minimart';
import { describe, expect, test } from 'vitest';

const seen = { observation: Float32Array.of(0, 1) };
const stepped = { ...seen, reward: 1, terminated: false, truncated: false };

/** Two numbers, three actions, and what is changed of it: strangers' environments come without types. */
function stranger(change: Record<string, unknown> = {}): Environment {
  return {
    name: 'stranger',
    observationSpace: { kind: 'box', low: new Float32Array(2), high: Float32Array.of(1, 1) },
    actionSpace: { kind: 'discrete', size: 3 },
    reset: () => seen,
    step: () => stepped,
    ...change,
  } as Environment;
}

const trainers: readonly (readonly [string, (environment: Environment) => unknown])[] = [
  [
    'trainDqn',
    (environment) => {
      const agent = createDqn({ observationSize: 2, actions: 3, hidden: [4], batchSize: 4 });
      return trainDqn({ agent, environment, steps: 8, validation: false });
    },
  ],
  ['trainQTable', (environment) => trainQTable({ environment, steps: 8, maxStates: 10 })],
  [
    'vectorizeEnvironments',
    (environment) => {
      const both = vectorizeEnvironments([environment, stranger()]);
      both.reset();
      return both.step([0, 0]);
    },
  ],
];

const mask = (...legal: number[]) => Uint8Array.from(legal);
const faults: readonly (readonly [Record<string, unknown>, RegExp])[] = [
  [{ observationSpace: undefined }, /observationSpace/],
  [{ observationSpace: { kind: 'box', low: new Float32Array(2) } }, /observationSpace.high/],
  [{ actionSpace: undefined }, /actionSpace.size/],
  [{ actionSpace: { kind: 'discrete', size: 0 } }, /actionSpace.size/],
  [{ reset: undefined }, /reset` must be a function/],
  [{ step: 'go' }, /step` must be a function/],
  [{ reset: () => undefined }, /reset\(\)` must answer with an object, received undefined/],
  [{ reset: async () => seen }, /reset\(\)` must answer at once, not by a promise/],
  [{ reset: () => ({}) }, /reset\(\).observation` must hold 2 numbers, received undefined/],
  [{ reset: () => ({ observation: Float32Array.of(1) }) }, /observation` must hold 2 numbers, received 1/],
  [{ reset: () => ({ observation: ['1', '2'] }) }, /observation\[0\]` must be a finite number, received '1'/],
  [{ reset: () => ({ ...seen, actionMask: mask(0, 0, 0) }) }, /actionMask` must leave a legal action/],
  [{ reset: () => ({ ...seen, actionMask: mask(1, 1) }) }, /actionMask` must hold 3 numbers/],
  [{ reset: () => ({ ...seen, actionMask: [1, 2, 1] }) }, /actionMask\[1\]` must be 0 or 1, received 2/],
  [{ step: () => undefined }, /step\(\)` must answer with an object, received undefined/],
  [{ step: async () => stepped }, /step\(\)` must answer at once, not by a promise/],
  [{ step: () => ({ ...stepped, reward: undefined }) }, /`reward` must be a finite number .*received undefined/],
  [{ step: () => ({ ...stepped, reward: Number.NaN }) }, /`reward` must be a finite number .*received NaN/],
  [{ step: () => ({ ...stepped, reward: '1' }) }, /`reward` must be a finite number .*received '1'/],
  [{ step: () => ({ ...stepped, terminated: undefined }) }, /`terminated` must be true or false/],
  [{ step: () => ({ ...stepped, truncated: undefined }) }, /`truncated` must be true or false/],
  [{ step: () => ({ ...stepped, observation: Float32Array.of(1, Number.NaN) }) }, /observation\[1\]` must be a finite/],
  [{ step: () => ({ ...stepped, observation: Float32Array.of(1, 2, 3) }) }, /observation` must hold 2 numbers/],
  [{ step: () => ({ ...stepped, actionMask: mask(0, 0, 0) }) }, /actionMask` must leave a legal action/],
];

describe.each(trainers)('%s', (name, train) => {
  test.each(faults)('refuses by name: %o', async (change, message) => {
    const attempt = async () => train(stranger(change));
    await expect(attempt()).rejects.toThrow(new RegExp(`^${name}: .*${message.source}`));
  });

  test('takes an environment whose observations and masks are plain arrays', async () => {
    const plain = { observation: [0, 1], actionMask: [1, 0, 1] };
    await train(stranger({ reset: () => plain, step: () => ({ ...stepped, ...plain }) }));
  });
});

test.each([undefined, null, 'shop', {}])('trainDqn refuses %o as an environment', async (environment) => {
  const agent = createDqn({ observationSize: 2, actions: 3 });
  const options = { agent, environment: environment as never, steps: 8 };
  await expect(trainDqn(options)).rejects.toThrow(/^trainDqn: `environment/);
});

test('an environment that never ends does not keep a measurement from ending', async () => {
  const agent = createDqn({ observationSize: 2, actions: 3, hidden: [4], batchSize: 4 });
  const run = await trainDqn({
    agent,
    environment: stranger(),
    steps: 10,
    validation: { every: 10, episodes: 2, longest: 7 },
  });
  expect(run.best!.meanLength).toBe(7);
  expect(run.best!.meanReturn).toBe(7);
});

test('an endless measurement can be aborted', async () => {
  const controller = new AbortController();
  const agent = createDqn({ observationSize: 2, actions: 3, hidden: [4], batchSize: 4 });
  const validation = { every: 10, episodes: 2, longest: 1e12 };
  const { signal } = controller;
  const run = trainDqn({ agent, environment: stranger(), steps: 10, validation, signal });
  setTimeout(() => controller.abort(new Error('enough')), 20);
  await expect(run).rejects.toThrow('enough');
});
