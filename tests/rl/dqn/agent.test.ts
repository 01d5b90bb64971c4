import '../../support/backends.js';
import { memory, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { createDqn, createRng, type DqnAgent, type DqnConfig, type Transition, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => useBackend('cpu'));

const small: DqnConfig = { observationSize: 2, actions: 3, hidden: [8], batchSize: 16, replaySize: 200, seed: 1 };

const step = (change: Partial<Transition> = {}): Transition => ({
  observation: [1, 2],
  action: 0,
  reward: 1,
  nextObservation: [2, 3],
  terminated: false,
  ...change,
});

/** Random steps, the same for every agent. */
function feed(agent: DqnAgent, count: number, seed = 3): void {
  const rng = createRng(seed);
  const place = () => [rng.normal(), 5 + 2 * rng.normal()];
  for (let index = 0; index < count; index += 1) {
    const [observation, nextObservation] = [place(), place()];
    const terminated = rng.uniform() < 0.2;
    agent.observe({ observation, action: rng.integer(3), reward: rng.normal(), nextObservation, terminated });
  }
}

const parts = (agent: DqnAgent) => {
  const { network } = agent.state();
  const size = network.length / 4;
  return { online: network.slice(0, size), target: network.slice(size, 2 * size) };
};

describe('one update', () => {
  test('changes the online network and not the target', async () => {
    const agent = createDqn({ ...small, targetUpdate: { every: 3 } });
    feed(agent, 20);
    const before = parts(agent);
    await agent.learn();
    expect(parts(agent).online).not.toEqual(before.online);
    expect(parts(agent).target).toEqual(before.target);
    await agent.learn({ updates: 2 });
    expect(parts(agent).target).toEqual(parts(agent).online);
  });

  test('moves a Polyak target by its share', async () => {
    const agent = createDqn({ ...small, targetUpdate: { polyak: 0.25 } });
    feed(agent, 20);
    const before = parts(agent);
    await agent.learn();
    const after = parts(agent);
    before.target.forEach((value, at) => {
      expect(after.target[at]).toBeCloseTo(0.75 * value + 0.25 * after.online[at]!, 6);
    });
  });
});

describe('the future after an end', () => {
  // One state, reward 1: worth 1 where the episode terminates, 1 / (1 - 0.5) where it is only cut off.
  test.each([
    ['terminated', { terminated: true }, 1],
    ['truncated', { terminated: false, truncated: true }, 2],
  ] as const)('counts or not: %s', async (_, end, expected) => {
    const agent = createDqn({
      ...small,
      discount: 0.5,
      optimizer: { learningRate: 0.05 },
      targetUpdate: { every: 10 },
    });
    for (let index = 0; index < 20; index += 1) agent.observe(step({ ...end, nextObservation: [1, 2] }));
    await agent.learn({ updates: 800 });
    expect(Math.abs(agent.values([1, 2])[0]! - expected)).toBeLessThan(0.05);
  });

  test('is 0 in the discounts of n steps after termination only', () => {
    const stored = (end: Partial<Transition>) => {
      const agent = createDqn({ ...small, nStep: 3, discount: 0.5 });
      for (let index = 1; index <= 4; index += 1) {
        agent.observe(step({ reward: index, nextObservation: [index, index], ...(index === 4 ? end : {}) }));
      }
      const { columns } = agent.state();
      const list = (values: ArrayLike<number>) => Array.from(values).slice(0, agent.stored());
      return { rewards: list(columns.rewards), discounts: list(columns.discounts) };
    };
    // 1 + 2/2 + 3/4, 2 + 3/2 + 4/4, 3 + 4/2, 4
    const rewards = [2.75, 4.5, 5, 4];
    expect(stored({ terminated: true })).toEqual({ rewards, discounts: [0.125, 0, 0, 0] });
    expect(stored({ truncated: true })).toEqual({ rewards, discounts: [0.125, 0.125, 0.25, 0.5] });
    // The episode goes on: the last two wait for more.
    expect(stored({})).toEqual({ rewards: rewards.slice(0, 2), discounts: [0.125, 0.125] });
  });
});

describe('illegal actions', () => {
  // A linear network whose biases are the values.
  const agentWith = (biases: readonly number[], change: Partial<DqnConfig> = {}) => {
    const agent = createDqn({ ...small, hidden: [], ...change });
    const weights = agent.weights();
    weights.set(biases, 6);
    agent.setWeights(weights);
    return agent;
  };

  test('are never taken, by choice or by chance, whatever their values', () => {
    const masks = fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 3 }).filter((mask) => mask.includes(1));
    fc.assert(
      fc.property(masks, fc.constantFrom(1e9, -1e9), fc.constantFrom(0, 0.5, 1), (mask, far, explore) => {
        const agent = agentWith(mask.map((legal, action) => (legal ? action : far)));
        for (let draw = 0; draw < 10; draw += 1) expect(mask[agent.act([0, 0], { mask, explore })]).toBe(1);
        expect(agent.act([0, 0], { mask })).toBe(mask.lastIndexOf(1));
      }),
    );
  });

  test.each([true, false])('change no target, whatever their values (double: %s)', async (double) => {
    const learned = async (far: number) => {
      const agent = agentWith([0, 0, far], { double, discount: 0.9 });
      const rng = createRng(2);
      for (let index = 0; index < 30; index += 1) {
        const [observation, nextObservation] = [
          [rng.normal(), 1],
          [rng.normal(), 1],
        ];
        const mask = { actionMask: [1, 1, 0], nextActionMask: [1, 1, 0] };
        agent.observe(step({ observation, nextObservation, action: index % 2, reward: rng.normal(), ...mask }));
      }
      await agent.learn({ updates: 5 });
      const weights = agent.weights();
      // Kernel [2, 3] and bias [3]: the columns of the legal actions.
      return [0, 1, 3, 4, 6, 7].map((at) => weights[at]);
    };
    expect(await learned(1e9)).toEqual(await learned(-1e9));
  });

  test('are not taken by the policy for many observations at once either', () => {
    const agent = agentWith([1, 2, 1e9], { hidden: [] });
    const masks = Uint8Array.from({ length: 60 }, (_, at) => (at % 3 === 2 ? 0 : at < 30 ? 1 : at % 3 === 0 ? 1 : 0));
    const chosen = Array.from(agent.policy.actAll!(new Float32Array(40), masks, 20) as Int32Array);
    expect(chosen).toEqual([...new Array(10).fill(1), ...new Array(10).fill(0)]);
    expect(agent.policy.act([0, 0], Uint8Array.of(1, 0, 0))).toBe(0);
  });

  test('alone are refused', () => {
    expect(() => createDqn(small).act([0, 0], { mask: [0, 0, 0] })).toThrow('act: `mask` must leave an action legal');
  });
});

describe('bits', () => {
  const variants: readonly (readonly [string, Partial<DqnConfig>])[] = [
    ['uniform', {}],
    ['prioritized, dueling, two steps', { prioritized: true, dueling: true, nStep: 2 }],
  ];

  test.each(variants)('are the same for the same seed, and after a restart from a state: %s', async (_, change) => {
    const run = async (restart: boolean) => {
      let agent = createDqn({ ...small, ...change });
      feed(agent, 40);
      await agent.learn({ updates: 10 });
      agent.interrupt();
      if (restart) {
        const state = structuredClone(agent.state());
        agent = createDqn({ ...small, ...change, seed: 99 });
        agent.restore(state);
      }
      const actions = Array.from({ length: 10 }, () => agent.act([0, 0], { explore: 0.7 }));
      feed(agent, 60, 4);
      await agent.learn({ updates: 10 });
      return { actions, weights: agent.weights() };
    };
    const whole = await run(false);
    expect(await run(false)).toEqual(whole);
    expect(await run(true)).toEqual(whole);
  });
});

describe('as a LayersModel', () => {
  test.each([{}, { dueling: true }, { dueling: true, hidden: [8, 6, 4] }, { hidden: [] }])(
    'gives the same values, for observations as they come, and hands its weights to another agent: %j',
    async (change) => {
      const agent = createDqn({ ...small, ...change });
      feed(agent, 60);
      await agent.learn({ updates: 30 });
      const model = agent.toModel();
      const observations = [
        [0.3, 4],
        [-1, 7],
      ];
      const [input, expected] = [tensor2d(observations), observations.flatMap((each) => [...agent.values(each)])];
      const output = model.predict(input) as Tensor;
      const values = await output.data();
      const other = createDqn({ ...small, ...change, seed: 5 });
      await other.fromModel(model);
      const taken = observations.flatMap((each) => [...other.values(each)]);
      // It also keeps its meaning when learning scales the inputs anew.
      feed(other, 60);
      await other.learn();
      const before = other.values([0.3, 4]);
      expected.forEach((value, at) => {
        expect(values[at]).toBeCloseTo(value, 4);
        expect(taken[at]).toBeCloseTo(value, 4);
      });
      before.forEach((value, at) => {
        // One small update has been made.
        expect(Math.abs(value - expected[at]!)).toBeLessThan(0.1);
      });
      for (const each of [input, output]) each.dispose();
      model.dispose();
    },
  );

  test('of other layers is refused', async () => {
    const model = createDqn({ ...small, hidden: [9] }).toModel();
    await expect(createDqn(small).fromModel(model)).rejects.toThrow(
      'fromModel: `model` must have weights of the shapes',
    );
    model.dispose();
  });
});

test('no tensor is made by learning and acting', async () => {
  const before = memory().numTensors;
  const agent = createDqn(small);
  feed(agent, 40);
  await agent.learn({ updates: 3 });
  agent.act([0, 0]);
  expect(memory().numTensors).toBe(before);
});

test('a budget in milliseconds ends learning, after one update at least', async () => {
  const agent = createDqn(small);
  feed(agent, 40);
  expect((await agent.learn({ budgetMs: 0 })).updates).toBe(1);
  const start = performance.now();
  const { updates } = await agent.learn({ budgetMs: 30 });
  expect(updates).toBeGreaterThan(1);
  expect(performance.now() - start).toBeLessThan(1000);
});

describe('refuses', () => {
  test.each([
    [{ discount: 1.5 }, '`discount` must be a number in [0, 1], received 1.5'],
    [{ discount: -0.1 }, '`discount`'],
    [{ nStep: 0 }, '`nStep`'],
    [{ hidden: [], dueling: true }, '`hidden` must hold a layer for dueling'],
    [{ targetUpdate: { polyak: 0 } }, '`targetUpdate.polyak`'],
    [{ optimizer: { learningRate: 0 } }, '`optimizer.learningRate`'],
    [{ actions: 1.5 }, '`actions`'],
  ] as const)('the config %j', (change, message) => {
    expect(() => createDqn({ ...small, ...change })).toThrow(`createDqn: ${message}`);
  });

  test('learning before a batch is stored', async () => {
    const agent = createDqn(small);
    feed(agent, 15);
    await expect(agent.learn()).rejects.toThrow(
      'learn: `updates` must wait until observe() has stored a batch, 16 transitions, received 15 (number).',
    );
  });

  test.each([
    [{ reward: Number.NaN }, '`reward` must be a finite number'],
    [{ nextObservation: [0, Number.NaN] }, '`nextObservation[1]` must be a finite number, received NaN'],
    [{ observation: [0] }, '`observation` must hold 2 numbers'],
    [{ action: 3 }, '`action` must be a whole number from 0 to 2'],
    [{ action: 1, actionMask: [1, 0, 1] }, '`action` must be legal by `actionMask`'],
  ] as const)('the transition %j', (change, message) => {
    expect(() => createDqn(small).observe(step(change as Partial<Transition>))).toThrow(`observe: ${message}`);
  });
});
