import { createRng, restoreRng } from 'minimart';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';

const draws = (seed: number, count: number) => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => rng.uniform());
};

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('createRng', () => {
  test('gives the same numbers for the same seed and others for another', () => {
    expect(draws(7, 20)).toEqual(draws(7, 20));
    expect(draws(7, 20)).not.toEqual(draws(8, 20));
  });

  test('draws the words of xoroshiro128+ from its state', () => {
    const rng = createRng(7);
    const reference = xoroshiro128plusFromState(rng.state().words);
    for (let index = 0; index < 10; index += 1) expect(rng.uint32()).toBe(reference.next() >>> 0);
  });

  test.each([-1, 0, 2 ** 40, Number.MAX_SAFE_INTEGER])('takes %d as a seed', (seed) => {
    expect(draws(seed, 3)).toHaveLength(3);
  });

  test.each([1.5, Number.NaN, 2 ** 53, '7' as unknown as number])('refuses %s as a seed', (seed) => {
    expect(() => createRng(seed)).toThrow(/createRng: `seed` must be a safe integer, received .*7?/);
  });
});

describe('streams', () => {
  test('with different names are different and uncorrelated', () => {
    const root = createRng(7);
    const first = root.stream('noise').fillUniform(new Float32Array(20_000));
    const second = root.stream('shuffle').fillUniform(new Float32Array(20_000));
    const products = Array.from(first, (value, index) => (value - 0.5) * (second[index]! - 0.5));
    // The product of two independent uniforms has variance 1/144, so its mean has a standard error of 0.0006.
    expect(Math.abs(mean(products))).toBeLessThan(0.0024);
  });

  test('do not move when another stream is drawn from', () => {
    const quiet = createRng(7);
    const busy = createRng(7);
    for (let index = 0; index < 5; index += 1) busy.uniform();
    expect(busy.stream('noise').uniform()).toBe(quiet.stream('noise').uniform());
  });

  test('tell nested names apart', () => {
    const rng = createRng(7);
    expect(rng.stream('a').stream('b').uniform()).not.toBe(rng.stream('b').stream('a').uniform());
  });
});

describe('state', () => {
  test('survives JSON and goes on exactly where it was taken, sub-streams included', () => {
    const rng = createRng(7).stream('noise');
    rng.normal();
    const saved = JSON.parse(JSON.stringify(rng.state()));
    const expected = [rng.uniform(), rng.normal(), rng.stream('x').uniform()];
    const resumed = restoreRng(saved);
    expect([resumed.uniform(), resumed.normal(), resumed.stream('x').uniform()]).toEqual(expected);
  });

  test('refuses what no state() returned', () => {
    expect(() => restoreRng({ path: '7', words: [1, 2] })).toThrow('restoreRng: `state` must come from state()');
  });
});

describe('distributions', () => {
  test('uniform numbers fill [0, 1) evenly', () => {
    const counts = new Array<number>(10).fill(0);
    const rng = createRng(1);
    for (let index = 0; index < 100_000; index += 1) counts[Math.floor(rng.uniform() * 10)]! += 1;
    // Chi-squared with 9 degrees of freedom is below 27.9 with probability 0.999.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  test.each(['normal', 'fillNormal'] as const)('%s has the moments of the standard normal', (name) => {
    const rng = createRng(3);
    const values =
      name === 'normal'
        ? Float64Array.from({ length: 100_000 }, () => rng.normal())
        : rng.fillNormal(new Float32Array(100_001));
    const moment = (power: number) => mean(Array.from(values, (value) => value ** power));
    // Standard errors at 100,000 draws: 0.0032, 0.0045, 0.0122, 0.031; four of each are allowed.
    expect(Math.abs(moment(1))).toBeLessThan(0.013);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.125);
  });

  test('fillNormal follows the normal curve in every part, the tails included', () => {
    const values = createRng(11).fillNormal(new Float32Array(2_000_000));
    // Shares below some values, from tables of the normal distribution.
    const shares = [
      [-4, 3.1671e-5],
      [-3.442619855899, 2.88035e-4],
      [-3, 1.349898e-3],
      [-2, 2.2750132e-2],
      [-1, 0.15865525],
      [-0.5, 0.30853754],
      [0, 0.5],
      [0.25, 0.59870633],
      [1.5, 0.9331928],
      [2.5, 0.99379033],
      [3.5, 0.99976737],
    ] as const;
    for (const [limit, share] of shares) {
      const below = values.reduce((count, value) => count + (value < limit ? 1 : 0), 0);
      const deviation = Math.sqrt(values.length * share * (1 - share));
      expect(Math.abs(below - values.length * share), `below ${limit}`).toBeLessThan(4 * deviation);
    }
  });

  test('integers are even where a plain remainder would not be', () => {
    const rng = createRng(5);
    const below = 3 * 2 ** 30;
    let low = 0;
    for (let index = 0; index < 30_000; index += 1) if (rng.integer(below) < 2 ** 30) low += 1;
    // A third is expected (a remainder would give a half); the standard error is 82.
    expect(Math.abs(low - 10_000)).toBeLessThan(330);
  });

  test('permutations hold every number once and start with each equally often', () => {
    const rng = createRng(9);
    expect(Array.from(rng.permutation(100)).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    const orders = new Map<string, number>();
    for (let index = 0; index < 6_000; index += 1) {
      const order = rng.permutation(3).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    // Chi-squared with 5 degrees of freedom is below 20.5 with probability 0.999.
    expect([...orders.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)).toBeLessThan(20.5);
    expect(rng.permutation(0)).toHaveLength(0);
  });

  test('choice returns members and refuses an empty list', () => {
    const rng = createRng(2);
    const seen = new Set(Array.from({ length: 100 }, () => rng.choice(['a', 'b', 'c'])));
    expect([...seen].sort()).toEqual(['a', 'b', 'c']);
    expect(() => rng.choice([])).toThrow('choice: `items` must not be empty, received [] (array).');
  });

  test.each([0, -1, 1.5, 2 ** 33])('integer refuses %d as its bound', (below) => {
    expect(() => createRng(0).integer(below)).toThrow('integer: `below` must be a whole number from 1 to');
  });
});
