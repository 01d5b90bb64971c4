import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countModes, makeModes } from '../../examples/mode-coverage/modes.js';
import { scatterPlots } from '../../examples/mode-coverage/scatter-plots.js';
import { inspectPng, runExample, temporaryFolder } from './run-example.js';

test('the example of mode coverage counts modes of both games and draws them beside the data', async () => {
  const file = join(temporaryFolder(), 'modes.png');
  const { code, output } = await runExample('mode-coverage.ts', ['--steps', '5', '--out', file]);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^minimax: \d+ of 25 modes, \d+% of samples lie on one/m);
  expect(output).toMatch(/^relativistic pairing, R1, R2: \d+ of 25 modes/m);
  const { width, height, contrast } = inspectPng(file);
  // Six pictures of 200 pixels and the gaps of 2 between them, in two rows.
  expect([width, height]).toEqual([6 * 200 + 5 * 2, 2 * 200 + 2]);
  expect(contrast).toBeGreaterThan(100);
});

test('real points cover all modes evenly, and a fifth of them on one mode only that one', () => {
  const all = countModes(makeModes(5000, 1));
  expect(all.covered).toBe(25);
  // Of a normal distribution in the plane exp(-4^2 / 2) lies beyond four standard deviations.
  expect(all.onModes).toBeGreaterThan(0.998);
  expect(all.least).toBeGreaterThan(140);
  expect(all.most).toBeLessThan(260);
  const points = new Float32Array(2000).fill(1);
  points.fill(2, 0, 400);
  expect(countModes(points)).toEqual({ covered: 1, touched: 1, onModes: 0.2, least: 0, most: 200 });
});

test('a point darkens its pixel, upwards being up, and points outside are left out', () => {
  const { values, shape } = scatterPlots([Float32Array.of(4.98, 4.98, 7, 0)]);
  expect(shape).toEqual([1, 200, 200, 3]);
  const dark = [...values.keys()].filter((index) => values[index]! < 1);
  // The last pixel of the first row, three channels.
  expect(dark).toEqual([597, 598, 599]);
});
