import {
  baseStockPolicy,
  type DecisionModel,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// Two states. In state 0, action 0 stays and earns 1; action 1 pays 1 and goes to state 1, where action 0 earns 4 and
// goes back with probability 1/2. Leaving: on average 1 step in state 0 per 2 in state 1: (-1 + 2 * 4) / 3 = 7/3.
const twoStates: DecisionModel = {
  name: 'two states',
  start: [0],
  actions: 2,
  actionMask: ([state]: ArrayLike<number> & Iterable<number>) =>
    state === 0 ? Uint8Array.of(1, 1) : Uint8Array.of(1, 0),
  outcomes: () => Float64Array.of(0.5, 0.5),
  advance: (state, action, outcome, next) => {
    next[0] = state[0] === 0 ? action : outcome;
    return state[0] === 0 ? (action === 0 ? 1 : -1) : 4;
  },
} as DecisionModel;

describe('relativeValueIteration', () => {
  test('finds the optimum that arithmetic gives, and how to act', async () => {
    const { averageReward, policy, states } = await relativeValueIteration({ model: twoStates });
    expect(averageReward).toBeCloseTo(7 / 3, 7);
    expect([states, policy.act([0]), policy.act([1])]).toEqual([2, 1, 0]);
  });

  test('settles where the best way is a cycle', async () => {
    // 0 -> 1 -> 0, earning 0 and 3.
    const cycle: DecisionModel = {
      name: 'cycle',
      start: [0],
      actions: 1,
      actionMask: () => Uint8Array.of(1),
      outcomes: () => Float64Array.of(1),
      advance: (state, _action, _outcome, next) => {
        next[0] = 1 - state[0]!;
        return 3 * state[0]!;
      },
    };
    expect((await relativeValueIteration({ model: cycle })).averageReward).toBeCloseTo(1.5, 7);
  });

  test('refuses probabilities that do not sum to 1, rewards that are no numbers, and states without actions', async () => {
    const solve = (wrong: Partial<DecisionModel>) =>
      expect(relativeValueIteration({ model: { ...twoStates, ...wrong } })).rejects;
    await solve({ outcomes: () => Float64Array.of(0.5, 0.4) }).toThrow(
      'probabilities sum to 1, received 0.9 (number).',
    );
    await solve({ advance: () => Number.NaN }).toThrow('`model` must have finite rewards, received NaN (number).');
    await solve({ actionMask: () => Uint8Array.of(0, 0) }).toThrow('have a legal action in every state');
    await expect(relativeValueIteration({ model: twoStates, maxSweeps: 1 })).rejects.toThrow(
      'must settle to 1e-8 in 1 sweeps',
    );
  });

  test('refuses a world without end', async () => {
    const [mask, certain] = [Uint8Array.of(1, 0), Float64Array.of(1)];
    const stock: DecisionModel = {
      ...twoStates,
      actionMask: () => mask,
      outcomes: () => certain,
      advance: (state, _action, _outcome, next) => {
        next[0] = state[0]! + 1;
        return 0;
      },
    };
    await expect(relativeValueIteration({ model: stock })).rejects.toThrow(
      '`model` must have at most 2000000 states that can be reached, received ',
    );
  });

  test('its policy answers outside of its states as in the nearest one, and legally', async () => {
    const { policy } = await relativeValueIteration({ model: twoStates });
    // State 0 leaves by action 1, state 1 has action 0 alone.
    expect([[-7], [0.4], [0.6], [1e9]].map((state) => policy.act(state))).toEqual([1, 1, 0, 0]);
    expect(policy.act([0], Uint8Array.of(1, 0))).toBe(0);
    expect(() => policy.act([Number.NaN])).toThrow('act: `observation` must hold finite numbers, received NaN');
    expect(() => policy.act([0, 1])).toThrow('act: `observation` must be a list of 1 numbers, received [0, 1]');
  });
});

describe('evaluatePolicy', () => {
  test('gives the average that arithmetic gives', async () => {
    const stay = { name: 'stay', act: () => 0 };
    const { averageReward, states } = await evaluatePolicy({ model: twoStates, policy: stay });
    expect([averageReward, states]).toEqual([expect.closeTo(1, 9), 1]);
  });

  test('asks for many states at once where the policy can answer so', async () => {
    const model = inventoryModel({ demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 4 });
    const one = baseStockPolicy({ level: 16 });
    const rows: number[] = [];
    const many = {
      name: 'many',
      act: () => Promise.reject(new Error('one by one')),
      actAll: async (observations: Float32Array, masks: Uint8Array, count: number) => {
        rows.push(count);
        expect([observations.length, masks.length]).toEqual([2 * count, 8 * count]);
        return Array.from({ length: count }, (_, row) =>
          one.act(observations.subarray(2 * row, 2 * row + 2), masks.subarray(8 * row, 8 * row + 8)),
        );
      },
    };
    const [first, second] = [
      await evaluatePolicy({ model, policy: one }),
      await evaluatePolicy({ model, policy: many }),
    ];
    expect(second).toEqual(first);
    expect(Math.max(...rows)).toBeGreaterThan(1);
  });

  test('agrees with a long simulation', async () => {
    const options = {
      demand: poissonDemand(3),
      leadTime: 1,
      holding: 1,
      penalty: 6,
      shelfLife: 2,
      wasteCost: 2,
      maxOrder: 8,
    };
    const policy = baseStockPolicy({ level: 8 });
    const exact = await evaluatePolicy({ model: inventoryModel(options), policy });
    const shop = inventoryEnvironment({ ...options, horizon: 200_000 });
    let { observation } = shop.reset({ seed: 11 });
    let sum = 0;
    for (let period = 0; period < 200_000; period += 1) {
      const step = shop.step(policy.act(observation));
      observation = step.observation;
      sum += step.reward;
    }
    // The standard error is about 0.01.
    expect(Math.abs(sum / 200_000 - exact.averageReward)).toBeLessThan(0.05);
  });

  test('refuses an illegal action by the name of the policy', async () => {
    const wild = { name: 'wild', act: () => 7 };
    await expect(evaluatePolicy({ model: twoStates, policy: wild })).rejects.toThrow(
      "take legal actions only ('wild'), received 7 (number).",
    );
  });
});
