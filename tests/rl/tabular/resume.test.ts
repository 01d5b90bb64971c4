import {
  cartPoleEnvironment,
  type Environment,
  inventoryEnvironment,
  memoryStore,
  poissonDemand,
  pricingEnvironment,
  type QTableReport,
  type TrainQTableOptions,
  trainQTable,
} from 'minimart';
import { expect, test } from 'vitest';

type Options = Omit<TrainQTableOptions, 'environment' | 'steps' | 'stateOf'>;
type Case = [make: () => Environment, options: Options, steps?: number];

const shop = (horizon?: number) =>
  inventoryEnvironment({
    demand: poissonDemand(3),
    ...{ leadTime: 1, holding: 1, penalty: 4, maxOrder: 5, ...(horizon && { horizon }) },
  });
const coarse = ([place, , angle]: Float32Array) => [Math.round(place! / 2), Math.round(20 * angle!)];

/** Without a word of where it stands: what was done is done again. */
function silent(environment: Environment): Environment {
  const { state: _, restore: __, ...rest } = environment;
  return rest;
}

const moving = { exploration: { from: 1, to: 0.1, over: 30 } };
const cases: Record<string, Case> = {
  'the average reward': [shop, { reportEvery: 7 }],
  'seasons, with a discount': [() => shop(6), { discount: 0.9, learningRate: { power: 0.6 }, ...moving }],
  'an environment that says nothing': [() => silent(shop(9)), { discount: 0.9, reportEvery: 11 }],
  'the cart': [cartPoleEnvironment, { discount: 0.9, initialValue: 1, reportEvery: 10 }],
  prices: [() => pricingEnvironment({ prices: [8, 10], demand: () => 2, horizon: 9 }), { discount: 1, reportEvery: 9 }],
};

const steps = 41;
const optionsOf = ([make, options]: Case) => {
  const environment = make();
  const stateOf = environment.observationSpace.low.length === 4 ? coarse : (seen: Float32Array) => seen.map(Math.round);
  return { environment, stateOf, steps, seed: 3, maxStates: 300, ...options };
};
const untimed = (history: readonly QTableReport[]) => history.map(({ samplesPerSecond: _, ...rest }) => rest);

test.each(Object.entries(cases))(
  'stopped after any step and gone on, a run ends with the same bits: %s',
  async (_, each) => {
    const whole = await trainQTable(optionsOf(each));
    for (let stop = 1; stop < steps; stop += 1) {
      const store = memoryStore();
      const failing = {
        ...store,
        write: async (name: string, bytes: Uint8Array) => {
          if (Number(name.slice(-12)) > stop) throw new Error('stop');
          await store.write(name, bytes);
        },
      };
      const stopped = trainQTable({ ...optionsOf(each), checkpoint: { store: failing, everySteps: 1, keep: 1 } });
      await expect(stopped).rejects.toThrow('stop');
      expect((await store.list()).map((name) => Number(name.slice(-12)))).toEqual([stop]);
      const end = await trainQTable({ ...optionsOf(each), resume: store });
      expect(end.q).toEqual(whole.q);
      expect(end.states()).toEqual(whole.states());
      expect(untimed(end.history)).toEqual(untimed(whole.history));
    }
  },
);

test('a run that goes on is not one that begins anew', async () => {
  const store = memoryStore();
  const run = { ...optionsOf([shop, { reportEvery: 7 }]), steps: 20 };
  await trainQTable({ ...run, checkpoint: { store } });
  const { q, history } = await trainQTable({ ...run, resume: store });
  const cold = await trainQTable({ ...run, environment: shop() });
  expect(q).toEqual(cold.q);
  const longer = await trainQTable({ ...run, environment: shop(), steps: 60, resume: store });
  const whole = await trainQTable({ ...run, environment: shop(), steps: 60 });
  const anew = await trainQTable({ ...run, environment: shop(), steps: 40 });
  expect(longer.q).toEqual(whole.q);
  expect(longer.q).not.toEqual(anew.q);
  // The end of the shorter run was reported too.
  expect(longer.history.map(({ step }) => step)).toEqual([7, 14, 20, 21, 28, 35, 42, 49, 56, 60]);
  expect(history.map(({ step }) => step)).toEqual([7, 14, 20]);
});

test('chunks end where checkpoints are due, and the signal leaves one behind', async () => {
  const store = memoryStore();
  const written: number[] = [];
  const counting = {
    ...store,
    write: async (name: string, bytes: Uint8Array) => {
      written.push(Number(name.slice(-12)));
      await store.write(name, bytes);
    },
  };
  const controller = new AbortController();
  const run = trainQTable({
    environment: shop(),
    ...{ steps: 10_000, reportEvery: 250, signal: controller.signal, checkpoint: { store: counting, everySteps: 100 } },
    onProgress: ({ step }) => {
      if (step === 250) controller.abort(new Error('enough'));
    },
  });
  await expect(run).rejects.toThrow('enough');
  expect(written).toEqual([100, 200, 250]);
});

test('a run of other settings is refused with the list', async () => {
  const store = memoryStore();
  const run = { environment: shop(), steps: 20, learningRate: { power: 0.8 }, seed: 1 };
  await trainQTable({ ...run, checkpoint: { store } });
  await expect(trainQTable({ ...run, learningRate: { power: 0.6 }, seed: 2, resume: store })).rejects.toThrow(
    'trainQTable: `resume` must hold a run of these settings, but for those named in `resume.allow`, received another: ' +
      'learningRate.power was 0.8, is 0.6; seed was 1, is 2.',
  );
  await expect(trainQTable({ ...run, steps: 10, resume: store })).rejects.toThrow('steps was 20, is 10');
  await expect(trainQTable({ ...run, environment: shop(4), resume: store })).rejects.toThrow(
    'environment.options.horizon',
  );
  await expect(trainQTable({ ...run, checkpoint: { store } })).rejects.toThrow('trainQTable: `checkpoint.store` must');
  await expect(trainQTable({ ...run, checkpoint: {} as never })).rejects.toThrow('trainQTable: `checkpoint.store`');
});
