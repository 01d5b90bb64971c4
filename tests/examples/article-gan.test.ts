import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectPng, runExample, temporaryFolder } from './run-example.js';

test('the network of the article trains and saves 64 samples', async () => {
  const file = join(temporaryFolder(), 'article.png');
  const { code, output } = await runExample('article-gan.ts', ['--steps', '2', '--out', file]);
  expect(code, output).toBe(0);
  expect(output).toMatch(/step 2 of 2: loss D \d+\.\d{3}, G \d+\.\d{3}/);
  const { width, height, contrast } = inspectPng(file);
  // Eight columns and rows of 28 pixels at scale 2, seven gaps of 2 pixels.
  expect([width, height]).toEqual([8 * 28 * 2 + 7 * 2, 8 * 28 * 2 + 7 * 2]);
  expect(contrast).toBeGreaterThan(100);
});

test('the network of the article refuses an option that it does not know', async () => {
  const { code, output } = await runExample('article-gan.ts', ['--colour']);
  expect(code).toBe(1);
  expect(output).toContain("Unknown option '--colour'");
});
