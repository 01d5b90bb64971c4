import {
  createRng,
  createVocabulary,
  type Recommender,
  recommend,
  recommendAll,
  type UsearchIndex,
  usearchItemIndex,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { collect } from '../support/collect.js';
import { fakeUsearch } from '../support/fake-usearch.js';
import { dotRecommender, interactionsOf } from '../support/hand-made.js';

const [userCount, itemCount, size] = [6, 40, 4];

function randomShop(withBiases: boolean): Recommender {
  const rng = createRng(5);
  const users = createVocabulary(Array.from({ length: userCount }, (_, index) => `u${index}`));
  const items = createVocabulary(Array.from({ length: itemCount }, (_, index) => `i${index}`));
  const rows = Array.from({ length: userCount }, (_, user) =>
    [0, 1, 2, 3].map((n) => [user, (user * 5 + n) % itemCount] as const),
  );
  return dotRecommender(
    {
      size,
      users: rng.fillNormal(new Float32Array(userCount * size)),
      items: rng.fillNormal(new Float32Array(itemCount * size)),
      ...(withBiases && { itemBiases: rng.fillNormal(new Float32Array(itemCount)) }),
    },
    { users, items, seen: interactionsOf(users, items, rows.flat()) },
  );
}

// The real package, where somebody has installed it: `npm install --no-save usearch@2.25.3`.
async function realUsearch(dimensions: number): Promise<UsearchIndex | undefined> {
  const name = 'usearch';
  try {
    const { default: usearch } = await import(/* @vite-ignore */ name);
    return new usearch.Index({ metric: 'ip', quantization: 'f32', dimensions, connectivity: 16 });
  } catch {
    return undefined;
  }
}
const hasReal = (await realUsearch(1)) !== undefined;

const makers = [
  { kind: 'a fake of its shape', make: async (dimensions: number) => fakeUsearch(dimensions) },
  ...(hasReal
    ? [{ kind: 'usearch itself', make: async (dimensions: number) => (await realUsearch(dimensions))! }]
    : []),
];

describe.each(makers)('usearchItemIndex over $kind', ({ make }) => {
  test.each([false, true])('leads recommend to the same list as scoring all items, biases: %s', async (withBiases) => {
    const shop = randomShop(withBiases);
    const index = usearchItemIndex(await make(size + (withBiases ? 1 : 0)), await shop.factors!());
    for (const options of [
      { k: 5 },
      { k: 5, exclude: 'seen' as const },
      { k: 3, filter: (item: string) => Number(item.slice(1)) % 9 === 0 },
      { k: 40, exclude: 'seen' as const },
      { k: 3, diversify: { strength: 0.5 } },
    ]) {
      expect(await recommend(shop, 'u2', { ...options, index })).toEqual(await recommend(shop, 'u2', options));
    }
  });

  test('leads recommendAll to the same lists', async () => {
    const shop = randomShop(true);
    const index = usearchItemIndex(await make(size + 1), await shop.factors!());
    const options = { k: 4, exclude: 'seen', filter: (item: string) => item !== 'i7' } as const;
    const searched = await collect(recommendAll(shop, { ...options, index, blockSize: 4 }));
    expect(searched).toEqual(await collect(recommendAll(shop, options)));
    const few = { k: 4, filter: (item: string) => item.endsWith('9') } as const;
    const filtered = await collect(recommendAll(shop, { ...few, index }));
    expect(filtered).toEqual(await collect(recommendAll(shop, few)));
  });

  test('gives scores of dot products and biases, for one query and for several', async () => {
    const factors = { size: 2, items: Float32Array.of(1, 0, 0, 1, 2, 2), itemBiases: Float32Array.of(0, 5, 0.5) };
    const index = usearchItemIndex(await make(3), factors);
    const one = await index.search(Float32Array.of(1, 1), { k: 2 });
    // 1, 1 + 5, 4 + 0.5
    expect([...one.items]).toEqual([1, 2]);
    expect([...one.scores]).toEqual([6, 4.5]);
    const two = await index.search(Float32Array.of(1, 1, -1, 0), { k: 3 });
    expect([...two.items]).toEqual([1, 2, 0, 1, 0, 2]);
    expect([...two.scores]).toEqual([6, 4.5, 1, 5, -1, -1.5]);
  });
});

describe('usearchItemIndex', () => {
  const factors = { size: 2, items: Float32Array.of(1, 0, 0, 1, 2, 2) };

  test('gives what is left, and says where nothing is', async () => {
    const index = usearchItemIndex(fakeUsearch(2, [1]), factors);
    const found = await index.search(Float32Array.of(1, 1, 1, 0), { k: 3 });
    expect([...found.items]).toEqual([2, 0, -1, 2, 0, -1]);
    expect([...found.scores]).toEqual([4, 1, Number.NEGATIVE_INFINITY, 2, 1, Number.NEGATIVE_INFINITY]);
  });

  test('takes a full index as it is', async () => {
    const full = fakeUsearch(2);
    full.add(BigUint64Array.of(0n, 1n, 2n), factors.items);
    const refused = { ...full, add: () => expect.unreachable('the index is full') };
    const { items } = await usearchItemIndex(refused, factors).search(Float32Array.of(0, 1), { k: 1 });
    expect([...items]).toEqual([2]);
  });

  test('refuses other dimensions, another number of vectors, and too little sampling', () => {
    expect(() => usearchItemIndex(fakeUsearch(3), factors)).toThrow('`index` must have 2 dimensions, received 3');
    expect(() => usearchItemIndex(fakeUsearch(2), { ...factors, itemBiases: new Float32Array(3) })).toThrow(
      '`index` must have 3 dimensions, one for the item biases, received 2',
    );
    const partial = fakeUsearch(2);
    partial.add(BigUint64Array.of(0n), Float32Array.of(1, 1));
    expect(() => usearchItemIndex(partial, factors)).toThrow('`index` must hold all 3 items, received 1');
    expect(() => usearchItemIndex(fakeUsearch(2), factors, { oversampling: 0.5 })).toThrow('`oversampling` must be');
  });

  test('is refused where it does not fit the recommender, or there are candidates', async () => {
    const shop = randomShop(false);
    const index = usearchItemIndex(fakeUsearch(2), factors);
    await expect(recommend(shop, 'u0', { index })).rejects.toThrow('`index` must hold 40 vectors of 4 numbers');
    await expect(recommend(shop, 'u0', { index, candidates: ['i1'] })).rejects.toThrow('`candidates` must be missing');
    const { factors: _, ...plain } = shop;
    await expect(recommend(plain, 'u0', { index })).rejects.toThrow('`recommender` must have `factors`');
  });
});
