import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { createRng, exactItemIndex, type FoundItems, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';

const infinity = Number.POSITIVE_INFINITY;

/** All scores in double precision, sorted; of equal ones the smaller index first. */
function reference(
  queries: Float32Array,
  items: Float32Array,
  size: number,
  k: number,
  biases?: Float32Array,
): FoundItems {
  const count = items.length / size;
  const found = { scores: [] as number[], items: [] as number[] };
  for (let q = 0; q < queries.length / size; q += 1) {
    const scores = Array.from({ length: count }, (_, item) => {
      let sum = biases?.[item] ?? 0;
      for (let d = 0; d < size; d += 1) sum += queries[q * size + d]! * items[item * size + d]!;
      return sum;
    });
    const order = [...scores.keys()].filter((item) => scores[item]! > -infinity);
    order.sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (let place = 0; place < k; place += 1) {
      found.items.push(order[place] ?? -1);
      found.scores.push(order[place] === undefined ? -infinity : scores[order[place]!]!);
    }
  }
  return { scores: Float32Array.from(found.scores), items: Int32Array.from(found.items) };
}

describe.each(backends)('exactItemIndex on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('finds what sorting all scores finds, with ties, biases and barred items', async () => {
    const sizes = fc.record({
      queries: fc.integer({ min: 1, max: 70 }),
      items: fc.integer({ min: 1, max: 40 }),
      size: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 12 }),
      biased: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ queries, items, size, k: wanted, biased, seed }) => {
        const k = Math.min(wanted, items);
        const rng = createRng(seed);
        // Whole numbers make sums exact on every backend, and ties frequent.
        const whole = (length: number) =>
          rng.fillNormal(new Float32Array(length)).map((value) => Math.round(value) + 0);
        const [vectors, asked] = [whole(items * size), whole(queries * size)];
        const biases = whole(items).map((bias) => (rng.uniform() < 0.3 ? -infinity : bias));
        const index = exactItemIndex({ size, items: vectors, ...(biased && { itemBiases: biases }) });
        expect([index.length, index.size]).toEqual([items, size]);
        const found = await index.search(asked, { k });
        expect(found).toEqual(reference(asked, vectors, size, k, biased ? biases : undefined));
        index.dispose();
      }),
      { numRuns: 60 },
    );
  });

  test('keeps one copy of the items at most, and gives it back', async () => {
    const before = memory().numTensors;
    const index = exactItemIndex({ size: 2, items: Float32Array.of(1, 0, 0, 1), itemBiases: new Float32Array(2) });
    await index.search(Float32Array.of(1, 2), { k: 1 });
    const held = memory().numTensors;
    await index.search(Float32Array.of(2, 1, 1, 1), { k: 2 });
    expect(memory().numTensors).toBe(held);
    expect(held - before).toBe(backend === 'wasm' ? 2 : 0);
    index.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('no queries find nothing', async () => {
    const index = exactItemIndex({ size: 2, items: Float32Array.of(1, 0) });
    expect(await index.search(new Float32Array(0), { k: 1 })).toEqual({
      scores: new Float32Array(0),
      items: new Int32Array(0),
    });
  });
});

test('goes on after the backend has changed', async () => {
  await useBackend('wasm');
  const index = exactItemIndex({ size: 1, items: Float32Array.of(1, 3, 2) });
  const first = await index.search(Float32Array.of(1), { k: 2 });
  await useBackend('cpu');
  expect(await index.search(Float32Array.of(1), { k: 2 })).toEqual(first);
  await useBackend('wasm');
  expect(await index.search(Float32Array.of(1), { k: 2 })).toEqual(first);
  expect(Array.from(first.items)).toEqual([1, 2]);
  index.dispose();
});

describe('bad input', () => {
  const items = Float32Array.of(1, 2, 3, 4);

  test.each([
    ['a size of zero', { size: 0, items }, '`vectors.size` must be a positive integer'],
    ['part of a vector', { size: 3, items }, '`vectors.items` must hold whole vectors of 3 numbers'],
    ['no items', { size: 2, items: new Float32Array(0) }, '`vectors.items` must hold whole vectors'],
    [
      'too few biases',
      { size: 2, items, itemBiases: Float32Array.of(1) },
      '`vectors.itemBiases` must be a Float32Array of 2',
    ],
  ])('%s is refused', (_, vectors, message) => {
    expect(() => exactItemIndex(vectors)).toThrow(message);
  });

  test.each([
    ['part of a query', new Float32Array(3), 1, '`queries` must be a Float32Array of whole vectors of 2'],
    ['k of zero', new Float32Array(2), 0, '`k` must be a positive integer'],
    ['k of more than there are', new Float32Array(2), 3, '`k` must be at most the number of items, 2, received 3'],
  ])('%s is refused', async (_, queries, k, message) => {
    await expect(exactItemIndex({ size: 2, items }).search(queries, { k })).rejects.toThrow(message);
  });
});
