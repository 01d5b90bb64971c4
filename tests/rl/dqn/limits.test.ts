import {
  createDqn,
  createRng,
  type DqnAgent,
  type DqnConfig,
  dqnSteps,
  inventoryEnvironment,
  NonFiniteLossError,
  poissonDemand,
  type Transition,
  trainDqn,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { expectYields } from '../../support/event-loop.js';

const small: DqnConfig = { observationSize: 2, actions: 3, hidden: [8], batchSize: 16, replaySize: 500, seed: 1 };

/** Random steps, the same for every agent but for what is taken from the rewards. */
function feed(agent: DqnAgent, count: number, change: (step: Transition) => Partial<Transition> = () => ({})): void {
  const rng = createRng(3);
  for (let index = 0; index < count; index += 1) {
    const [observation, nextObservation] = [
      [rng.normal(), rng.normal()],
      [rng.normal(), rng.normal()],
    ];
    const step = { observation, nextObservation, action: rng.integer(3), reward: rng.normal(), terminated: false };
    agent.observe({ ...step, ...change(step) });
  }
}

describe('a constant cost in every period', () => {
  test('moves values by cost / (1 - discount) and nothing else', async () => {
    const learned = async (cost: number) => {
      const agent = createDqn({ ...small, discount: 0.9 });
      feed(agent, 200, ({ reward }) => ({ reward: reward - cost }));
      await agent.learn({ updates: 200 });
      return agent;
    };
    const [free, charged] = [await learned(0), await learned(100)];
    for (const observation of [
      [0, 0],
      [1, -1],
      [-0.5, 0.7],
    ]) {
      const expected = free.values(observation).map((value) => value - 100 / (1 - 0.9));
      // In 32 bits values of about -1000 have steps of 6e-5, which 200 updates carry on.
      charged.values(observation).forEach((value, action) => {
        expect(Math.abs(value - expected[action]!)).toBeLessThan(0.05);
      });
      expect(charged.act(observation)).toBe(free.act(observation));
    }
  });

  test('does not change what an end is worth: the reward alone', async () => {
    const agent = createDqn({ ...small, discount: 0.5, optimizer: { learningRate: 0.02 } });
    // Reward 10 at an end; 10 + 0.5 * 20 where it goes on, which is 20 everywhere.
    feed(agent, 200, ({ observation }) => ({ reward: 10, action: 0, terminated: observation[0]! > 0 }));
    await agent.learn({ updates: 1500 });
    expect(Math.abs(agent.values([1, 0])[0]! - 10)).toBeLessThan(0.5);
  });
});

describe('legal actions', () => {
  const legalActions = (seen: ArrayLike<number>) => Uint8Array.of(1, seen[0]! > 0 ? 0 : 1, seen[0]! > 0 ? 0 : 1);

  test('are kept to without a mask, by choice, by chance and as a policy', () => {
    const agent = createDqn(small);
    agent.limitTo(legalActions);
    for (let draw = 0; draw < 20; draw += 1) {
      expect(agent.act([1, 0], { explore: 1 })).toBe(0);
      expect(agent.policy.act([1, draw])).toBe(0);
    }
    const chosen = agent.policy.actAll!(Float32Array.of(1, 0, 1, 5), new Uint8Array(6).fill(1), 2) as Int32Array;
    expect([...chosen]).toEqual([0, 0]);
    // A mask narrows further; where nothing is left the world decides.
    expect([1, 2]).toContain(agent.act([-1, 0], { mask: [0, 1, 1] }));
    expect(agent.act([1, 0], { mask: [0, 1, 0] })).toBe(1);
  });

  test('must be given where some were illegal in training and nothing says which are', () => {
    const agent = createDqn(small);
    feed(agent, 20);
    agent.act([0, 0]);
    feed(agent, 1, () => ({ action: 0, actionMask: [1, 0, 1] }));
    const message = 'act: `mask` must be given: actions were illegal in training';
    expect(() => agent.act([0, 0])).toThrow(message);
    expect(() => agent.policy.act([0, 0])).toThrow(message);
    const other = createDqn(small);
    other.restore(structuredClone(agent.state()));
    expect(() => other.act([0, 0])).toThrow(message);
    expect(agent.act([0, 0], { mask: [0, 0, 1] })).toBe(2);
  });

  test('of an inventory are known after training in it', async () => {
    const environment = inventoryEnvironment({
      demand: poissonDemand(5),
      holding: 1,
      penalty: 4,
      maxOrder: 9,
      capacity: 12,
    });
    const agent = createDqn({ observationSize: 1, actions: 10, hidden: [8], batchSize: 16 });
    await trainDqn({ agent, environment, steps: 60, validation: false });
    for (const [stock, most] of [
      [0, 9],
      [5, 7],
      [12, 0],
      [40, 0],
    ] as const) {
      for (let draw = 0; draw < 20; draw += 1) expect(agent.act([stock], { explore: 1 })).toBeLessThanOrEqual(most);
    }
  });
});

describe('what was never seen', () => {
  test('is answered like the nearest that was, and learning widens it', async () => {
    const agent = createDqn(small);
    feed(agent, 50, () => ({ observation: [1, 2] }));
    feed(agent, 1, () => ({ observation: [3, 5], nextObservation: [50, 50] }));
    // Before learning there is nothing to be near to.
    expect(agent.values([1000, 5])).not.toEqual(agent.values([3, 5]));
    await agent.learn();
    // Where no action was tried, also of what came after one, nothing is known of any.
    expect(agent.values([1000, 1000])).toEqual(agent.values([3, 5]));
    expect(agent.values([-7, 4])).toEqual(agent.values([1, 4]));
    feed(agent, 1, () => ({ observation: [10, 2], nextObservation: [50, 50] }));
    expect(agent.values([1000, 4])).toEqual(agent.values([10, 4]));
    const other = createDqn(small);
    other.restore(agent.state());
    expect(other.values([1000, 4])).toEqual(agent.values([10, 4]));
  });

  test('is stock far above all orders, at which training orders nothing', async () => {
    // One period ahead and a dear unit in stock: whatever is there beyond two days of demand, more is wrong.
    const environment = inventoryEnvironment({ demand: poissonDemand(2), holding: 5, penalty: 10, maxOrder: 4 });
    const { actionSpace } = environment;
    const agent = createDqn({ observationSize: 1, actions: actionSpace.size, hidden: [32], discount: 0.9, seed: 1 });
    await trainDqn({
      agent,
      environment,
      steps: 4000,
      seed: 1,
      validation: { every: 1000, episodes: 3, longest: 200 },
    });
    expect([20, 60, 1000].map((stock) => agent.act([stock]))).toEqual([0, 0, 0]);
  });
});

describe('weights that are no numbers', () => {
  test('end a run, also after its last update, and the agent keeps those before', async () => {
    const agent = createDqn({ ...small, optimizer: { learningRate: 3e38 } });
    feed(agent, 100);
    const before = agent.weights();
    const error = await agent.learn().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect(error).toMatchObject({ network: 'Q-network', step: 1, what: 'weights' });
    // Scaling alone has moved between the two.
    agent.weights().forEach((weight) => {
      expect(Number.isFinite(weight)).toBe(true);
    });
    expect(before.length).toBe(agent.weights().length);
    expect(agent.updates()).toBe(0);
    expect([...agent.values([0, 0])].every(Number.isFinite)).toBe(true);
  });

  test('are refused by setWeights, and in a state', () => {
    const agent = createDqn(small);
    const weights = agent.weights();
    weights[4] = Number.NaN;
    expect(() => agent.setWeights(weights)).toThrow('setWeights: `weights[4]` must be a finite number, received NaN');
    const state = structuredClone(agent.state());
    state.network[2] = Number.POSITIVE_INFINITY;
    expect(() => agent.restore(state)).toThrow('restore: `state.network[2]` must be a finite number');
  });

  test.each([
    [{ updates: -1 }, 'state.updates'],
    [{ scaling: undefined }, 'state.scaling.center'],
    [{ replay: { size: 1000, next: 0 } }, 'state.size'],
    [{ streams: [] }, 'state'],
    [{ isMasked: undefined }, 'state.isMasked'],
  ] as const)('a state with %j is refused whole', (change, name) => {
    const agent = createDqn(small);
    feed(agent, 20);
    const whole = agent.state();
    expect(() => agent.restore({ ...whole, ...change } as never)).toThrow(`: \`${name}\``);
    expect(agent.state()).toEqual(whole);
  });
});

describe('one agent', () => {
  const options = () => ({
    agent: createDqn({ observationSize: 1, actions: 5, hidden: [4], batchSize: 8 }),
    environment: inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4, maxOrder: 4, horizon: 20 }),
    steps: 40,
    validation: false as const,
  });

  test('is in one run at a time, and free again after it, and after a throw', async () => {
    const { agent, ...rest } = options();
    const first = trainDqn({ agent, ...rest });
    const second = trainDqn({ ...options(), agent });
    await expect(second).rejects.toThrow('trainDqn: `agent` must be free: another run has it');
    await first;
    await trainDqn({ ...rest, agent });
    for await (const _ of dqnSteps({ ...rest, agent })) break;
    await trainDqn({ ...rest, agent });
  });

  test('and one environment likewise', async () => {
    const { environment, ...rest } = options();
    const first = trainDqn({ environment, ...rest });
    await expect(trainDqn({ ...options(), environment })).rejects.toThrow('`environment` must be free');
    await first;
  });
});

describe('options inside options', () => {
  const options = () => ({
    agent: createDqn({ observationSize: 1, actions: 5, hidden: [4], batchSize: 8 }),
    environment: inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4, maxOrder: 4, horizon: 20 }),
    steps: 40,
  });
  test.each([
    [{ validation: { epsiodes: 2 } }, '`epsiodes` must be left out'],
    [{ exploration: { from: 1, to: 0, ovr: 3 } }, '`ovr` must be left out'],
    [{ reportEvery: -3 }, '`reportEvery` must be a positive integer, received -3'],
    [{ signal: {} }, '`signal` must be an AbortSignal'],
    [{ onProgress: 'print' }, '`onProgress` must be a function'],
    [{ exploringStarts: 0 }, '`exploringStarts` must be false or a share in (0, 1], received 0'],
    [{ agent: {} }, '`agent` must come from createDqn'],
  ])('%j is refused', async (change, message) => {
    await expect(trainDqn({ ...options(), ...(change as object) })).rejects.toThrow(`trainDqn: ${message}`);
  });

  test.each([
    [{ optimizer: { learningRate: 1e-3, beta: 0.9 } }, '`beta` must be left out'],
    [{ prioritized: { alpha: 1 } }, '`alpha` must be left out'],
    [{ prioritized: { correction: { from: 2, to: 1, over: 1 } } }, '`prioritized.correction.from`'],
    [{ targetUpdate: { tau: 1 } }, '`tau` must be left out'],
    [{ targetUpdate: { every: 3, polyak: 0.1 } }, '`targetUpdate.polyak` must be left out where `every` is given'],
    [{ hidden: [100_000, 100_000] }, '`hidden` must make a network that fits into 1 GB'],
  ])('%j is refused', (change, message) => {
    expect(() => createDqn({ ...small, ...(change as object) })).toThrow(`createDqn: ${message}`);
  });

  test('an explicit undefined is the default', async () => {
    const plain = createDqn({ observationSize: 1, actions: 5 });
    const spelt = createDqn({
      observationSize: 1,
      actions: 5,
      hidden: undefined,
      seed: undefined,
      prioritized: undefined,
    });
    expect(spelt.config).toEqual(plain.config);
    spelt.act([1], { mask: undefined, explore: undefined });
    const validation = { every: undefined, episodes: 1, environment: undefined, longest: undefined, goal: undefined };
    await trainDqn({
      ...options(),
      validation,
      exploration: undefined,
      exploringStarts: undefined,
      reportEvery: undefined,
    });
  });

  test.each([
    ['act', (agent: DqnAgent) => agent.act([0, 0], { masks: [1, 1, 1] } as never), '`masks`'],
    ['observe', (agent: DqnAgent) => feed(agent, 1, () => ({ done: true }) as never), '`done`'],
    ['observe', (agent: DqnAgent) => feed(agent, 1, () => ({ reward: 1e300 })), '`reward` must be a finite number'],
    ['observe', (agent: DqnAgent) => feed(agent, 1, () => ({ terminated: 1 }) as never), '`terminated`'],
    ['limitTo', (agent: DqnAgent) => agent.limitTo([1] as never), '`legalActions` must be a function'],
  ])('of %s are refused by name too', (name, call, message) => {
    expect(() => call(createDqn(small))).toThrow(`${name}: ${message}`);
  });
});

test('evaluations let the event loop turn', async () => {
  const environment = inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4, maxOrder: 4 });
  const agent = createDqn({ observationSize: 1, actions: 5, batchSize: 8 });
  await expectYields(() =>
    trainDqn({ agent, environment, steps: 10, validation: { every: 10, episodes: 20 }, learningStarts: 10 }),
  );
});
