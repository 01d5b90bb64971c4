import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  asRecommender,
  buildDotProduct,
  buildGmf,
  buildNeuMf,
  buildTwoTower,
  decodeRecommender,
  decodeSafetensors,
  easeRecommender,
  encodeRecommender,
  encodeSafetensors,
  factorRecommender,
  foldInItem,
  foldInUser,
  itemItemRecommender,
  personalFrequencyRecommender,
  popularityRecommender,
  type Recommender,
  recommend,
  sequentialRulesRecommender,
  trainImplicitAls,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { checksum } from '../../../src/saving/document/checksum.js';
import { tableRecommender } from '../support/hand-made.js';
import { recommenderWithEverything, smallShop } from '../support/shop-models.js';

beforeAll(() => useBackend('cpu'));

const allUsers = ({ users }: Recommender) => Int32Array.from({ length: users.size }, (_, user) => user);
const bitsOf = async (recommender: Recommender) =>
  new Uint32Array((await recommender.scoreAll(allUsers(recommender))).buffer);

const ofShop = () => ({ user: smallShop().users, item: smallShop().items });
const als = () =>
  trainImplicitAls({ interactions: smallShop(), factors: 5, epochs: 3, seed: 1 }).then(
    ({ recommender }) => recommender,
  );
const biased = async () => {
  const { users, items, size, ...vectors } = { ...(await (await als()).factors!()) };
  const itemBiases = Float32Array.from({ length: items.length / size }, (_, item) => item / 7);
  const { users: userNames, items: itemNames } = smallShop();
  return factorRecommender({
    name: 'b',
    users: userNames,
    items: itemNames,
    factors: { ...vectors, size, users, items, itemBiases },
  });
};

describe.each([
  ['an embedding MLP with features of every kind', async () => recommenderWithEverything()],
  ['popularity', async () => popularityRecommender(smallShop())],
  ['item-item', () => itemItemRecommender(smallShop(), { similarity: 'jaccard', shrinkage: 2 })],
  ['sequential rules', () => sequentialRulesRecommender(smallShop(), { steps: 3, history: 2, decay: 0.5 })],
  ['personal frequency', async () => personalFrequencyRecommender(smallShop(), { decay: 0.5 })],
  ['EASE', () => easeRecommender(smallShop(), { regularization: 3 })],
  ['NeuMF', async () => asRecommender(buildNeuMf({ features: ofShop(), seed: 2 }), { seen: smallShop() })],
  ['generalised matrix factorisation', async () => asRecommender(buildGmf({ features: ofShop(), seed: 2 }))],
  ['a dot product', async () => asRecommender(buildDotProduct({ features: ofShop(), seed: 2 }))],
  ['two-tower', async () => asRecommender(buildTwoTower({ features: ofShop(), seed: 2 }))],
  ['implicit ALS', als],
  ['factors with biases, without rows', biased],
])('%s', (_name, make) => {
  test('scores with the same bits once it is loaded', async () => {
    const recommender = await make();
    const loaded = await decodeRecommender(await encodeRecommender(recommender));
    expect(await bitsOf(loaded)).toEqual(await bitsOf(recommender));
    const [users, items] = [Int32Array.of(3, 1), Int32Array.of(2, 13)];
    expect(await loaded.scorePairs(users, items)).toEqual(await recommender.scorePairs(users, items));
  });

  test('keeps its name, its vocabularies and what was seen', async () => {
    const recommender = await make();
    const loaded = await decodeRecommender(await encodeRecommender(recommender));
    expect(loaded.name).toBe(recommender.name);
    expect(loaded.users.toJSON()).toEqual(recommender.users.toJSON());
    expect(loaded.items.toJSON()).toEqual(recommender.items.toJSON());
    for (const field of ['offsets', 'userIndices', 'itemIndices', 'weights', 'times', 'orders'] as const) {
      expect(loaded.seen?.[field]).toEqual(recommender.seen?.[field]);
    }
  });

  test('is the same file when it is saved again', async () => {
    const bytes = await encodeRecommender(await make());
    expect(await encodeRecommender(await decodeRecommender(bytes))).toEqual(bytes);
  });
});

describe('encodeRecommender', () => {
  test('lets a loaded implicit ALS take new users and items as the trained one does', async () => {
    const trained = await als();
    const loaded = await decodeRecommender(await encodeRecommender(trained));
    const options = { k: 5 };
    expect(await recommend(loaded, await foldInUser(loaded, ['item 3']), options)).toEqual(
      await recommend(trained, await foldInUser(trained, ['item 3']), options),
    );
    const [grown, again] = [trained, loaded].map((each) => foldInItem(each, { id: 'new', users: ['user 2'] }));
    expect(await bitsOf(await again!)).toEqual(await bitsOf(await grown!));
  });

  test('says what is missing where confidence was a function', async () => {
    const { recommender: trained } = await trainImplicitAls({
      interactions: smallShop(),
      factors: 2,
      epochs: 1,
      confidence: (weight) => 1 + weight,
    });
    const loaded = await decodeRecommender(await encodeRecommender(trained));
    await expect(foldInUser(loaded, ['item 3'])).rejects.toThrow('`confidence` must be given');
    const given = await foldInUser(loaded, ['item 3'], { confidence: (weight) => 1 + weight });
    expect(given.vector).toEqual((await foldInUser(trained, ['item 3'])).vector);
  });

  test('refuses a recommender that says neither what to write down nor factors', async () => {
    await expect(encodeRecommender(tableRecommender([[1]]))).rejects.toThrow(
      "encodeRecommender: `recommender` must declare `state` (what to write down of it) or `factors`, to be saved, received 'table' (string).",
    );
  });

  test('leaves no tensor behind but the weights of the model', async () => {
    const recommender = recommenderWithEverything();
    const before = memory().numTensors;
    const bytes = await encodeRecommender(recommender);
    const loaded = await decodeRecommender(bytes);
    expect(memory().numTensors).toBe(before + Object.keys(recommender.model!.variables).length);
    loaded.model!.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

/** The file with its description changed, and the checksum right again. */
async function forged(bytes: Uint8Array, change: (description: string) => string): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const text = new TextDecoder().decode(tensors.description!.values as Uint8Array);
  const values = new TextEncoder().encode(change(text));
  const changed = { ...tensors, description: { shape: [values.length], values } };
  return encodeSafetensors(changed, { metadata: { ...metadata, checksum: await checksum(changed) } });
}

describe('decodeRecommender', () => {
  test('knows CRC-32: the check value of the published algorithm', async () => {
    // The remainder of '123456789' is cbf43926 (Koopman and others); here the name and shape stand before the bytes.
    const head = new TextEncoder().encode('["a","Uint8Array",[9]]');
    const digits = new TextEncoder().encode('123456789');
    let rest = 0xffffffff;
    for (const byte of [...head, ...digits]) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (0xedb88320 & -(rest & 1));
    }
    expect(await checksum({ a: { shape: [9], values: digits } })).toBe((~rest >>> 0).toString(16).padStart(8, '0'));
  });

  test('refuses what is no such file', async () => {
    await expect(decodeRecommender(new Uint8Array(3))).rejects.toThrow(RangeError);
    await expect(decodeRecommender('file' as unknown as Uint8Array)).rejects.toThrow('must be a Uint8Array');
    const other = encodeSafetensors({ a: { shape: [1], values: Float32Array.of(1) } });
    await expect(decodeRecommender(other)).rejects.toThrow("`bytes` must be of the format 'minimart recommender 2'");
  });

  test('refuses a file that is cut short, at any place', async () => {
    const bytes = await encodeRecommender(await als());
    for (let length = 0; length < bytes.length; length += 97) {
      await expect(decodeRecommender(bytes.slice(0, length))).rejects.toThrow(RangeError);
    }
  });

  test('refuses a file with a damaged byte, or reads the same from it, at any place', async () => {
    const recommender = recommenderWithEverything();
    const bytes = await encodeRecommender(recommender);
    const bits = await bitsOf(recommender);
    let refused = 0;
    let tried = 0;
    for (let place = 0; place < bytes.length; place += 13) {
      const damaged = bytes.slice();
      damaged[place]! ^= 1 << (place % 8);
      tried += 1;
      try {
        const loaded = await decodeRecommender(damaged);
        // A space of the header's end, say.
        expect(await bitsOf(loaded)).toEqual(bits);
        loaded.model!.dispose();
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        refused += 1;
      }
    }
    expect(refused / tried).toBeGreaterThan(0.95);
  });

  const forgeries: [string, RegExp, string][] = [
    ['a size that is none', /"embeddingSize":3/, '"embeddingSize":-3'],
    ['a table of other rows', /"name":"user","rows":9/, '"name":"user","rows":8'],
    ['an operation on a later one', /"inputs":\[0,/, '"inputs":[7,'],
    ['an operation that is unknown', /"op":"dense"/, '"op":"run"'],
    ['an activation that is unknown', /"activation":"relu"/, '"activation":"eval"'],
    ['a table by an inherited name', /"table":"user"/, '"table":"toString"'],
    ['a leaf of no feature', /"feature":"user"/, '"feature":"constructor"'],
    ['weights of another shape', /"size":8,|"size":8\}/, '"size":9,'],
    ['a vocabulary that is not there', /"users":0/, '"users":99'],
    ['a vocabulary of a feature that is not there', /"country":2/, '"country":99'],
    ['no vocabulary for a feature', /"country":2/, '"town":2'],
    ['a kind that is unknown', /"kind":"model"/, '"kind":"toString"'],
    ['another number of rows', /"length":36/, '"length":35'],
    ['an id twice', /"user 1"/, '"user 2"'],
    ['a head that is unknown', /"head":"binary","tables"/, '"head":"other","tables"'],
    ['dropout of everything', /"activation":"relu","dropout":0/, '"activation":"relu","dropout":1'],
    ['no JSON', /^\{/, ''],
    ['no object', /^.*$/s, '[]'],
    ['a kind of feature that is unknown', /"kind":"bag"/, '"kind":"box"'],
    ['columns of no feature', /"userColumns":\["country"/, '"userColumns":["__proto__"'],
  ];

  test.each(forgeries)('refuses %s in a file made to deceive', async (_name, part, other) => {
    const bytes = await encodeRecommender(recommenderWithEverything());
    const deceiving = await forged(bytes, (text) => {
      expect(text).toMatch(part);
      return text.replace(part, other);
    });
    const before = memory().numTensors;
    await expect(decodeRecommender(deceiving)).rejects.toThrow(RangeError);
    expect(memory().numTensors).toBe(before);
  });

  test('refuses indices outside of their vocabulary in a file made to deceive', async () => {
    const { tensors, metadata } = decodeSafetensors(await encodeRecommender(await als()));
    for (const name of ['seen/items', 'seen/offsets', 'seen/weights']) {
      const values = tensors[name]!.values.slice();
      values[1] = name === 'seen/weights' ? -1 : 99;
      const changed = { ...tensors, [name]: { ...tensors[name]!, values } };
      const bytes = encodeSafetensors(changed, { metadata: { ...metadata, checksum: await checksum(changed) } });
      await expect(decodeRecommender(bytes)).rejects.toThrow(RangeError);
    }
  });
});
