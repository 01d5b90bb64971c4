import '../support/backends.js';
import { useBackend } from 'minimart';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzz } from '../../bench/fuzz/fuzz.js';
import { fuzzKinds } from '../../bench/fuzz/kinds.js';
import { createScratch, type Scratch } from '../../bench/fuzz/scratch.js';

let scratch: Scratch;

beforeAll(async () => {
  await useBackend('cpu');
  scratch = await createScratch();
});
afterAll(() => scratch.remove());

// Many more cases are for `npm run bench:fuzz`.
test('damaged files, texts and states are refused in one wording, or can be used', async () => {
  for (const kind of await fuzzKinds(scratch)) expect((await fuzz(kind, 60, 1)).breaches).toEqual([]);
});
