import '../../support/backends.js';
import {
  cartPoleEnvironment,
  createDqn,
  type DqnReport,
  type Environment,
  inventoryEnvironment,
  memoryStore,
  poissonDemand,
  pricingEnvironment,
  trainDqn,
} from 'minimart';
import { expect, test } from 'vitest';

const shop = () => inventoryEnvironment({ demand: poissonDemand(3), leadTime: 2, holding: 1, penalty: 4, horizon: 12 });

/** Without a word of where it stands: what was done is done again. */
function silent(): Environment {
  const { state: _, restore: __, ...rest } = cartPoleEnvironment();
  return rest;
}

const steps = 30;
const cases: Record<string, [() => Environment, object, object]> = {
  'three steps, priorities, two heads': [
    shop,
    { nStep: 3, prioritized: true, dueling: true },
    { validation: { every: 10, episodes: 3 } },
  ],
  'starts anywhere, another arena': [
    shop,
    {},
    { exploringStarts: 0.5, validation: { environment: shop(), every: 7, episodes: 2 } },
  ],
  'an environment that says nothing': [silent, { nStep: 2 }, { validation: { every: 9, episodes: 2, patience: 9 } }],
  'the cart': [() => cartPoleEnvironment(), {}, { updateEvery: 3, validation: { episodes: 3 } }],
  prices: [() => pricingEnvironment({ prices: [8, 10, 12], demand: () => 2, horizon: 9 }), {}, { validation: false }],
};

function partsOf([make, config, options]: (typeof cases)[string]) {
  const environment = make();
  const { observationSpace, actionSpace } = environment;
  const sizes = { observationSize: observationSpace.low.length, actions: actionSpace.size };
  const agent = createDqn({ ...sizes, hidden: [8], batchSize: 4, replaySize: 30, seed: 1, ...config });
  return {
    agent,
    run: { ...{ agent, environment, steps, learningStarts: 6, reportEvery: 5, seed: 2 }, ...options },
  };
}

const untimed = (history: readonly DqnReport[]) => history.map(({ samplesPerSecond: _, ...rest }) => rest);

test.each(Object.entries(cases))(
  'stopped after any step and gone on, a run ends with the same bits: %s',
  async (_, each) => {
    const whole = partsOf(each);
    const { history } = await trainDqn(whole.run);
    const expected = whole.agent.state();
    for (let stop = 1; stop < steps; stop += 1) {
      const store = memoryStore();
      const failing = {
        ...store,
        write: async (name: string, bytes: Uint8Array) => {
          if (Number(name.slice(-12)) > stop) throw new Error('stop');
          await store.write(name, bytes);
        },
      };
      const first = partsOf(each);
      const stopped = trainDqn({ ...first.run, checkpoint: { store: failing, everySteps: 1, keep: 1 } });
      await expect(stopped).rejects.toThrow('stop');
      const again = partsOf(each);
      const end = await trainDqn({ ...again.run, checkpoint: { store }, resume: store });
      expect(untimed(end.history)).toEqual(untimed(history));
      expect(again.agent.state()).toEqual(expected);
    }
  },
);

test('a run on a log goes on with the same bits', async () => {
  const make = () =>
    createDqn({ observationSize: 1, actions: 2, hidden: [4], batchSize: 4, replaySize: 30, conservative: 1 });
  const transitions = Array.from({ length: 20 }, (_, day) => {
    return {
      observation: [day % 3],
      action: day % 2,
      reward: day % 5,
      nextObservation: [(day + 1) % 3],
      terminated: day === 19,
    };
  });
  const whole = make();
  const { history } = await trainDqn({ agent: whole, transitions, steps: 12, reportEvery: 5 });
  const store = memoryStore();
  await trainDqn({
    agent: make(),
    transitions,
    steps: 7,
    reportEvery: 5,
    checkpoint: { store, everySteps: 1, keep: 9 },
  });
  for (const name of (await store.list()).toSorted().slice(-1)) await store.remove(name);
  const again = make();
  const end = await trainDqn({ agent: again, transitions, steps: 12, reportEvery: 5, resume: store });
  expect(end.history.map(({ loss }) => loss)).toEqual(history.map(({ loss }) => loss));
  expect(again.state()).toEqual(whole.state());
});

test('an environment that does not do the same again is refused', async () => {
  let luck = 0;
  const moody = (): Environment => {
    const pole = silent();
    return {
      ...pole,
      reset: (options) => {
        luck += 1;
        return pole.reset(options);
      },
      step: (action) => {
        const { observation, ...rest } = pole.step(action);
        return { ...rest, observation: observation.map((each) => each + luck / 1000) };
      },
    };
  };
  const store = memoryStore();
  const agent = () => createDqn({ observationSize: 4, actions: 2, hidden: [4], batchSize: 4 });
  const run = () =>
    ({ agent: agent(), environment: moody(), steps: 8, validation: false, checkpoint: { store } }) as const;
  await trainDqn(run());
  await expect(trainDqn({ ...run(), steps: 20, resume: store })).rejects.toThrow(
    /^trainDqn: `environment` must lead to the same place by the same seed and actions/,
  );
});
