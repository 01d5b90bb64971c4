import { birthdayTest, createRng } from 'minimart';
import { expect, test } from 'vitest';
import { distanceOf, normalRows, rowsOf } from '../../random-rows.js';

// Draws from so many points, far apart from one another.
function drawsFrom(support: number, count: number, seed: number) {
  const rng = createRng(seed);
  return rowsOf(Array.from({ length: count }, () => [10 * rng.integer(support)]));
}

const real = rowsOf(Array.from({ length: 1000 }, (_, index) => [10 * index]));

test.each([50, 500, 5000])('finds that a generator draws %d different samples', async (support) => {
  const found = await birthdayTest(real, drawsFrom(support, 4000, 1), { batchSize: 50, threshold: 1 });
  expect(found.support.interval[0]).toBeLessThan(support);
  expect(found.support.interval[1]).toBeGreaterThan(support);
  // 1 - the chance that 50 draws differ: 0.9999999 of 50, 0.92 of 500, 0.22 of 5,000; measured on 80 batches.
  const differ = Array.from({ length: 50 }, (_, index) => 1 - index / support).reduce((all, each) => all * each, 1);
  const error = Math.sqrt((differ * (1 - differ)) / 80);
  expect(Math.abs(found.duplicates.value - (1 - differ))).toBeLessThan(3 * error + 1e-6);
  expect(found.floor.value).toBe(0);
});

test('says no more than a lower bound where nothing repeats', async () => {
  const { support, duplicates } = await birthdayTest(real, real, { batchSize: 100, threshold: 1 });
  expect(duplicates.value).toBe(0);
  // Ten batches of 4,950 pairs, none of them alike: a chance of a pair of up to -log(0.025) / 49,500.
  expect(support.value).toBe(Number.POSITIVE_INFINITY);
  expect(support.interval[0]).toBeCloseTo(49_500 / -Math.log(0.025), 6);
});

test('takes as its threshold what 1 of 20 real batches holds, and counts that pair', async () => {
  const rows = normalRows(200, 2, 1);
  const { closestReal, threshold, floor, batchSize } = await birthdayTest(rows, normalRows(200, 2, 2));
  expect(batchSize).toBe(10);
  expect(closestReal.length).toBe(20);
  expect(threshold).toBe(Math.min(...closestReal));
  expect(floor.value).toBe(1 / 20);
});

test('of 40 real batches, 2 hold a pair within the threshold', async () => {
  const { closestReal, threshold, floor } = await birthdayTest(normalRows(400, 2, 1), normalRows(200, 2, 2), {
    batchSize: 10,
  });
  expect(closestReal.length).toBe(40);
  expect(threshold).toBe([...closestReal].sort((one, other) => one - other)[1]);
  expect(floor.value).toBe(2 / 40);
});

test('takes batches of 2 at least', async () => {
  expect((await birthdayTest(normalRows(30, 1, 1), normalRows(30, 1, 2))).batchSize).toBe(2);
});

test('estimates a support of one sample where every pair is alike, and none below that', async () => {
  const options = { batchSize: 2, threshold: 1 };
  const alike = await birthdayTest(real, rowsOf([[5], [5], [5], [5]]), options);
  expect(alike.support).toMatchObject({ value: 1, interval: [1, 1] });
  // One batch of two has a pair, or none has, by the order. Half a chance means two samples; of two batches nothing is sure.
  const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const found = await Promise.all(
    seeds.map((seed) => birthdayTest(real, rowsOf([[0], [0], [10], [20]]), { ...options, seed })),
  );
  const half = found.find(({ duplicates }) => duplicates.value === 1 / 2)!;
  expect(half.support).toMatchObject({ value: 2, interval: [1, Number.POSITIVE_INFINITY] });
});

test('gives the closest pair of each batch', async () => {
  // One batch of everything twice over would be refused; two batches of 3 share the points by the seed.
  const points = [[0], [1], [5], [20], [28], [40]];
  const { closest } = await birthdayTest(rowsOf(points), rowsOf(points), { batchSize: 3, seed: 1 });
  const triples = [0, 1, 2, 3, 4, 5].flatMap((i) => [i + 1, i + 2, i + 3, i + 4].flatMap((j) => [[i, j]]));
  const distances = triples.filter(([, j]) => j! < 6).map(([i, j]) => distanceOf(points[i!]!, points[j!]!));
  expect(closest.length).toBe(2);
  for (const distance of closest) expect(distances).toContain(distance);
});

test('refuses batches that do not fit twice', async () => {
  const rows = normalRows(10, 1, 1);
  await expect(birthdayTest(rows, rows, { batchSize: 6 })).rejects.toThrow('from 2 to half the smaller set, 5');
  await expect(birthdayTest(rows, rows, { threshold: -1 })).rejects.toThrow('`threshold` must be a number >= 0');
});
