import '../support/backends.js';
import { useBackend } from 'minimart';
import { expect, test } from 'vitest';
import { fuzz } from '../../bench/fuzz/fuzz.js';
import { fuzzKinds } from '../../bench/fuzz/kinds.js';

test('damaged bytes, texts and states are refused in one wording, or can be used', async () => {
  await useBackend('cpu');
  // Recommenders and GANs are for `npm run bench:fuzz`.
  const kinds = (await fuzzKinds()).filter(({ name }) => !['recommender', 'GAN'].includes(name));
  for (const kind of kinds) expect((await fuzz(kind, 200, 1)).breaches).toEqual([]);
});
