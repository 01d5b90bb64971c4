import fc from 'fast-check';
import { createVocabulary, growVocabulary, restoreVocabulary, type Vocabulary, type VocabularyState } from 'minimart';
import { describe, expect, test } from 'vitest';

const anyIds = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.nat({ max: 30 })), { maxLength: 30 });
const indices = (vocabulary: Vocabulary) =>
  Array.from({ length: vocabulary.size }, (_, index) => vocabulary.idAt(index));

describe('createVocabulary', () => {
  test('numbers ids by first appearance, both ways', () => {
    fc.assert(
      fc.property(anyIds, fc.boolean(), (ids, hasUnknown) => {
        const vocabulary = createVocabulary(ids, { hasUnknown });
        const expected: (string | undefined)[] = [...new Set(ids.map(String))];
        expect(indices(vocabulary)).toEqual(hasUnknown ? [...expected, undefined] : expected);
        expect(ids.map((id) => vocabulary.idAt(vocabulary.indexOf(id)))).toEqual(ids.map(String));
        expect(vocabulary.indexOf('not there')).toBe(hasUnknown ? expected.length : -1);
        expect([vocabulary.has('not there'), vocabulary.idAt(-1), vocabulary.idAt(99)]).toEqual([
          false,
          undefined,
          undefined,
        ]);
      }),
    );
  });

  test('leaves out ids that come too rarely', () => {
    const vocabulary = createVocabulary(['a', 'b', 'a', 'c', 'c', 'a'], { minimumCount: 2, hasUnknown: true });
    expect(vocabulary.toJSON()).toEqual({ ids: ['a', 'c'], hasUnknown: true });
    expect(vocabulary.indexOf('b')).toBe(2);
    expect(() => createVocabulary([], { minimumCount: 0 })).toThrow('`minimumCount` must be a positive integer');
  });
});

describe('growVocabulary', () => {
  test('keeps every index, that of unknown ids too, and puts new ids behind them', () => {
    fc.assert(
      fc.property(anyIds, anyIds, anyIds, fc.boolean(), (ids, more, evenMore, hasUnknown) => {
        const before = createVocabulary(ids, { hasUnknown });
        const grown = growVocabulary(growVocabulary(before, more), evenMore);
        expect(indices(grown).slice(0, before.size)).toEqual(indices(before));
        expect(grown.unknownIndex).toBe(before.unknownIndex);
        expect(grown.indexOf('not there')).toBe(before.unknownIndex);
        const all = new Set([...ids, ...more, ...evenMore].map(String));
        expect(grown.size).toBe(all.size + (hasUnknown ? 1 : 0));
        for (const id of all) expect(grown.idAt(grown.indexOf(id))).toBe(id);
      }),
    );
  });
});

describe('restoreVocabulary', () => {
  test('gives the same indices, after growth too', () => {
    fc.assert(
      fc.property(anyIds, anyIds, fc.boolean(), (ids, more, hasUnknown) => {
        for (const saved of [
          createVocabulary(ids, { hasUnknown }),
          growVocabulary(createVocabulary(ids, { hasUnknown }), more),
        ]) {
          const restored = restoreVocabulary(JSON.parse(JSON.stringify(saved)));
          expect(indices(restored)).toEqual(indices(saved));
          expect(restored.unknownIndex).toBe(saved.unknownIndex);
          expect(restored.toJSON()).toEqual(saved.toJSON());
        }
      }),
    );
  });

  test.each([
    [null, '`state.ids` must be an array of texts, received undefined'],
    [{ ids: ['a', 1], hasUnknown: false }, '`state.ids` must be an array of texts'],
    [
      { ids: ['a', 'a'], hasUnknown: false },
      "`state.ids` must hold every id once, received '2 ids, 1 of them different'",
    ],
    [{ ids: ['a'] }, '`state.hasUnknown` must be true or false'],
    [{ ids: ['a'], hasUnknown: true, unknownIndex: 2 }, '`state.unknownIndex` must be an index from 0 to 1'],
    [{ ids: ['a'], hasUnknown: true, unknownIndex: 0.5 }, '`state.unknownIndex` must be an index'],
    [{ ids: ['a'], hasUnknown: false, unknownIndex: 0 }, '`state.unknownIndex` must be'],
  ])('refuses %j', (state, message) => {
    expect(() => restoreVocabulary(state as VocabularyState)).toThrow(`restoreVocabulary: ${message}`);
  });
});
