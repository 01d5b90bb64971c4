import {
  type Environment,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
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
  test.each([1, 2])('comes within two percent of the optimum with the defaults, seed %s', async (seed) => {
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
