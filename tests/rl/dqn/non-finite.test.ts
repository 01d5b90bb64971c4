import {
  createDqn,
  createRng,
  type DqnOptions,
  type DqnReport,
  dqnSteps,
  type Environment,
  memoryStore,
  NonFiniteLossError,
  type Transition,
  trainDqn,
} from 'minimart';
import { describe, expect, test } from 'vitest';

/** Rewards of about 1e-10, and one that no network takes in: beyond float32 in units of the others' deviation. */
function shaken(badAt: number): Environment {
  let count = 0;
  const observation = () => Float32Array.of(Math.sin(count));
  return {
    name: 'shaken',
    observationSpace: { kind: 'box', low: Float32Array.of(-1), high: Float32Array.of(1) },
    actionSpace: { kind: 'discrete', size: 2 },
    reset: () => ({ observation: observation() }),
    step: (action) => {
      count += 1;
      const reward = count === badAt ? 9e29 : 1e-10 * Math.cos(count + action);
      return { observation: observation(), reward, terminated: false, truncated: false };
    },
    state: () => ({ count }),
    restore: (state) => {
      ({ count } = state as { count: number });
    },
  };
}

const agentOf = () =>
  createDqn({ observationSize: 1, actions: 2, hidden: [8], batchSize: 16, replaySize: 500, seed: 1 });

// What is scaled by is taken at step 100 and again at 200 stored transitions: the runs end before that.
const run = (onNonFinite: 'skip' | 'rollback', steps = 160) =>
  ({
    ...{ agent: agentOf(), environment: shaken(110), steps, learningStarts: 100, reportEvery: 1 },
    ...{ validation: false as const, exploringStarts: false as const, onNonFinite },
  }) satisfies DqnOptions;

async function follow(onNonFinite: 'skip' | 'rollback') {
  const options = run(onNonFinite);
  const seen: { report: DqnReport; network: Float32Array }[] = [];
  for await (const report of dqnSteps(options)) seen.push({ report, network: options.agent.state().network });
  return seen;
}

describe('a reward that no network takes in', () => {
  test('is skipped with every batch that holds it, which leaves networks, moments and counts as they were', async () => {
    const seen = await follow('skip');
    const faults = seen.filter(({ report }) => report.nonFinite);
    expect(faults.length).toBeGreaterThan(1);
    for (const { report, network } of seen.slice(100)) {
      const before = seen[report.step - 2]!;
      if (report.nonFinite) {
        expect(report.nonFinite).toMatchObject([{ step: report.step, network: 'Q-network', action: 'skip' }]);
        expect(network).toEqual(before.network);
        expect(report.updates).toBe(before.report.updates);
      } else {
        expect(network).not.toEqual(before.network);
        expect(report.updates).toBe(before.report.updates + 1);
      }
    }
    expect(faults.every(({ report }) => report.step >= 110)).toBe(true);
  });

  test('leads back to the copy of the first update', async () => {
    const seen = await follow('rollback');
    const start = seen[98]!.network;
    const faults = seen.filter(({ report }) => report.nonFinite);
    expect(faults.length).toBeGreaterThan(1);
    for (const { report, network } of faults) {
      expect(report.nonFinite).toMatchObject([{ step: report.step, action: 'rollback', backTo: 99 }]);
      expect(network).toEqual(start);
      expect(report.updates).toBe(0);
    }
  });
});

test.each(['skip', 'rollback'] as const)('%s goes on from a checkpoint to the last bit', async (onNonFinite) => {
  // Said, because the default follows from the number of steps.
  const exploration = { from: 1, to: 0.05, over: 16 };
  const whole = run(onNonFinite);
  const { history } = await trainDqn({ ...whole, exploration });
  const store = memoryStore();
  await trainDqn({ ...run(onNonFinite, 125), exploration, checkpoint: { store } });
  const rest = run(onNonFinite);
  const gone = await trainDqn({ ...rest, exploration, checkpoint: { store }, resume: store });
  expect(rest.agent.state().network).toEqual(whole.agent.state().network);
  const entries = history.map(({ nonFinite }) => nonFinite);
  expect(gone.history.map(({ nonFinite }) => nonFinite)).toEqual(entries);
  // Faults lie on both sides of the checkpoint.
  expect(entries.findIndex((each) => each)).toBeLessThan(125);
  expect(entries.findLastIndex((each) => each)).toBeGreaterThan(125);
});

describe('weights that break at every update', () => {
  const wild = () =>
    createDqn({ observationSize: 1, actions: 2, batchSize: 8, conservative: 1, optimizer: { learningRate: 3e38 } });
  const log = (): Transition[] => {
    const rng = createRng(3);
    return Array.from({ length: 40 }, () => ({
      ...{ observation: [rng.normal()], nextObservation: [rng.normal()] },
      ...{ action: rng.integer(2), reward: rng.normal(), terminated: false },
    }));
  };

  test.each([
    ['skip', 100],
    ['rollback', 10],
  ] as const)('of a log: %s gives up after %i', async (onNonFinite, most) => {
    const options = { agent: wild(), transitions: log(), onNonFinite, reportEvery: 1 };
    const { history } = await trainDqn({ ...options, steps: most });
    expect(history.map(({ nonFinite }) => nonFinite?.length)).toEqual(history.map(() => 1));
    expect(history[0]!.nonFinite).toMatchObject([{ what: 'weights', layer: 'dqn_dense_0', network: 'Q-network' }]);
    const error = await trainDqn({ ...options, agent: wild(), transitions: log(), steps: most + 1 }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(NonFiniteLossError);
  });

  test('words that are no action are refused', async () => {
    const options = { agent: wild(), transitions: log(), steps: 3, onNonFinite: 'no' as never };
    await expect(trainDqn(options)).rejects.toThrow(
      "trainDqn: `onNonFinite` must be one of 'throw', 'skip', 'rollback'",
    );
  });
});
