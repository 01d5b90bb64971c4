import { createReplay, createRng, type ReplayConfig } from 'minimart';
import { describe, expect, test } from 'vitest';
import { createSumTree } from '../../../src/rl/replay/sum-tree.js';

const config: ReplayConfig = { capacity: 8, observationSize: 2, actions: 3 };

/** Transition number `index`, whose numbers all tell which it is. */
const made = (index: number) => ({
  observation: [index, -index],
  action: index % 3,
  reward: 10 * index,
  discount: index % 2 === 0 ? 0.9 : 0,
  nextObservation: [index + 1, -index - 1],
});

const filled = (count: number, change: Partial<ReplayConfig> = {}) => {
  const replay = createReplay({ ...config, ...change });
  for (let index = 1; index <= count; index += 1) replay.add(made(index));
  return replay;
};

/** The statistic of Pearson's test for counts against expected counts. */
const chiSquare = (counts: readonly number[], expected: readonly number[]) =>
  counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0);

describe.each([
  ['part-filled', 5, [1, 2, 3, 4, 5]],
  ['full', 8, [1, 2, 3, 4, 5, 6, 7, 8]],
  ['wrapped', 13, [6, 7, 8, 9, 10, 11, 12, 13]],
] as const)('a replay that is %s', (_, count, kept) => {
  test.each([false, true])('draws all that is stored and nothing else, row by row (prioritized: %s)', (prioritized) => {
    const replay = filled(count, { prioritized });
    expect(replay.size()).toBe(kept.length);
    const seen = new Set<number>();
    const rng = createRng(1);
    for (let round = 0; round < 40; round += 1) {
      const batch = replay.sample(8, rng);
      for (let row = 0; row < 8; row += 1) {
        const index = batch.observations[2 * row]!;
        const { observation, action, reward, discount, nextObservation } = made(index);
        seen.add(index);
        expect([...batch.observations.slice(2 * row, 2 * row + 2)]).toEqual(observation);
        expect([...batch.nextObservations.slice(2 * row, 2 * row + 2)]).toEqual(nextObservation);
        expect(batch.actions[row]).toBe(action);
        expect(batch.rewards[row]).toBe(reward);
        expect(batch.discounts[row]).toBe(Math.fround(discount));
      }
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([...kept]);
  });
});

test('uniform draws have equal frequencies', () => {
  const replay = filled(13);
  const counts = new Array<number>(8).fill(0);
  const rng = createRng(2);
  for (let round = 0; round < 1000; round += 1) for (const place of replay.sample(16, rng).places) counts[place]! += 1;
  // Chi-square with 7 degrees of freedom: 24.3 is exceeded once in a thousand.
  expect(chiSquare(counts, new Array(8).fill(2000))).toBeLessThan(24.3);
});

describe('prioritized draws', () => {
  const errors = [0, 0.5, 1, 2, 4, 8, 3, 0.1];
  const [exponent, offset] = [0.7, 0.01];
  const priorities = errors.map((error) => (error + offset) ** exponent);
  const total = priorities.reduce((sum, each) => sum + each, 0);
  const withErrors = () => {
    const replay = filled(8, { prioritized: { exponent, offset } });
    replay.updatePriorities(
      [0, 1, 2, 3, 4, 5, 6, 7],
      errors.map((error, index) => (index % 2 === 0 ? error : -error)),
    );
    return replay;
  };

  test('have frequencies in proportion to |error| + offset to the exponent', () => {
    const replay = withErrors();
    const counts = new Array<number>(8).fill(0);
    const rng = createRng(3);
    // One at a time: draws of a batch are spread over its shares, and vary less than the test assumes.
    for (let round = 0; round < 20_000; round += 1) counts[replay.sample(1, rng).places[0]!]! += 1;
    // 7 degrees of freedom: 24.3 is exceeded once in a thousand.
    expect(
      chiSquare(
        counts,
        priorities.map((each) => (20_000 * each) / total),
      ),
    ).toBeLessThan(24.3);
  });

  test.each([0, 0.4, 1])('have importance weights (N P)^-%d, over the largest of the batch', (correction) => {
    const { places, weights } = withErrors().sample(32, createRng(4), { correction });
    const raw = [...places].map((place) => ((8 * priorities[place]!) / total) ** -correction);
    const most = Math.max(...raw);
    for (const [row, weight] of raw.entries()) expect(weights[row]).toBeCloseTo(weight / most, 5);
  });

  test('with full correction make a weighted mean of what is uniform', () => {
    const replay = withErrors();
    const [sums, rng] = [[0, 0], createRng(5)];
    for (let round = 0; round < 30_000; round += 1) {
      const { rewards, places } = replay.sample(1, rng);
      const weight = total / (8 * priorities[places[0]!]!);
      sums[0]! += weight * rewards[0]!;
      sums[1]! += weight;
    }
    // Rewards 10 to 80.
    expect(sums[0]! / sums[1]!).toBeGreaterThan(43);
    expect(sums[0]! / sums[1]!).toBeLessThan(47);
  });

  test('see a new transition with the largest priority so far', () => {
    const replay = withErrors();
    replay.add(made(9));
    const largest = (8 + offset) ** exponent;
    expect(replay.state().priorities!.values[0]).toBeCloseTo(largest, 10);
  });
});

test('masks appear with the first illegal action, and earlier transitions count as free', () => {
  const replay = filled(1);
  expect(replay.sample(1, createRng(1)).nextActionMasks).toBeUndefined();
  replay.add({ ...made(2), actionMask: [1, 1, 1], nextActionMask: [0, 1, 0] });
  const masks = new Map<number, number[]>();
  for (let seed = 0; seed < 20; seed += 1) {
    const { observations, nextActionMasks } = replay.sample(1, createRng(seed));
    masks.set(observations[0]!, [...nextActionMasks!]);
  }
  expect(masks.get(1)).toEqual([1, 1, 1]);
  expect(masks.get(2)).toEqual([0, 1, 0]);
});

test('a restored replay goes on with the same draws', () => {
  const replay = filled(11, { prioritized: true });
  replay.updatePriorities([0, 3], [5, 0.2]);
  const other = createReplay({ ...config, prioritized: true });
  other.restore(replay.columns(), replay.state());
  for (const each of [replay, other]) each.add(made(20));
  expect([...other.sample(16, createRng(6)).rewards]).toEqual([...replay.sample(16, createRng(6)).rewards]);
});

test('the sum tree finds the place in whose share a mass falls', () => {
  const tree = createSumTree(5);
  for (const [place, priority] of [2, 0, 3, 0, 5].entries()) tree.set(place, priority);
  expect(tree.total()).toBe(10);
  expect([0, 1.99, 2, 4.99, 5, 9.99].map((mass) => tree.find(mass))).toEqual([0, 0, 2, 2, 4, 4]);
  // Rounding at the end must not lead to a place with no share.
  expect(tree.find(10)).toBe(4);
});

test('bad input is refused by name', () => {
  expect(() => createReplay({ ...config, capacity: 0 })).toThrow('createReplay: `capacity` must be a positive integer');
  expect(() => createReplay({ ...config, prioritized: { exponent: 2 } })).toThrow('`prioritized.exponent`');
  expect(() => createReplay(config).sample(1, createRng(1))).toThrow('sample: `replay` must hold transitions');
  expect(() => filled(3).sample(1, createRng(1), { correction: -1 })).toThrow('`correction`');
});
