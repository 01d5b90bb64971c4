import '../../support/backends.js';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { decodeGan, encodeGan, encodeRecommender, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { recommenderWithEverything } from '../../recsys/support/shop-models.js';

beforeAll(() => useBackend('cpu'));

/** Lists in lists, so many. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

test('what is written can be read: notes as deep as a description may be', async () => {
  const generator = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  // The description, the notes and what they hold are 300 levels.
  const read = await decodeGan(await encodeGan({ generator, notes: { deep: nested(298) } }));
  expect(read.notes.deep).toEqual(nested(298));
  read.dispose();
  for (const depth of [299, 300, 20_000]) {
    await expect(encodeGan({ generator, notes: { deep: nested(depth) } })).rejects.toThrow(
      /^encodeGan: `[^`]+` must (hold no such deep 'description': at most 300 levels|be nested less deep), received/,
    );
  }
  generator.dispose();
});

test('a state of a recommender of one’s own that is too deep is not written', async () => {
  const recommender = {
    ...recommenderWithEverything(),
    state: () => ({ kind: 'own', settings: { deep: nested(20_000) } }),
  };
  await expect(encodeRecommender(recommender as never)).rejects.toThrow(
    'encodeRecommender: `recommender.state().settings` must be at most 300 levels deep, received',
  );
});
