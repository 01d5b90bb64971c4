import {
  cartPoleEnvironment,
  createDqn,
  type DqnOptions,
  dqnSteps,
  type Environment,
  type Transition,
  trainDqn,
} from 'minimart';
import { describe, expect, test } from 'vitest';

/** A corridor of five places: to the right end is worth 1, each step costs 0.01, and ends after 30 steps. */
function corridor(): Environment {
  let [place, steps] = [0, 0];
  const seen = () => Float32Array.from({ length: 5 }, (_, at) => (at === place ? 1 : 0));
  // At the left end there is no way left.
  const mask = () => Uint8Array.of(place > 0 ? 1 : 0, 1);
  return {
    name: 'corridor',
    observationSpace: { kind: 'box', low: new Float32Array(5), high: new Float32Array(5).fill(1) },
    actionSpace: { kind: 'discrete', size: 2 },
    reset: () => {
      [place, steps] = [0, 0];
      return { observation: seen(), actionMask: mask() };
    },
    step: (action) => {
      if (action === 0 && place === 0) throw new Error('an illegal action was taken');
      place += action === 1 ? 1 : -1;
      steps += 1;
      const terminated = place === 4;
      const reward = terminated ? 1 : -0.01;
      return { observation: seen(), actionMask: mask(), reward, terminated, truncated: !terminated && steps >= 30 };
    },
  };
}

const agentFor = (change = {}) =>
  createDqn({
    observationSize: 5,
    actions: 2,
    hidden: [16],
    batchSize: 32,
    optimizer: { learningRate: 5e-3 },
    seed: 2,
    ...change,
  });

describe('trainDqn', () => {
  test.each([
    {},
    { double: false, loss: 'squared' },
    { dueling: true, prioritized: true },
    { nStep: 3, targetUpdate: { every: 20 } },
  ])('finds the way through a corridor, and its value: %j', async (change) => {
    const agent = agentFor({ ...change, discount: 0.9 });
    const run = await trainDqn({ agent, environment: corridor(), steps: 1500, seed: 1 });
    // 1 - 3 * 0.01
    expect(run.best!.meanReturn).toBeCloseTo(0.97, 6);
    const value = agent.values([0, 0, 1, 0, 0])[1]!;
    // From the third place: -0.01 + 0.9 * 1
    expect(Math.abs(value - 0.89)).toBeLessThan(0.1);
  });

  test('leaves the agent with the best policy it saw, not the last', async () => {
    const agent = createDqn({ observationSize: 4, actions: 2, hidden: [16], batchSize: 16, seed: 4 });
    const validation = { every: 100, episodes: 3 };
    const returns: number[] = [];
    const run = await trainDqn({
      agent,
      environment: cartPoleEnvironment(),
      steps: 1200,
      seed: 4,
      validation,
      reportEvery: 100,
      learningStarts: 100,
      onProgress: (report) => {
        returns.push(report.validation!.meanReturn);
      },
    });
    expect(run.best!.meanReturn).toBe(Math.max(...returns));
    // Training on from the same seed plays the same episodes: the first measurement of a run that does not learn.
    const again = await trainDqn({
      agent,
      environment: cartPoleEnvironment(),
      steps: 16,
      seed: 4,
      validation: { every: 16, episodes: 3 },
      learningStarts: 16,
      updateEvery: 17,
    });
    expect(again.best!.meanReturn).toBe(run.best!.meanReturn);
  });

  test('ends at the goal', async () => {
    const run = await trainDqn({
      agent: agentFor(),
      environment: corridor(),
      steps: 5000,
      validation: { every: 50, goal: 0.9 },
    });
    expect(run.steps).toBeLessThan(5000);
    expect(run.best!.meanReturn).toBeGreaterThanOrEqual(0.9);
  });

  test('ends when patience is over', async () => {
    // Nothing is learned, so that all measurements are equal, of which the later is the best.
    const still = { agent: agentFor(), environment: corridor(), steps: 500, learningStarts: 32, updateEvery: 1000 };
    const equal = await trainDqn({ ...still, validation: { every: 100, episodes: 1, patience: 1 } });
    expect(equal.best!.at).toBe(500);
    // From the second on each costs one more.
    let [resets, cost] = [0, 0];
    const shop = corridor();
    const dearer: Environment = {
      ...shop,
      reset: (options) => {
        cost = resets++;
        return shop.reset(options);
      },
      step: (action) => ({ ...shop.step(action), reward: -cost }),
    };
    const validation = { every: 100, episodes: 1, environment: dearer, patience: 2 };
    const run = await trainDqn({ ...still, agent: agentFor(), steps: 5000, validation });
    expect([run.steps, run.best!.at]).toEqual([300, 100]);
    expect(run.history.filter(({ validation }) => validation).map(({ step }) => step)).toEqual([100, 200, 300]);
  });

  describe('leaves the agent with its best policy', () => {
    const stop = new Error('stop');
    const ends: Record<string, (options: DqnOptions, controller: AbortController) => Promise<unknown>> = {
      'at the end': (options) => trainDqn({ ...options, steps: 300 }),
      'when patience is over': (options) =>
        trainDqn({ ...options, validation: { ...(options.validation as object), patience: 2 } }),
      'after an abort': (options, controller) =>
        trainDqn({ ...options, onProgress: ({ step }) => (step === 300 ? controller.abort(stop) : undefined) }),
      'where the iteration is left': async (options) => {
        for await (const { step } of dqnSteps(options)) if (step === 300) break;
      },
      'after an error': (options) =>
        trainDqn({
          ...options,
          onProgress: ({ step }) => {
            if (step === 300) throw stop;
          },
        }),
    };

    test.each(Object.keys(ends))('%s', async (name) => {
      const controller = new AbortController();
      const agent = agentFor();
      const seen: Float32Array[] = [];
      const place = corridor();
      // The first measurement is the best, whatever is learned.
      const judge: Environment = {
        ...place,
        reset: (options) => {
          seen.push(agent.weights());
          return place.reset(options);
        },
        step: (action) => ({ ...place.step(action), reward: -seen.length, terminated: true }),
      };
      const validation = { every: 100, episodes: 1, environment: judge };
      const options = { agent, environment: corridor(), steps: 1000, reportEvery: 100, learningStarts: 50, validation };
      await ends[name]!({ ...options, signal: controller.signal }, controller).catch((error) =>
        expect(error).toBe(stop),
      );
      expect(seen).toHaveLength(3);
      // Weights are handed out for observations as they come: what these were scaled by has changed, and rounds.
      const apart = (weights: Float32Array) =>
        Math.max(...agent.weights().map((each, at) => Math.abs(each - weights[at]!)));
      expect(apart(seen[0]!)).toBeLessThan(1e-5);
      expect(apart(seen[2]!)).toBeGreaterThan(1e-3);
    });
  });

  test('gives the same bits for the same seeds', async () => {
    const run = async () => {
      const agent = agentFor();
      await trainDqn({ agent, environment: corridor(), steps: 300, seed: 3 });
      return agent.weights();
    };
    expect(await run()).toEqual(await run());
  });

  test('stops at a signal with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ step }: { step: number }) => {
      if (step === 20) controller.abort(reason);
    };
    const options = {
      agent: agentFor(),
      environment: corridor(),
      steps: 300,
      reportEvery: 10,
      signal: controller.signal,
    };
    await expect(trainDqn({ ...options, onProgress })).rejects.toBe(reason);
  });

  test('takes a share of its steps from anywhere, singly and after the first, and does not count them as episodes', async () => {
    // From reset ten steps worth 1 each; from anywhere steps that cost 1000, told apart by what is shown.
    let [began, isAnywhere, length, time] = [0, false, 0, 0];
    const anywhere: number[] = [];
    const lengths: number[] = [];
    const begin = (value: boolean) => {
      if (began > 0) lengths.push(length);
      [began, isAnywhere, length] = [began + 1, value, 0];
      if (value) anywhere.push(time);
      return { observation: Float32Array.of(value ? 1 : 0) };
    };
    const environment: Environment = {
      name: 'two places',
      observationSpace: { kind: 'box', low: new Float32Array(1), high: new Float32Array(1).fill(1) },
      actionSpace: { kind: 'discrete', size: 2 },
      reset: () => begin(false),
      resetAnywhere: () => begin(true),
      step: () => {
        [length, time] = [length + 1, time + 1];
        const observation = Float32Array.of(isAnywhere ? 1 : 0);
        return { observation, reward: isAnywhere ? -1000 : 1, terminated: false, truncated: length >= 10 };
      },
    };
    const agent = createDqn({ observationSize: 1, actions: 2, hidden: [4], batchSize: 16 });
    const options = { agent, environment, validation: false as const, learningStarts: 200, exploringStarts: 0.1 };
    const run = await trainDqn({ ...options, steps: 1000, reportEvery: 100 });
    for (const { meanReturn } of run.history) expect(meanReturn).toBe(10);
    expect(Math.min(...anywhere)).toBeGreaterThanOrEqual(200);
    // A tenth of 800 steps, but for the last episode's ten.
    expect(Math.abs(anywhere.length - 80)).toBeLessThanOrEqual(1);
    expect(new Set(lengths)).toEqual(new Set([1, 10]));
  });

  test('refuses an environment that returns NaN', async () => {
    const broken = corridor();
    const environment: Environment = { ...broken, step: (action) => ({ ...broken.step(action), reward: Number.NaN }) };
    await expect(trainDqn({ agent: agentFor(), environment, steps: 50 })).rejects.toThrow('`reward` must be a finite');
  });

  test.each([
    [{ steps: 0 }, '`steps`'],
    [{ learningStarts: 8 }, '`learningStarts` must be at least a batch, 32'],
    [{ exploration: { from: 2, to: 0, over: 1 } }, '`exploration.from`'],
    [{ validation: { episodes: 0 } }, '`validation.episodes`'],
    [{ validation: { patience: 0 } }, '`validation.patience`'],
    [{ environment: cartPoleEnvironment() }, '`environment` must have observations of 5 numbers'],
  ] as const)('refuses %j', async (change, message) => {
    const options = { agent: agentFor(), environment: corridor(), steps: 50, ...change };
    await expect(trainDqn(options)).rejects.toThrow(`trainDqn: ${message}`);
  });
});

test('dqnSteps can be left at any report', async () => {
  const steps: number[] = [];
  const options = {
    agent: agentFor(),
    environment: corridor(),
    steps: 300,
    reportEvery: 25,
    validation: false as const,
  };
  for await (const { step } of dqnSteps(options)) {
    steps.push(step);
    if (step >= 75) break;
  }
  expect(steps).toEqual([25, 50, 75]);
});

describe('from a log', () => {
  // One state; action 0 earned about 1, action 1 about 0, action 2 was never tried.
  const log = (): Transition[] =>
    Array.from({ length: 120 }, (_, index) => ({
      observation: [1, index % 5],
      action: index % 2,
      reward: index % 2 === 0 ? 1 : 0,
      nextObservation: [1, (index + 1) % 5],
      terminated: index % 10 === 9,
    }));
  const agentWith = (conservative: number) =>
    createDqn({
      observationSize: 2,
      actions: 3,
      hidden: [16],
      batchSize: 32,
      replaySize: 200,
      conservative,
      discount: 0.9,
      seed: 1,
      optimizer: { learningRate: 3e-3 },
    });

  test('the conservative penalty holds what was never tried below what was', async () => {
    const agent = agentWith(1);
    const run = await trainDqn({ agent, transitions: log(), steps: 400 });
    expect(run.steps).toBe(400);
    for (let place = 0; place < 5; place += 1) {
      const [first, second, third] = agent.values([1, place]) as Float32Array & [number, number, number];
      expect(first).toBeGreaterThan(second);
      expect(third).toBeLessThan(second);
      expect(agent.act([1, place])).toBe(0);
    }
  });

  test('is refused without the penalty, without room, and without a batch', async () => {
    const train = (agent: ReturnType<typeof agentWith>, transitions: Transition[]) =>
      trainDqn({ agent, transitions, steps: 5 });
    await expect(train(agentWith(0), log())).rejects.toThrow('trainDqn: `agent` must have `conservative` above 0');
    await expect(train(agentWith(1), [...log(), ...log()])).rejects.toThrow('`replaySize` for all 240 transitions');
    await expect(train(agentWith(1), log().slice(0, 9))).rejects.toThrow('`transitions` must hold a batch of 32');
  });
});
