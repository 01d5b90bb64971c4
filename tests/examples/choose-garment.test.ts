import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectPng, runExample, temporaryFolder } from './run-example.js';

test('the conditional example draws all garments and the one that was asked for', async () => {
  const out = join(temporaryFolder(), 'garments');
  const { code, output } = await runExample('choose-garment.ts', ['--steps', '3', '--garment', 'bag', '--out', out]);
  expect(code, output).toBe(0);
  expect(output).toContain('3/3');
  const all = inspectPng(join(out, 'all.png'));
  const bags = inspectPng(join(out, 'bag.png'));
  // Ten columns of 28 pixels at scale 2 with gaps of 2; ten rows and four.
  expect([all.width, all.height]).toEqual([10 * 56 + 9 * 2, 10 * 56 + 9 * 2]);
  expect([bags.width, bags.height]).toEqual([10 * 56 + 9 * 2, 4 * 56 + 3 * 2]);
  expect(all.contrast).toBeGreaterThan(20);
});

test('the conditional example refuses a garment that there is not', async () => {
  const { code, output } = await runExample('choose-garment.ts', ['--garment', 'hat']);
  expect(code).toBe(1);
  expect(output).toContain('--garment must be one of T-shirt, trouser, pullover');
  expect(output).toContain("received 'hat'");
});
