import {
  cartPoleEnvironment,
  createQTable,
  decodeQTable,
  encodeQTable,
  inventoryEnvironment,
  type LearnedQTable,
  learnFromDemand,
  poissonDemand,
  trainQTable,
} from 'minimart';
import { expect, test } from 'vitest';
import { type Forgery, forged } from '../../../support/forge-file.js';

const shop = { demand: poissonDemand(3), leadTime: 1, holding: 1, penalty: 4, maxOrder: 5 };
const learn = () => trainQTable({ environment: inventoryEnvironment(shop), steps: 5000, seed: 1 });

/** Rows of the states that were met. */
function rowsOf({ q, states }: LearnedQTable) {
  const count = states().shape[0] * q.actions;
  return { states: states(), values: q.values.slice(0, count), visits: q.visits.slice(0, count) };
}

test('a policy acts as the one that was written, also in states that were never met, and rows keep their bits', async () => {
  const learned = await learn();
  const again = await decodeQTable(await encodeQTable(learned));
  const mask = Uint8Array.of(1, 1, 0, 0, 0, 0);
  for (let stock = 0; stock < 40; stock += 1) {
    const answers = ({ policy }: LearnedQTable) => [
      policy.act([stock]),
      policy.act([stock], mask),
      policy.knows([stock]),
    ];
    expect([stock, answers(again)]).toEqual([stock, answers(learned)]);
  }
  expect(again.policy.asked()).toEqual(learned.policy.asked());
  expect(again.policy.name).toBe(learned.policy.name);
  expect(rowsOf(again)).toEqual(rowsOf(learned));
  expect(again.q.states).toBe(learned.states().shape[0]);
  expect(await encodeQTable(again)).toEqual(await encodeQTable(learned));
});

test('needs `stateOf` again where there was one', async () => {
  const stateOf = ([place, , angle]: Float32Array) => [Math.round(place! / 2), Math.round(20 * angle!)];
  const learned = await trainQTable({ environment: cartPoleEnvironment(), steps: 300, discount: 0.9, stateOf });
  const bytes = await encodeQTable(learned);
  const seen = Float32Array.of(0.3, 0, -0.06, 0);
  expect((await decodeQTable(bytes, { stateOf })).policy.act(seen)).toBe(learned.policy.act(seen));
  const { policy } = await decodeQTable(bytes);
  expect(() => policy.act(seen)).toThrow('act: `stateOf` must always give 2 numbers');
  expect(() => policy.act([0.5, 1])).toThrow('act: `stateOf` must be given where');
});

test('of demand orders nothing where the problem does not lead, and what is illegal stays so', async () => {
  const learned = await learnFromDemand({ observed: [1, 4, 2], leadTime: 1, holding: 1, penalty: 4, capacity: 9 });
  expect(learned.q.values).toContain(Number.NEGATIVE_INFINITY);
  const again = await decodeQTable(await encodeQTable(learned));
  expect(again.q).toEqual(learned.q);
  const stocks = Array.from({ length: 12 }, (_, stock) => stock);
  expect(stocks.map((stock) => again.policy.act([stock]))).toEqual(stocks.map((stock) => learned.policy.act([stock])));
  expect([again.policy.act([99]), learned.policy.act([99])]).toEqual([0, 0]);
  expect(again.policy.asked()).toEqual(learned.policy.asked());
});

test('what is no table is not written', async () => {
  const learned = await learn();
  const write = (change: object) => encodeQTable({ ...learned, ...change });
  await expect(encodeQTable(undefined as never)).rejects.toThrow('encodeQTable: `table` must be a table');
  await expect(write({ policy: {} })).rejects.toThrow('encodeQTable: `table.policy.name` must');
  await expect(write({ otherwise: 'best' })).rejects.toThrow(
    "encodeQTable: `table.otherwise` must be one of 'nearest'",
  );
  await expect(write({ states: () => ({ shape: [9, 1], values: new Int32Array(8) }) })).rejects.toThrow(
    'encodeQTable: `table.states().values` must hold 9 numbers, received 8',
  );
  await expect(write({ q: createQTable({ states: 1, actions: 6 }) })).rejects.toThrow('encodeQTable: `table.q.states`');
  await expect(write({ q: { ...learned.q, visits: [] } })).rejects.toThrow('`table.q.visits` must be a Uint32Array');
  const values = learned.q.values.slice().fill(Number.NaN, 3, 4);
  await expect(write({ q: { ...learned.q, values } })).rejects.toThrow(
    "encodeQTable: `table.q.values` must hold finite numbers in 'values'",
  );
  await expect(decodeQTable(new Uint8Array(8), { stateOf: 1 as never })).rejects.toThrow(
    'decodeQTable: `stateOf` must',
  );
  await expect(decodeQTable(new Uint8Array(8), { state: 1 } as never)).rejects.toThrow('`state` must be left out');
});

const attacks: Record<string, readonly [Forgery, string]> = {
  'another way out': [
    (description) => {
      description.otherwise = 'best';
    },
    "hold 'nearest' or 'first', received 'best'",
  ],
  'no name': [
    (description) => {
      delete description.name;
    },
    'hold a text at description.name',
  ],
  'a state twice': [
    (_, { states }) => {
      states.values[1] = states.values[0];
    },
    "hold each state once in 'states', not in row 1 again",
  ],
  'states that are no whole numbers': [
    (_, { states }) => {
      states.values = Float32Array.from(states.values);
    },
    "hold a tensor 'states' of the shape",
  ],
  'a table without states': [
    (_, tensors) => {
      tensors.states = { shape: [0, 1], values: new Int32Array(0) };
    },
    "hold rows and columns in a tensor 'states'",
  ],
  'fewer values than states': [
    (_, { values }) => {
      values.shape = [values.shape[0] / 2, values.shape[1] * 2];
    },
    "hold a tensor 'values' of the shape",
  ],
  'no visits': [
    (_, tensors) => {
      delete tensors.visits;
    },
    "hold a tensor 'visits' of the shape",
  ],
  'marks that are none': [
    (_, tensors) => {
      const { shape, values } = tensors.visits;
      tensors.illegal = { shape, values: new Uint8Array(values.length).fill(2) };
    },
    "hold 0 or 1 in 'illegal', received 2",
  ],
  'an illegal action that was taken': [
    (_, tensors) => {
      const { shape, values } = tensors.visits;
      tensors.illegal = { shape, values: new Uint8Array(values.length).fill(1) };
    },
    "hold no visits in 'visits' where 'illegal' holds 1",
  ],
};

test.for(Object.entries(attacks))("a stranger's file is refused with a word: %s", async ([, [change, rule]]) => {
  const learned = await learn();
  // An even number of states.
  const even = { ...learned, states: () => evenly(learned.states()) };
  const refused = decodeQTable(await forged(await encodeQTable(even), change));
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(`decodeQTable: \`bytes\` must ${rule}`);
});

function evenly({ shape: [count, width], values }: ReturnType<LearnedQTable['states']>) {
  const even = count - (count % 2);
  return { shape: [even, width] as const, values: values.slice(0, even * width) };
}

test('damage anywhere is found', async () => {
  const bytes = await encodeQTable(await learn());
  for (let at = 0; at < bytes.length; at += 37) {
    const damaged = bytes.slice();
    damaged[at]! ^= 1 << (at % 8);
    await expect(decodeQTable(damaged)).rejects.toThrow(/^decodeQTable: `bytes` must /);
  }
});
