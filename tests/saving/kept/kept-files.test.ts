import '../../support/backends.js';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { memory } from '@tensorflow/tfjs-core';
import { memoryStore, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { trainers } from '../../../bench/resume/trainers.js';
import { documents } from './documents.js';
import { keptRun } from './keep-files.js';

const home = fileURLToPath(new URL('./', import.meta.url));
const versions = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory());

beforeAll(() => useBackend('cpu'));

test('files of a version are kept', () => {
  expect(versions.length).toBeGreaterThan(0);
});

describe.each(versions.map(({ name }) => name))('what version %s wrote', (version) => {
  const folder = `${home}${version}/`;
  const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));

  test.each(Object.keys(expected))('%s is read, and gives what it gave', async (name) => {
    const before = memory().numTensors;
    const used = await documents[name]!.use(readFileSync(`${folder}${name}.safetensors`));
    expect(near(JSON.parse(JSON.stringify(used)))).toEqual(near(expected[name]));
    expect(memory().numTensors).toBe(before);
  });

  const checkpoints = readdirSync(folder).filter((file) => file.endsWith('.checkpoint.safetensors'));
  test.each(checkpoints)('%s is gone on with, and its reports are there', async (file) => {
    const name = file.split('.')[0]!;
    const store = memoryStore();
    await store.write(`checkpoint-${String(keptRun.stopAt).padStart(12, '0')}`, readFileSync(folder + file));
    const trial = trainers[name]!();
    const { history } = await trial.train({ steps: keptRun.steps, resume: store });
    trial.free();
    const steps = history.map((report) => (report as { readonly step: number }).step);
    expect(steps.at(-1)).toBe(keptRun.steps);
    expect(steps.filter((step) => step <= keptRun.stopAt).length).toBeGreaterThan(0);
  });
});

/** Numbers to six digits: hosts differ in the last. */
function near(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, near(each)]));
}
