import '../../../support/backends.js';
import {
  createDqn,
  type DqnAgent,
  decodeDqn,
  encodeDqn,
  inventoryEnvironment,
  poissonDemand,
  trainDqn,
} from 'minimart';
import { expect, test } from 'vitest';
import { type Forgery, forged } from '../../../support/forge-file.js';

const shop = () => inventoryEnvironment({ demand: poissonDemand(3), leadTime: 2, holding: 1, penalty: 4, horizon: 12 });
const config = { hidden: [6], batchSize: 4, replaySize: 30, seed: 1 };
const cases: Record<string, object> = {
  plain: {},
  'priorities, two heads, three steps': { prioritized: true, dueling: true, nStep: 3, targetUpdate: { every: 5 } },
  'its own optimizer': { optimizer: { learningRate: 0.01, beta1: 0.5 }, prioritized: { exponent: 1 }, loss: 'squared' },
};

async function trained(changes: object = {}, steps = 25): Promise<DqnAgent> {
  const { observationSpace, actionSpace } = shop();
  const sizes = { observationSize: observationSpace.low.length, actions: actionSpace.size };
  const agent = createDqn({ ...sizes, ...config, ...changes });
  await trainDqn({ agent, environment: shop(), steps, learningStarts: 8, validation: false, seed: 2 });
  return agent;
}

const seen = (place: number) => [place % 7, (3 * place) % 5];
const mask = (agent: DqnAgent) => Uint8Array.from({ length: agent.config.actions }, (_, action) => Number(action < 3));

/** A day of an agent at work, with exploration and learning. */
async function live(agent: DqnAgent): Promise<number[]> {
  const taken: number[] = [];
  for (let day = 0; day < 20; day += 1) {
    const action = agent.act(seen(day), { explore: 0.3, mask: mask(agent) });
    taken.push(action);
    const nextObservation = seen(day + 1);
    agent.observe({ observation: seen(day), action, reward: -day, nextObservation, terminated: day % 6 === 5 });
    if (day % 2 === 1) await agent.learn();
  }
  return taken;
}

test.each(Object.entries(cases))(
  'an agent acts as the one that was written, and learns on to the bit: %s',
  async (_, changes) => {
    for (const steps of [25, 60]) {
      const agent = await trained(changes, steps);
      const again = await decodeDqn(await encodeDqn(agent));
      expect(again.config).toEqual(agent.config);
      expect([again.stored(), again.updates()]).toEqual([agent.stored(), agent.updates()]);
      expect(again.values(seen(3))).toEqual(agent.values(seen(3)));
      expect(await live(again)).toEqual(await live(agent));
      expect(again.state()).toEqual(agent.state());
      const cold = await trained({ ...changes, seed: 5 }, steps);
      expect(again.values(seen(3))).not.toEqual(cold.values(seen(3)));
    }
  },
);

test('without its replay an agent acts the same, tells nothing of what it saw, and observes anew', async () => {
  const agent = await trained({ nStep: 3, prioritized: true });
  const [whole, few] = [await encodeDqn(agent), await encodeDqn(agent, { replay: false })];
  expect(few.length).toBeLessThan(whole.length);
  const again = await decodeDqn(few);
  expect(again.stored()).toBe(0);
  expect(again.state().window).toEqual([]);
  for (let place = 0; place < 9; place += 1) expect(again.values(seen(place))).toEqual(agent.values(seen(place)));
  await expect(again.learn()).rejects.toThrow(
    'learn: `updates` must wait until observe() has stored a batch, 4 transitions',
  );
  // Three steps are summed before one is stored.
  for (let day = 0; day < 6; day += 1) {
    again.observe({ observation: seen(day), action: 0, reward: 1, nextObservation: seen(day + 1), terminated: false });
  }
  expect(again.stored()).toBe(4);
  await again.learn();
});

test('what is no agent is not written, and options are looked at', async () => {
  await expect(encodeDqn({} as never)).rejects.toThrow('encodeDqn: `agent` must come from createDqn');
  const agent = createDqn({ observationSize: 2, actions: 2, ...config });
  await expect(encodeDqn(agent, { replay: 1 } as never)).rejects.toThrow('encodeDqn: `replay` must be true or false');
  await expect(encodeDqn(agent, { reply: true } as never)).rejects.toThrow('`reply` must be left out');
  const bytes = await encodeDqn(agent);
  await expect(decodeDqn(bytes, { maxBytes: 0 })).rejects.toThrow('decodeDqn: `maxBytes` must be a positive integer');
  await expect(decodeDqn(bytes, { maxBytes: 1000 })).rejects.toThrow(
    'decodeDqn: `bytes` must ask for at most `maxBytes` of memory, 1000, received',
  );
  expect((await decodeDqn(bytes)).stored()).toBe(0);
});

const attacks: Record<string, readonly [Forgery, string]> = {
  'a network of any size': [
    (description) => {
      description.config.hidden = [2 ** 10];
    },
    "hold a tensor 'agent/network' of the shape",
  ],
  'batches of any size': [
    (description) => {
      description.config.batchSize = 2 ** 20;
    },
    'ask for at most `maxBytes` of memory',
  ],
  'a replay of any size': [
    (description) => {
      description.config.replaySize = 2 ** 22;
    },
    'ask for at most `maxBytes` of memory',
  ],
  'a config of nothing': [
    (description) => {
      description.config = {};
    },
    'hold an agent that can be made',
  ],
  'a setting that there is not': [
    (description) => {
      description.config.path = '/';
    },
    'hold an agent that can be made',
  ],
  'more transitions than there is room for': [
    (description) => {
      description.replay.size = 31;
    },
    'hold a whole number from 0 to 30 at description.replay.size',
  ],
  'fewer transitions than it says': [
    (description) => {
      description.replay.size = 3;
    },
    "hold a tensor 'replay/observations' of the shape [3, 2]",
  ],
  'an action that there is not': [
    (_, tensors) => {
      tensors['replay/actions'].values[2] = 99;
    },
    'hold an agent that can be made',
  ],
  'one mask of two': [
    (description, tensors) => {
      delete tensors['replay/nextActionMasks'];
      const [size] = tensors['replay/actions'].shape;
      const { actions } = description.config;
      tensors['replay/actionMasks'] = { shape: [size, actions], values: new Uint8Array(size * actions) };
    },
    'hold an agent that can be made',
  ],
  'a scale of nothing': [
    (_, tensors) => {
      tensors['agent/scaling/spread'].values[0] = 0;
    },
    'hold an agent that can be made',
  ],
  'random streams that are none': [
    (description) => {
      description.agent.state.streams = [];
    },
    'hold an agent that can be made',
  ],
  'steps that never were': [
    (description) => {
      description.agent.state.window = [{ observation: [1, 2], action: 0 }];
    },
    'hold an agent that can be made',
  ],
  'no state': [
    (description) => {
      description.agent.state = null;
    },
    'hold an agent that can be made',
  ],
};

test.for(Object.entries(attacks))("a stranger's file is refused with a word: %s", async ([, [change, rule]]) => {
  const bytes = await encodeDqn(await trained());
  const refused = forged(bytes, change).then((file) => decodeDqn(file));
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(`decodeDqn: \`bytes\` must ${rule}`);
});

test('damage anywhere is found', async () => {
  const bytes = await encodeDqn(await trained());
  for (let at = 0; at < bytes.length; at += 37) {
    const damaged = bytes.slice();
    damaged[at]! ^= 1 << (at % 8);
    await expect(decodeDqn(damaged)).rejects.toThrow(/^decodeDqn: `bytes` must /);
  }
});
