import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectPng, runExample, temporaryFolder } from './run-example.js';

test('the replenishment example compares the network with the classics and draws the policies', async () => {
  const out = join(temporaryFolder(), 'replenish');
  const { code, output } = await runExample('replenish.ts', ['--steps', '300', '--days', '120', '--out', out]);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^P\d{4}: [45]\.\d\d a day in 60 days, at most \d+\./);
  const rows = output.split('\n').filter((line) => /^(DQN|full-information Q|base-stock|optimal).*%$/.test(line));
  expect(rows).toHaveLength(6);
  expect(output).toContain('One episode of 60 steps, seed 1000000: no interval can be given.');
  const { width, contrast } = inspectPng(join(out, 'policies.png'));
  // Five pictures with four gaps of 2 pixels, 8 pixels to an order.
  expect((width - 8) % 40).toBe(0);
  expect(contrast).toBeGreaterThan(100);
});
