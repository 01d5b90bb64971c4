import { nearestNeighbours } from 'minimart';
import { expect, test } from 'vitest';
import { meanEstimate } from '../../../../../src/statistics/estimate.js';
import { wilsonInterval } from '../../../../../src/statistics/wilson.js';
import { distanceOf, listRows, normalRows, rowsOf } from '../../random-rows.js';

test('finds for each sample the nearest of the training samples', async () => {
  const [generated, training] = [normalRows(40, 3, 1), normalRows(60, 3, 2)];
  const { places, distances, distance, floor, copied } = await nearestNeighbours(generated, training);
  listRows(generated).forEach((row, index) => {
    const all = listRows(training).map((other) => distanceOf(row, other));
    expect(distances[index]).toBe(Math.min(...all));
    expect(places[index]).toBe(all.indexOf(Math.min(...all)));
  });
  expect(distance.value).toBeCloseTo(distances.reduce((sum, each) => sum + each, 0) / 40, 12);
  expect([floor, copied]).toEqual([undefined, undefined]);
});

test('tells copies from fresh samples by what held-out ones show', async () => {
  const [training, heldOut, fresh] = [normalRows(500, 4, 1), normalRows(400, 4, 2), normalRows(400, 4, 3)];
  const copies = rowsOf(
    listRows(training)
      .slice(0, 400)
      .map((row) => row.map((value) => value + 1e-3)),
  );
  const honest = await nearestNeighbours(fresh, training, { heldOut });
  const memorised = await nearestNeighbours(copies, training, { heldOut });
  expect(memorised.copied!.value).toBe(1);
  expect(memorised.distance.value).toBeCloseTo(2e-3, 5);
  expect(honest.copied!.interval[0]).toBeLessThan(0.01);
  expect(honest.copied!.value).toBeLessThan(0.04);
  expect(Math.abs(honest.distance.value / honest.floor!.value - 1)).toBeLessThan(0.1);
});

test('counts 1% of the held-out samples themselves as copied', async () => {
  const [training, heldOut] = [normalRows(100, 2, 1), normalRows(300, 2, 2)];
  const { distances, distance, floor, copied } = await nearestNeighbours(heldOut, training, { heldOut });
  const samples = { real: 100, generated: 300 };
  expect(copied).toEqual({ value: 3 / 300, interval: wilsonInterval(3, 300), samples });
  expect(distance).toMatchObject({ interval: meanEstimate(distances).interval, samples });
  expect(floor).toEqual(distance);
});

test('refuses other columns', async () => {
  const refused = nearestNeighbours(normalRows(4, 2, 1), normalRows(4, 3, 1));
  await expect(refused).rejects.toThrow('`generated` must have 3 columns, as `training` has');
});
