import {
  cartPoleEnvironment,
  type Environment,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  learnFromDemand,
  poissonDemand,
  restoreTablePolicy,
  trainQTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { zipkinTable } from '../../support/zipkin-table.js';

const options = { demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 };
const optimal = zipkinTable.find(
  ({ demand, penalty, leadTime }) => demand === 'poisson' && penalty === 4 && leadTime === 1,
)!.optimal;

async function costOf(policy: Parameters<typeof evaluatePolicy>[0]['policy']): Promise<number> {
  return -(await evaluatePolicy({ model: inventoryModel({ ...options, maxOrder: 7 }), policy })).averageReward;
}

describe('trainQTable', () => {
  test.each([1, 2, 3])('comes within 2%% of the optimum with the defaults, seed %d', async (seed) => {
    const { policy } = await trainQTable({ environment: inventoryEnvironment(options), steps: 1_000_000, seed });
    expect(await costOf(policy)).toBeLessThan(1.02 * optimal);
  });

  test('so it does with a discount', async () => {
    const discounted = { steps: 1_000_000, discount: 0.95, learningRate: { power: 0.6 }, seed: 1 };
    const { policy } = await trainQTable({ environment: inventoryEnvironment(options), ...discounted });
    expect(await costOf(policy)).toBeLessThan(1.02 * optimal);
  });

  test('the same seed gives the same table, another seed another', async () => {
    const run = async (seed: number) =>
      (await trainQTable({ environment: inventoryEnvironment(options), steps: 2500, seed, maxStates: 100 })).q.values;
    const [first, again, other] = [await run(5), await run(5), await run(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('reports steps, states and the mean reward, and ends where it was told to', async () => {
    const reports: number[][] = [];
    const { steps, history } = await trainQTable({
      environment: inventoryEnvironment({ ...options, demand: [2], maxOrder: 1, horizon: 1 }),
      steps: 2500,
      reportEvery: 1000,
      exploration: { from: 1, to: 0.5, over: 2000 },
      onProgress: (report) => {
        reports.push([report.step, report.totalSteps, report.states, report.meanReward, report.exploration]);
      },
    });
    // Every episode begins with empty shelves and meets a demand of 2: 8 in penalties. An order may arrive after it.
    expect(reports).toEqual([
      [1000, 2500, 2, -8, 0.75],
      [2000, 2500, 2, -8, 0.5],
      [2500, 2500, 2, -8, 0.5],
    ]);
    expect([steps, history.length, history.at(-1)!.states]).toEqual([2500, 3, 2]);
  });

  test('stops at the signal', async () => {
    const controller = new AbortController();
    const run = trainQTable({
      environment: inventoryEnvironment(options),
      steps: 1e9,
      reportEvery: 1000,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });

  test('finds what ends well, where episodes truly end', async () => {
    // Action 1 goes right and earns 1 at the place 3, action 0 ends it all with 0.1.
    let place = 0;
    const walk: Environment = {
      name: 'walk',
      observationSpace: { kind: 'box', low: Float32Array.of(0), high: Float32Array.of(3) },
      actionSpace: { kind: 'discrete', size: 2 },
      reset: () => {
        place = 0;
        return { observation: Float32Array.of(0) };
      },
      step: (action) => {
        place += action;
        const terminated = action === 0 || place === 3;
        return {
          observation: Float32Array.of(place),
          reward: action === 0 ? 0.1 : place === 3 ? 1 : 0,
          terminated,
          truncated: false,
        };
      },
    };
    const { policy, q } = await trainQTable({ environment: walk, steps: 5000, discount: 0.5, initialValue: 1 });
    expect([0, 1, 2].map((at) => policy.act([at]))).toEqual([1, 1, 1]);
    // 0.5^2, 0.5, 1: states are numbered as they were met.
    expect([q.values[1], q.values[3], q.values[5]].map((value) => value!.toFixed(3))).toEqual([
      '0.250',
      '0.500',
      '1.000',
    ]);
    await expect(trainQTable({ environment: walk, steps: 100 })).rejects.toThrow(
      'trainQTable: `discount` must be given where episodes truly end, received undefined.',
    );
  });

  test('refuses fractions without `stateOf`, more states than there is room for, and wrong options', async () => {
    const environment = inventoryEnvironment(options);
    const train = (wrong: object) => trainQTable({ environment, steps: 10_000, ...wrong });
    await expect(train({ maxStates: 3 })).rejects.toThrow(
      'trainQTable: `maxStates` must be at least the number of states, received 3 (number).',
    );
    await expect(train({ discount: 1.5 })).rejects.toThrow('trainQTable: `discount` must be a number in [0, 1]');
    await expect(train({ learningRate: { power: 2 } })).rejects.toThrow('trainQTable: `learningRate.power` must be');
    await expect(train({ exploration: -1 })).rejects.toThrow('trainQTable: `exploration` must be a number in [0, 1]');
    await expect(train({ steps: 0 })).rejects.toThrow('trainQTable: `steps` must be a positive integer, received 0');
    const half: Environment = { ...environment, reset: () => ({ observation: Float32Array.of(0.5) }) };
    await expect(train({ environment: half })).rejects.toThrow(
      '`stateOf` must be given where observations are not whole',
    );
  });
});

describe('what was learned, written down as JSON', () => {
  const shop = { demand: poissonDemand(3), leadTime: 1, holding: 1, penalty: 4, maxOrder: 5 };

  test('acts as the policy that it was taken from, also in states that were never met', async () => {
    const { policy, state } = await trainQTable({ environment: inventoryEnvironment(shop), steps: 5000, seed: 1 });
    const again = restoreTablePolicy(JSON.parse(JSON.stringify(state())));
    const mask = Uint8Array.of(1, 1, 0, 0, 0, 0);
    for (let stock = 0; stock < 40; stock += 1) {
      expect([stock, again.act([stock]), again.act([stock], mask), again.knows([stock])]).toEqual([
        stock,
        policy.act([stock]),
        policy.act([stock], mask),
        policy.knows([stock]),
      ]);
    }
    expect(again.asked()).toEqual(policy.asked());
  });

  test('needs `stateOf` again where there was one', async () => {
    const stateOf = ([place, , angle]: Float32Array) => [Math.round(place! / 2), Math.round(20 * angle!)];
    const environment = cartPoleEnvironment();
    const { policy, state } = await trainQTable({ environment, steps: 300, discount: 0.9, stateOf });
    const written = state();
    const seen = Float32Array.of(0.3, 0, -0.06, 0);
    expect(restoreTablePolicy(written, { stateOf }).act(seen)).toBe(policy.act(seen));
    expect(() => restoreTablePolicy(written).act(seen)).toThrow('act: `stateOf` must always give 2 numbers');
    expect(() => restoreTablePolicy(written).act([0.5, 1])).toThrow('act: `stateOf` must be given where');
  });

  test('of demand orders nothing where the problem does not lead', async () => {
    const { policy, state } = await learnFromDemand({ observed: [1, 4, 2], leadTime: 1, holding: 1, penalty: 4 });
    const again = restoreTablePolicy(JSON.parse(JSON.stringify(state())));
    const stocks = Array.from({ length: 12 }, (_, stock) => stock);
    expect(stocks.map((stock) => again.act([stock]))).toEqual(stocks.map((stock) => policy.act([stock])));
    expect([again.act([99]), policy.act([99])]).toEqual([0, 0]);
    expect(again.asked()).toEqual(policy.asked());
  });

  test('is looked at before it is believed', () => {
    const state = {
      name: 'a',
      actions: 2,
      otherwise: 'first' as const,
      states: [[0], [1]],
      values: [
        [1, null],
        [2, 3],
      ],
    };
    const wrong: [object, string][] = [
      [{ actions: 0 }, '`state.actions` must be a positive integer'],
      [{ otherwise: 'best' }, '`state.otherwise` must be'],
      [{ states: [[0], [0]] }, '`state.states[1]` must stand there once'],
      [{ states: [[0], [1, 2]] }, '`state.states[1]` must be a list of whole numbers'],
      [{ values: [[1, null]] }, '`state.values` must hold 2 lists'],
      [
        {
          values: [
            [1, null],
            [2, Number.NaN],
          ],
        },
        '`state.values[1]` must be a list of 2 finite numbers or nulls',
      ],
      [{ more: 1 }, '`more` must be left out'],
    ];
    for (const [change, message] of wrong) {
      expect(() => restoreTablePolicy({ ...state, ...change })).toThrow(`restoreTablePolicy: ${message}`);
    }
    expect(restoreTablePolicy(state).act([1])).toBe(1);
  });
});
