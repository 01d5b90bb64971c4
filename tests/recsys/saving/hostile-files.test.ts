import '../../support/backends.js';
import {
  asRecommender,
  buildDotProduct,
  createVocabulary,
  decodeRecommender,
  decodeSafetensors,
  encodeRecommender,
  encodeSafetensors,
  factorRecommender,
  itemItemRecommender,
  type Recommender,
  type SafetensorInput,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { checksum } from '../../../src/saving/document/checksum.js';
import { recommenderWithEverything, smallShop } from '../support/shop-models.js';

beforeAll(() => useBackend('cpu'));

type Tensors = Record<string, SafetensorInput>;

/** A file of one's own making, with its checksum right. */
async function fileOf(description: string, tensors: Tensors, format = 'minimart recommender 2'): Promise<Uint8Array> {
  const values = new TextEncoder().encode(description);
  const all = { description: { shape: [values.length], values }, ...tensors };
  return encodeSafetensors(all, { metadata: { format, checksum: await checksum(all) } });
}

/** The file of a recommender with other tensors and another description, its checksum right. */
async function forged(
  recommender: Recommender,
  change: (tensors: Tensors, description: string) => [Tensors, string],
): Promise<Uint8Array> {
  const { description, ...tensors } = decodeSafetensors(await encodeRecommender(recommender)).tensors;
  const [changed, text] = change(tensors, new TextDecoder().decode(description!.values as Uint8Array));
  return fileOf(text, changed);
}

const oneUser = (ids: readonly string[]) => ({
  users: 0,
  items: 1,
  vocabularies: [
    { ids: ['u'], hasUnknown: false },
    { ids, hasUnknown: false },
  ],
});

test('a small file with a checksum cannot ask for hours of counting: item-item of one user with 14,000 items', async () => {
  const ids = Array.from({ length: 14_000 }, (_, item) => `${item}`);
  const origin = { kind: 'itemItem', options: { similarity: 'cosine', neighbours: 14_000, shrinkage: 0 } };
  const seen = { length: ids.length, hasTimes: false, hasOrders: false };
  const bytes = await fileOf(
    JSON.stringify({ name: 'itemItem', ...oneUser(ids), seen, origin }),
    {
      'seen/offsets': { shape: [2], values: Uint32Array.of(0, ids.length) },
      'seen/items': { shape: [ids.length], values: Int32Array.from(ids.keys()) },
      'seen/weights': { shape: [ids.length], values: new Float32Array(ids.length).fill(1) },
    },
    'minimart recommender 1',
  );
  expect(bytes.length).toBeLessThan(300_000);
  await expect(decodeRecommender(bytes)).rejects.toThrow('must hold a recommender of a kind that is known');
});

test('a count that the bytes do not bear out is refused before memory is taken for it', async () => {
  const huge = 2 ** 32 - 1;
  const bytes = await fileOf(
    JSON.stringify({
      name: 'popularity',
      ...oneUser(['i']),
      seen: { length: huge, hasTimes: false, hasOrders: false },
      origin: { kind: 'popularity', options: {} },
    }),
    { 'seen/offsets': { shape: [2], values: Uint32Array.of(0, huge) } },
  );
  await expect(decodeRecommender(bytes)).rejects.toThrow(`hold a tensor 'seen/items' of the shape [${huge}]`);
});

test('wide blocks that a short text multiplies are refused', async () => {
  const [users, items] = [createVocabulary(['u']), createVocabulary(['i'])];
  const model = buildDotProduct({ features: { user: users, item: items }, embeddingSize: 50_000, biases: [] });
  // 2,000 products of blocks of 50,000 numbers each: 100 million numbers a row, from some 100 kB of text.
  const products = Array.from({ length: 2000 }, () => ({ op: 'product', inputs: [0, 1], size: 50_000 }));
  const bytes = await forged(asRecommender(model), (tensors, text) => {
    const description = JSON.parse(text);
    description.state.settings.network.nodes.splice(2, 0, ...products);
    return [tensors, JSON.stringify(description)];
  });
  await expect(decodeRecommender(bytes)).rejects.toThrow('hold a network of at most 16777216 numbers a row');
});

describe('descriptions', () => {
  const file = (change: (text: string) => string) =>
    forged(recommenderWithEverything(), (tensors, text) => [tensors, change(text)]);

  test.each([
    ['a name twice', (text: string) => text.replace('{"name":', '{"name":"other","name":'), 'each name once'],
    ['100,000 brackets', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'description'],
    [
      'a deep config',
      (text: string) => text.replace('"config":{', `"config":{"a":${'['.repeat(99)}${']'.repeat(99)},`),
      'deep',
    ],
    ['a feature twice', (text: string) => text.replace('"name":"age"', '"name":"country"'), ''],
    [
      'a table twice',
      (text: string) => text.replace(/("tables":\[)(\{[^}]*\})/, '$1$2,$2'),
      'tables of different names',
    ],
  ] as const)('with %s are refused', async (_name, change, message) => {
    const error = await decodeRecommender(await file(change)).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error!.message).toContain(message);
    expect(error!.message.length).toBeLessThan(700);
  });
});

test('what another function refuses of a file is refused in the name of the one that was called', async () => {
  const twice = await forged(recommenderWithEverything(), (tensors, text) => {
    const description = JSON.parse(text);
    const { ids } = description.vocabularies[0];
    ids[1] = ids[0];
    return [tensors, JSON.stringify(description)];
  });
  await expect(decodeRecommender(twice)).rejects.toThrow(
    /^decodeRecommender: `bytes` must hold what restoreVocabulary takes: state\.ids must hold every id once, received/,
  );
  const short = await forged(recommenderWithEverything(), (tensors, text) => {
    const description = JSON.parse(text);
    description.state.settings.features.find(({ name }: { name: string }) => name === 'age').size = 2 ** 53 - 1;
    return [tensors, JSON.stringify(description)];
  });
  await expect(decodeRecommender(short)).rejects.toThrow(/^decodeRecommender: `bytes` must hold/);
});

describe('numbers that are not finite', () => {
  const { users, items } = smallShop();
  const factors = (value: number) => {
    const values = new Float32Array(items.size * 2).fill(1);
    const made = factorRecommender({
      users,
      items,
      factors: { size: 2, users: new Float32Array(users.size * 2), items: values },
    });
    // The vectors are not copied: they may break after the recommender was made.
    values[3] = value;
    return made;
  };
  const model = (value: number) => {
    const recommender = recommenderWithEverything();
    recommender.model!.tables.item!.values[5] = value;
    return recommender;
  };

  test.each([
    ['factors', factors, 'factors/items'],
    ['an embedding', model, 'model/table/item'],
  ] as const)('in %s are not saved, and not loaded', async (_name, make, tensor) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      await expect(encodeRecommender(make(value))).rejects.toThrow(
        `encodeRecommender: \`recommender\` must hold finite numbers in '${tensor}', received ${value} (number).`,
      );
      const bytes = await forged(make(1), (tensors, text) => {
        const values = (tensors[tensor]!.values as Float32Array).slice();
        values[3] = value;
        return [{ ...tensors, [tensor]: { shape: [...tensors[tensor]!.shape], values } }, text];
      });
      await expect(decodeRecommender(bytes)).rejects.toThrow(
        `decodeRecommender: \`bytes\` must hold finite numbers in '${tensor}', received ${value} (number).`,
      );
    }
  });

  test('among neighbours are found as well', async () => {
    const similar = await itemItemRecommender(smallShop());
    const { tensors } = await similar.state!();
    tensors!.similarities!.values[0] = Number.NaN;
    await expect(encodeRecommender(similar)).rejects.toThrow("finite numbers in 'neighbours/similarities'");
  });
});

describe('neighbours', () => {
  const change = async (name: string, edit: (values: Int32Array | Uint32Array | Float32Array) => void) =>
    forged(await itemItemRecommender(smallShop()), (tensors, text) => {
      const values = (tensors[name]!.values as Int32Array).slice();
      edit(values);
      return [{ ...tensors, [name]: { shape: [...tensors[name]!.shape], values } }, text];
    });

  test('outside of the items, or with offsets that fall, are refused', async () => {
    const outside = await change('neighbours/items', (values) => values.fill(99, 0, 1));
    await expect(decodeRecommender(outside)).rejects.toThrow("hold indices from 0 to 13 in 'neighbours/items'");
    const falling = await change('neighbours/offsets', (values) => values.fill(9999, 1, 2));
    await expect(decodeRecommender(falling)).rejects.toThrow("hold offsets 'neighbours/offsets' that rise");
  });
});
