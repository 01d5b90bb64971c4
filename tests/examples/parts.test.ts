import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { findNearest } from '../../examples/fashion/find-nearest.js';
import { duration } from '../../examples/shared/duration.js';

beforeAll(() => useBackend('cpu'));

describe('findNearest', () => {
  // Four references of two pixels each.
  const references = { values: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1), shape: [4, 1, 2, 1] };

  test('names the nearest reference and the mean distance to it', async () => {
    const probes = { values: Float32Array.of(0.9, 0.2, 0, 1), shape: [2, 1, 2, 1] };
    const { places, distance } = await findNearest(probes, references);
    expect(places).toEqual([1, 2]);
    // The root of the mean square of (-0.1, 0.2), and 0 for the second.
    expect(distance).toBeCloseTo(Math.sqrt((0.01 + 0.04) / 2) / 2, 5);
  });

  test('goes through more probes than fit in one piece and keeps no tensor', async () => {
    const before = memory().numTensors;
    const values = Float32Array.from({ length: 2 * 250 }, (_, index) => (index >= 2 * 249 ? 1 : 0));
    const { places } = await findNearest({ values, shape: [250, 1, 2, 1] }, references);
    expect(places).toEqual([...new Array(249).fill(0), 3]);
    expect(memory().numTensors).toBe(before);
  });
});

test.each([
  [7.4, '7 s'],
  [60, '1 min 0 s'],
  [119.6, '2 min 0 s'],
])('%d seconds are said as people say them', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});
