import { createRng, customerSegments } from 'minimart';
import { describe, expect, test } from 'vitest';
import { adjustedRand } from '../../src/customers/segments/adjusted-rand.js';
import { assign, kMeans } from '../../src/customers/segments/k-means.js';
import { cellsOf, explainedVariance, thirdsOf } from '../../src/customers/segments/quantile-cells.js';
import { wordsOf } from '../../src/customers/segments/segment-words.js';
import { historyOf } from './made-customers.js';

const pause = async () => {};

// Customers of three kinds: often and just now for much, seldom and long ago for little, once and lately.
function threeKinds(count: number, seed: number, spread = 1) {
  const rng = createRng(seed);
  const kinds = [
    [20, 1, 100],
    [4, 30, 10],
    [0, 5, 30],
  ] as const;
  const drawn = Array.from({ length: count }, (_, row) => {
    const [x, silence, money] = kinds[row % 3]!;
    const recency = x === 0 ? 0 : 20;
    const away = silence * Math.exp(0.1 * spread * rng.normal());
    return { row: [x, recency, recency + away] as const, money: money * Math.exp(0.1 * spread * rng.normal()) };
  });
  const total = Float64Array.from(drawn, ({ row: [x], money }) => money * (1 + x));
  const history = historyOf(drawn.map(({ row }) => row));
  return { ...history, spending: { mean: total, total, refunded: new Float64Array(count) } };
}

describe('segments of three kinds of customers', () => {
  test('are the three kinds, found without being told how many, and stable', async () => {
    const found = await customerSegments(threeKinds(300, 1), { seed: 3 });
    expect(found.segments.map(({ customers }) => customers)).toEqual([100, 100, 100]);
    const kinds = Int32Array.from({ length: 300 }, (_, row) => row % 3);
    expect(adjustedRand(found.labels, kinds)).toBe(1);
    expect(found.trials.map(({ segments }) => segments)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(found.score.stability.value).toBeGreaterThan(0.99);
    expect(found.doubts).toEqual([]);
    const words = found.segments.map((segment) => segment.words);
    expect(words.some((each) => /^bought (0\.\d+|1\.\d+|1) weeks? ago, often \(21 times\), much/.test(each))).toBe(
      true,
    );
    expect(words.some((each) => /ago, once, as much as most \(/.test(each))).toBe(true);
    expect(words.some((each) => /, as often as most \(5 times\), little \(/.test(each))).toBe(true);
  });

  test('take in other customers, and say why', async () => {
    const found = await customerSegments(threeKinds(300, 1), { segments: 3, seed: 3 });
    const others = threeKinds(30, 9);
    const labels = await found.assign(others);
    for (const row of labels.keys()) expect(labels[row]).toBe(found.labels[row % 3]);
    const { segment, next, margin, contributions } = await found.explain(others, 'C4');
    expect([segment, next === segment]).toEqual([labels[4], false]);
    expect(contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 10);
    expect(margin).toBeGreaterThan(0);
    await expect(found.explain(others, 'nobody')).rejects.toThrow(/`customer` must be one of the history/);
  });

  test('without money are by time and frequency', async () => {
    const { spending: _, ...history } = threeKinds(90, 1);
    const { segments } = await customerSegments(history, { segments: 3 });
    expect(segments[0]!.words).not.toMatch(/a day/);
  });
});

test('customers of no kinds get segments with a doubt', async () => {
  const rng = createRng(4);
  const rows = Array.from({ length: 120 }, () => {
    const recency = 20 * rng.uniform();
    return [1 + rng.integer(40), recency, recency + 20 * rng.uniform()] as const;
  });
  const { doubts, score } = await customerSegments(historyOf(rows), { segments: 8, seed: 1 });
  expect(score.stability.value).toBeLessThan(0.75);
  expect(doubts[0]).toMatch(/^Other customers of the kind would give other segments \(adjusted Rand 0\.\d\d\)/);
});

test('too few customers, and customers who are all alike, are refused', async () => {
  const alike = (count: number) => historyOf(Array.from({ length: count }, () => [1, 2, 3]));
  await expect(customerSegments(alike(19))).rejects.toThrow(/`history` must have 20 customers or more, received 19/);
  await expect(customerSegments(alike(30))).rejects.toThrow(/`history` must have customers who differ/);
  await expect(customerSegments(alike(30), { segments: 1 })).rejects.toThrow(
    /`segments` must be a whole number from 2 to 20/,
  );
});

describe('the adjusted Rand index', () => {
  test('is 1 for the same groups under other names', () => {
    expect(adjustedRand(Int32Array.of(0, 0, 1, 2), Int32Array.of(5, 5, 3, 1))).toBe(1);
  });

  test('is what the formula gives', () => {
    // Table [[2, 1], [0, 2]]: pairs together in both 1 + 1 = 2, in one 3 + 1 = 4, in the other 1 + 3 = 4, of 10.
    // (2 - 4 * 4 / 10) / (4 - 4 * 4 / 10) = 0.4 / 2.4; scikit-learn's adjusted_rand_score has it too.
    expect(adjustedRand(Int32Array.of(0, 0, 0, 1, 1), Int32Array.of(0, 0, 1, 1, 1))).toBeCloseTo(1 / 6, 12);
  });

  test('is 1 where there is one group only', () => {
    expect(adjustedRand(new Int32Array(5), new Int32Array(5))).toBe(1);
  });
});

describe('k-means', () => {
  test('finds the best of all groupings of a few points', async () => {
    // By trying all 2^7 ways to part eight numbers.
    const numbers = [0.1, 0.4, 0.35, 2.2, 1.9, 2.6, 0.9, 5];
    const spreadOf = (own: number[]) => {
      const centre = own.reduce((sum, value) => sum + value, 0) / own.length;
      return own.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    };
    let best = Number.POSITIVE_INFINITY;
    for (let way = 1; way < 255; way += 1) {
      const [one, other] = [0, 1].map((side) => numbers.filter((_, place) => ((way >> place) & 1) === side));
      best = Math.min(best, spreadOf(one!) + spreadOf(other!));
    }
    const { inertia } = await kMeans([Float64Array.from(numbers)], 2, createRng(1), pause);
    expect(inertia).toBeCloseTo(best, 12);
  });

  test('gives each point to the nearest centre', async () => {
    const { labels, inertia } = await assign(
      [Float64Array.of(0, 1, 9)],
      [Float64Array.of(10), Float64Array.of(0)],
      pause,
    );
    expect([...labels]).toEqual([1, 1, 0]);
    expect(inertia).toBe(2);
  });
});

test('cells are thirds of each number, and explain the variance between them', () => {
  const points = [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(6, 5, 4, 3, 2, 1)];
  const cells = cellsOf(points, thirdsOf(points));
  expect([...cells]).toEqual([2, 2, 4, 4, 6, 6]);
  // Each number has variance 35 / 12 as a whole, and 1 / 4 within pairs.
  expect(explainedVariance(points, cells)).toBeCloseTo(1 - 0.25 / (35 / 12), 12);
});

test('words say what is usual, and when a number is that of most', () => {
  const all = { sinceLast: 5, purchases: 4, money: 20 };
  expect(wordsOf({ sinceLast: 1, purchases: 9, money: 71.5 }, all, 'week')).toBe(
    'bought 1 week ago, often (9 times), much (71.5 a day)',
  );
  expect(wordsOf({ sinceLast: 3, purchases: 4, money: 1234.5 }, all, 'day')).toBe(
    'bought 3 days ago, as often as most (4 times), much (1235 a day)',
  );
  expect(wordsOf({ sinceLast: 12.25, purchases: 1, money: 3 }, all, 'week')).toBe(
    'bought 12.3 weeks ago, once, little (3 a day)',
  );
});
