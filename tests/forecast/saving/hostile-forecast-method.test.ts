import '../../support/backends.js';
import { decodeForecastMethod, encodeForecastMethod, useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Anything, type Forgery, forged } from '../../support/forge-file.js';
import { known, learned } from './learned-methods.js';

await useBackend('wasm');

/** What is changed of a good file, and what the refusal says. */
type Forgeries = Readonly<Record<string, readonly [Forgery, string]>>;

const ofAll: Forgeries = {
  'its kind is unknown': [
    (file) => void Object.assign(file, { kind: 'toString' }),
    'of a kind that is known (network, trees)',
  ],
  'its period is unknown': [
    (file) => void Object.assign(file.ground, { period: 'year' }),
    'hold a period that is known',
  ],
  'its horizon is none': [(file) => void Object.assign(file.ground, { horizon: 0 }), 'a whole number from 1 to 1000'],
  'its horizon is another': [
    (file) => void Object.assign(file.ground, { horizon: 4 }),
    "a tensor 'excess' of the shape [4]",
  ],
  'its end is no date': [(file) => void Object.assign(file.ground, { end: 9e15 }), 'description.ground.end'],
  'its season is none': [(file) => void Object.assign(file.ground, { season: 1 }), 'a whole number from 2 to 366'],
  'its products are missing': [
    (file) => void Object.assign(file.ground, { products: 1 }),
    'description.ground.products',
  ],
  'a group has no ids': [(file) => void Object.assign(file.ground.groups[0], { ids: [] }), 'hold ids of each group'],
  'it varies less than not at all': [(file) => void Object.assign(file.ground, { excess: -1 }), 'not below 0'],
  'sums vary less than not at all': [(_, { excess }) => void excess.values.fill(-1, 1, 1 + 1), 'not below 0'],
};

const ofNetworks: Forgeries = {
  'its head is unknown': [(file) => void Object.assign(file.model, { head: 'normal' }), 'hold a head that is known'],
  'its head is another': [
    (file) => void Object.assign(file.model, { head: 'quantiles' }),
    "'network/0/dense/output/kernel' of the shape [5, 8]",
  ],
  'a layer is empty': [(file) => void Object.assign(file.model, { hidden: [0] }), 'hold layers of one unit or more'],
  'a layer is larger than the file': [
    (file) => void Object.assign(file.model, { hidden: [2 ** 40] }),
    'dense/hidden_0/kernel',
  ],
  'embeddings are longer than the file': [
    (file) => void Object.assign(file.model, { embeddingSize: 2 ** 30 }),
    'table/product',
  ],
  'there are no networks': [(file) => void Object.assign(file.model, { networks: 0 }), 'description.model.networks'],
  'there are more networks': [
    (file) => void Object.assign(file.model, { networks: 3 }),
    "a tensor 'network/2/table/product'",
  ],
  'products are others': [
    (file) => void Object.assign(file.model.coding, { products: 15 }),
    'a whole number from 16 to 16',
  ],
  'steps are others': [(file) => void Object.assign(file.model.coding, { steps: 2 }), 'a whole number from 3 to 3'],
  'a number is of no feature': [
    (file) => void Object.assign(file.model.coding.parts[0], { column: 99 }),
    'parts[0].column',
  ],
  'a number is made in an unknown way': [
    (file) => void Object.assign(file.model.coding.parts[0], { of: 'constructor' }),
    'made in a known way (itself, log, sine, cosine, missing)',
  ],
  'a deviation is 0': [
    (file) => void Object.assign(file.model.coding.parts[0], { deviation: 0 }),
    'hold deviations above 0',
  ],
  'there are no numbers': [(file) => void Object.assign(file.model.coding, { parts: [] }), 'hold numbers of rows'],
  'a code is of what has none': [
    (file) => void Object.assign(file.model.coding.codes[0], { column: 0 }),
    'hold codes of days and groups',
  ],
  'a code is there twice': [
    (file) => void file.model.coding.codes.push(file.model.coding.codes[0]),
    'hold each code once',
  ],
  'there are more codes than rows': [
    (file) => void Object.assign(file.model.coding.codes[1], { size: 2 ** 30 }),
    'table/group',
  ],
  'weights are too large': [
    (_, tensors) => {
      tensors['network/1/dense/hidden_0/kernel'].values.fill(1e20);
      tensors['network/1/dense/output/kernel'].values.fill(1e20);
    },
    'hold weights under which what it says is finite',
  ],
  'embeddings are too large': [
    (_, tensors) => {
      tensors['network/1/table/step'].values.fill(1e29);
      tensors['network/1/dense/hidden_0/kernel'].values.fill(1e5);
    },
    'hold weights under which what it says is finite',
  ],
};

const ofTrees: Forgeries = {
  'there are no trees': [
    (_, tensors) => void Object.assign(tensors, { offsets: { shape: [1], values: Uint32Array.of(0) } }),
    'hold a tree',
  ],
  'trees fall back': [(_, { offsets }) => void offsets.values.fill(1e6, 1, 1 + 1), "offsets 'offsets' that rise"],
  'a tree has no node': [(_, { offsets }) => void offsets.values.fill(0, 1, 1 + 1), 'hold trees of one node or more'],
  'a node is its own child': [(_, { left }) => void left.values.fill(0, 0, 0 + 1), 'hold children from 1 to'],
  'a child is of another tree': [
    (_, { right, offsets }) => void right.values.fill(offsets.values[1], 0, 0 + 1),
    'hold children from',
  ],
  'a node has one child': [(_, { left }) => void left.values.fill(-1, 0, 0 + 1), 'hold children from'],
  'a node asks for no feature': [(_, { columns }) => void columns.values.fill(99, 0, 0 + 1), 'hold columns from 0 to'],
  'it starts nowhere': [(file) => void Reflect.deleteProperty(file.model, 'start'), 'description.model.start'],
  'nodes have no values': [(_, tensors) => void Reflect.deleteProperty(tensors, 'values'), "a tensor 'values'"],
  'edges are fewer': [
    (_, tensors) => void Object.assign(tensors, { edges: { shape: [1], values: Float64Array.of(1) } }),
    "a tensor 'edges' of the shape",
  ],
};

describe.each([
  ['network', { ...ofAll, ...ofNetworks }],
  ['trees', { ...ofAll, ...ofTrees }],
])('a file of %s with its checksum made right', (name, forgeries) => {
  const bytes = learned(name).then(encodeForecastMethod);

  test('is read as it was', async () => {
    expect((await decodeForecastMethod(await forged(await bytes, () => {}), known)).horizon).toBe(3);
  });

  test.each(Object.entries(forgeries))('is refused when %s', async (_, [forge, message]) => {
    const file = await forged(await bytes, forge);
    const error: Anything = await decodeForecastMethod(file, known).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/^decodeForecastMethod: `bytes` must /);
    expect(error.message).toContain(message);
  });
});
