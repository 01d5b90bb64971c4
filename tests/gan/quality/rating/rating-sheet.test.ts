import '../../../support/backends.js';
import { tensor4d } from '@tensorflow/tfjs-core';
import { type ArrayData, parseRatings, type RatingKey, ratingSheet, scoreRatings, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';

// Images whose one pixel says what they are: real ones count from 0, generated ones from 1,000.
const images = (count: number, first: number): ArrayData => ({
  values: Float32Array.from({ length: count }, (_, index) => first + index),
  shape: [count, 1, 1, 1],
});
const [real, generated] = [images(30, 0), images(40, 1000)];

beforeAll(() => useBackend('cpu'));

describe('ratingSheet', () => {
  test('shows equally many of each kind once, in an order that the key alone explains', async () => {
    const sheet = await ratingSheet({ real, generated, count: 12, perPage: 10, seed: 3 });
    const { truth, places, seed } = sheet.key;
    expect(seed).toBe(3);
    expect(sheet.images.shape).toEqual([24, 1, 1, 1]);
    expect(truth.filter((each) => each === 'real').length).toBe(12);
    const shown = Array.from(sheet.images.values);
    expect(shown).toEqual(truth.map((each, index) => (each === 'real' ? 0 : 1000) + places[index]!));
    expect(new Set(shown).size).toBe(24);
    // Not one kind after the other, nor in turn.
    expect(truth.slice(0, 12)).toContain('real');
    expect(truth.slice(0, 12)).toContain('generated');
    expect(sheet.items).toEqual(shown.map((_, index) => ({ item: index + 1, page: Math.floor(index / 10) + 1 })));
  });

  test('repeats itself for a seed, and draws others for another', async () => {
    const sheet = await ratingSheet({ real, generated, seed: 1 });
    expect(sheet.items.length).toBe(60);
    expect(await ratingSheet({ real, generated, seed: 1 })).toEqual(sheet);
    expect((await ratingSheet({ real, generated, seed: 2 })).key.truth).not.toEqual(sheet.key.truth);
  });

  test('over many sheets, every place holds either kind equally often', async () => {
    const counts = new Array<number>(6).fill(0);
    for (let seed = 0; seed < 400; seed += 1) {
      const { key } = await ratingSheet({ real, generated, count: 3, seed });
      key.truth.forEach((each, place) => {
        if (each === 'real') counts[place]! += 1;
      });
    }
    // 200 expected, standard deviation 10.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(40);
  });

  test('takes tensors, and refuses shapes and counts that do not fit', async () => {
    const other = tensor4d([5, 6, 7], [3, 1, 1, 1]);
    expect((await ratingSheet({ real: other, generated })).items.length).toBe(6);
    other.dispose();
    await expect(ratingSheet({ real, generated, count: 31 })).rejects.toThrow('`count` must be at most 30');
    const wide = { values: new Float32Array(8), shape: [2, 2, 2, 1] };
    await expect(ratingSheet({ real, generated: wide })).rejects.toThrow(
      '`generated` must have the shape [N, 1, 1, 1]',
    );
  });
});

describe('scoreRatings', () => {
  const key: RatingKey = { seed: 1, truth: ['real', 'generated', 'generated', 'real'], places: [0, 0, 1, 1] };
  const answersOf = (rater: string, answers: string) =>
    [...answers].flatMap((letter, index) =>
      letter === '-'
        ? []
        : [{ rater, item: index + 1, answer: letter === 'r' ? ('real' as const) : ('generated' as const) }],
    );

  test('counts what is right, what fooled and what was doubted, for all and for each', () => {
    const report = scoreRatings(key, [...answersOf('ann', 'rgrg'), ...answersOf('bob', 'rg--')]);
    // ann: 2 of 4, bob: 2 of 2; generated: item 2 seen through twice, item 3 taken for real once.
    expect([report.answers, report.accuracy.value]).toEqual([6, 4 / 6]);
    expect([report.fooled.value, report.doubted.value]).toEqual([1 / 3, 1 / 3]);
    expect(report.raters.map(({ rater, answers, accuracy }) => [rater, answers, accuracy.value])).toEqual([
      ['ann', 4, 0.5],
      ['bob', 2, 1],
    ]);
    // Wilson's interval of 2 of 4 is 0.150 to 0.850 (Newcombe, 1998, gives the formula).
    expect(report.raters[0]!.accuracy.interval[0]).toBeCloseTo(0.15, 2);
    expect(report.raters[0]!.accuracy.interval[1]).toBeCloseTo(0.85, 2);
  });

  test('is no surer for having asked twice about the same items', () => {
    const one = scoreRatings(key, answersOf('ann', 'rgrg'));
    const two = scoreRatings(key, [...answersOf('ann', 'rgrg'), ...answersOf('bob', 'rgrg')]);
    expect(two.accuracy).toEqual(one.accuracy);
  });

  test('measures agreement on the items that all rated, of two raters or more', () => {
    expect(scoreRatings(key, answersOf('ann', 'rgrg')).agreement).toBeUndefined();
    // Both rated items 1 to 3 as rgr and rgg: observed 2/3, expected 2/3 * 1/3 + 1/3 * 2/3 = 4/9, so (2/9) / (5/9).
    const two = scoreRatings(key, [...answersOf('ann', 'rgrg'), ...answersOf('bob', 'rgg-')]);
    expect(two.agreement).toEqual({ kind: 'cohen', kappa: expect.closeTo(0.4, 12), items: 3 });
    const three = scoreRatings(
      key,
      ['rrgg', 'rrgg', 'rrgg'].flatMap((each, rater) => answersOf(String(rater), each)),
    );
    expect(three.agreement).toEqual({ kind: 'fleiss', kappa: 1, items: 4 });
    const apart = scoreRatings(key, [...answersOf('ann', 'rg--'), ...answersOf('bob', '--rg')]);
    expect(apart.agreement).toBeUndefined();
  });

  test('refuses answers that are none', () => {
    const one = answersOf('ann', 'r');
    expect(() => scoreRatings(key, [])).toThrow('`ratings` must not be empty');
    expect(() => scoreRatings(key, [...one, ...one])).toThrow("be the rater's only answer to the item");
    expect(() => scoreRatings(key, [{ ...one[0]!, item: 5 }])).toThrow(
      '`ratings[0].item` must be a whole number from 1 to 4',
    );
  });
});

describe('parseRatings', () => {
  test('reads the answers of a page or of a spreadsheet', () => {
    const text =
      'rater;item;page;picture;answer\r\n"Ann; B.";1;1;pictures/1.png;real\r\n"Ann; B.";2;1;pictures/2.png;\r\n';
    expect(parseRatings(text)).toEqual([{ rater: 'Ann; B.', item: 1, answer: 'real' }]);
  });

  test('refuses other words', () => {
    expect(() => parseRatings('rater,item,answer\nann,1,fake\n')).toThrow("`answer` must be 'real' or 'generated'");
    expect(() => parseRatings('rater,item,answer\nann,one,real\n')).toThrow('one');
  });
});
