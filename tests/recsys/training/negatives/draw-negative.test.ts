import {
  createInteractions,
  createRng,
  createVocabulary,
  growVocabulary,
  type Interactions,
  popularityNegatives,
  uniformNegatives,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { createDrawNegative } from '../../../../src/recsys/training/negatives/draw-negative.js';

/** Pearson's statistic of counts against what was expected; 0 expected must be 0 seen. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, index) => {
    const mean = expected[index]!;
    if (mean === 0) return count === 0 ? sum : Number.POSITIVE_INFINITY;
    return sum + (count - mean) ** 2 / mean;
  }, 0);
}

function countDraws(draw: () => number, size: number, draws: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (let index = 0; index < draws; index += 1) counts[draw()]! += 1;
  return counts;
}

const evenWeights = ({ items }: Interactions) => new Float64Array(items.size).fill(1);

/** User 0 has items 0 to 3, so often; user 1 has none of those. */
function shop(hasUnknown = false) {
  return createInteractions({
    users: createVocabulary(['a', 'b']),
    items: createVocabulary(['0', '1', '2', '3', '4', '5'], { hasUnknown }),
    userIndices: [0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    itemIndices: [0, 1, 1, 2, 3, 3, 3, 4, 4, 4],
  });
}

// The 99.9% point of chi-square with 5 degrees of freedom is 20.5, with 4 18.5, with 1 10.8.
describe('drawing negatives', () => {
  test('is uniform over the items that the user does not have', () => {
    const draw = createDrawNegative('test', shop(), uniformNegatives(), createRng(1));
    const counts = countDraws(() => draw(1), 6, 25_000);
    expect(chiSquare(counts, [5000, 5000, 5000, 5000, 0, 5000])).toBeLessThan(18.5);
  });

  test('takes what the user has too where that is allowed', () => {
    const draw = createDrawNegative('test', shop(), uniformNegatives({ rejectSeen: false }), createRng(1));
    const counts = countDraws(() => draw(1), 6, 24_000);
    expect(chiSquare(counts, [4000, 4000, 4000, 4000, 4000, 4000])).toBeLessThan(20.5);
  });

  test('follows counts to the power asked for', () => {
    const draw = createDrawNegative('test', shop(), popularityNegatives({ power: 0.5 }), createRng(1));
    const counts = countDraws(() => draw(1), 6, 30_000);
    // Counts 1, 2, 1, 3 of the items that user 1 does not have; item 5 has no row.
    const weights = [1, Math.sqrt(2), 1, Math.sqrt(3), 0, 0];
    const sum = weights.reduce((total, weight) => total + weight);
    expect(
      chiSquare(
        counts,
        weights.map((weight) => (30_000 * weight) / sum),
      ),
    ).toBeLessThan(18.5);
  });

  test('takes every item of a grown vocabulary, the newest too, and never the index for unknown items', () => {
    // Indices: a 0, b 1, unknown 2, c 3, d 4. User 0 has a; so b, c and d are drawn, each a third of the time.
    const items = growVocabulary(createVocabulary(['a', 'b'], { hasUnknown: true }), ['c', 'd']);
    const users = createVocabulary(['u', 'v']);
    const grown = createInteractions({ users, items, userIndices: [0, 1, 1, 1], itemIndices: [0, 2, 4, 3] });
    for (const sampling of [uniformNegatives(), { name: 'even', rejectSeen: true, weights: evenWeights }]) {
      const draw = createDrawNegative('test', grown, sampling, createRng(1));
      const counts = countDraws(() => draw(0), 5, 8000);
      expect(chiSquare(counts, [0, 8000 / 3, 0, 8000 / 3, 8000 / 3])).toBeLessThan(13.8);
    }
    const anybody = createDrawNegative('test', grown, uniformNegatives({ rejectSeen: false }), createRng(1));
    expect(
      chiSquare(
        countDraws(() => anybody(0), 5, 8000),
        [2000, 2000, 0, 2000, 2000],
      ),
    ).toBeLessThan(16.3);
    // By rows: a, c and d have one each, and the two of unknown items count for nothing.
    const popular = createDrawNegative('test', grown, popularityNegatives({ rejectSeen: false }), createRng(1));
    expect(
      chiSquare(
        countDraws(() => popular(0), 5, 9000),
        [3000, 0, 0, 3000, 3000],
      ),
    ).toBeLessThan(13.8);
  });

  test('refuses weights of unknown items alone, and what are no weights', () => {
    const only = (weights: readonly number[] | Float64Array) => () =>
      createDrawNegative(
        'test',
        shop(true),
        { name: 'mine', rejectSeen: false, weights: () => weights as Float64Array },
        createRng(1),
      );
    expect(only(Float64Array.of(0, 0, 0, 0, 0, 0, 1))).toThrow('give known items weights of a finite sum above 0');
    expect(only([1, 1, 1, 1, 1, 1, 1])).toThrow('give a Float64Array of 7 finite weights');
  });

  test('never takes the index for unknown items', () => {
    for (const sampling of [
      uniformNegatives(),
      { name: 'own', rejectSeen: true, weights: () => new Float64Array(7).fill(1) },
    ]) {
      const draw = createDrawNegative('test', shop(true), sampling, createRng(1));
      expect(countDraws(() => draw(1), 7, 2000)[6]).toBe(0);
    }
  });

  test('finds the one item that is left, however unlikely', () => {
    const weights = () => Float64Array.of(1, 1, 1, 1, 1e-300, 0);
    const draw = createDrawNegative('test', shop(), { name: 'own', rejectSeen: true, weights }, createRng(1));
    expect(countDraws(() => draw(0), 6, 50)).toEqual([0, 0, 0, 0, 50, 0]);
  });

  test('refuses a user who has every item that could be drawn', () => {
    const full = createInteractions({
      users: createVocabulary(['a', 'b']),
      items: createVocabulary(['0', '1']),
      userIndices: [0, 1, 1],
      itemIndices: [0, 0, 1],
    });
    expect(() => createDrawNegative('test', full, uniformNegatives(), createRng(1))).toThrow(
      /^test: `interactions` must leave every user an item .*received 'b, a user who has all 2'/,
    );
    const draw = createDrawNegative('test', full, uniformNegatives({ rejectSeen: false }), createRng(1));
    expect([0, 1]).toContain(draw(1));
  });

  test.each([
    ['of another length', Float64Array.of(1, 1)],
    ['below zero', Float64Array.of(1, 1, 1, 1, 1, -1)],
    ['not finite', Float64Array.of(1, 1, 1, 1, 1, Number.NaN)],
    ['that are all zero', new Float64Array(6)],
  ])('refuses weights %s', (_, weights) => {
    const sampling = { name: 'own', rejectSeen: true, weights: () => weights };
    expect(() => createDrawNegative('test', shop(), sampling, createRng(1))).toThrow(/`negativeSampling.weights` must/);
  });

  test('refuses a power that is no number in [0, 2]', () => {
    expect(() => popularityNegatives({ power: -1 })).toThrow(/`power` must be a number in \[0, 2\], received -1/);
  });
});
