import { buildSasRec, createVocabulary } from 'minimart';
import { expect, test } from 'vitest';

const items = createVocabulary(['tea', 'cup', 'pot']);

test('items start from what was given, brought to a root mean square of 0.1', () => {
  const itemVectors = [3, -4, 0, 12, 5, 6];
  const given = buildSasRec({ items, embeddingSize: 2, itemVectors, seed: 4 });
  // 9 + 16 + 144 + 25 + 36 = 230, over six numbers.
  const scale = 0.1 / Math.sqrt(230 / 6);
  expect([...given.table.values]).toEqual(itemVectors.map((value) => Math.fround(scale * value)));
  const drawn = buildSasRec({ items, embeddingSize: 2, seed: 4 });
  expect(given.parameters).toEqual(drawn.parameters);
  expect(given.table.values).not.toEqual(drawn.table.values);
  expect(itemVectors).toEqual([3, -4, 0, 12, 5, 6]);
});

test.each([
  [new Float32Array(5), '`itemVectors` must hold 6 numbers, received 5'],
  [Float32Array.of(1, 2, 3, Number.NaN, 5, 6), '`itemVectors[3]` must be a finite number, received NaN'],
  [new Float32Array(6), '`itemVectors` must not be 0 throughout'],
  ['vector', '`itemVectors[0]` must be a finite number'],
])('refuses vectors that are none: %s', (itemVectors, message) => {
  const config = { items, embeddingSize: 2, itemVectors } as Parameters<typeof buildSasRec>[0];
  expect(() => buildSasRec(config)).toThrow(`buildSasRec: ${message}`);
});
