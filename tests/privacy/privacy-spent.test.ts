import { noiseFor, type PrivateMechanism, privacySpent } from 'minimart';
import { describe, expect, test } from 'vitest';
import { sampledGaussianDivergence } from '../../src/privacy/sampled-gaussian.js';
import { normalCumulative } from '../../src/statistics/normal.js';

describe('the divergence of sampled Gaussian noise', () => {
  // mpmath 1.3, the integral at 30 digits.
  test.each([
    [2, 0.05, 2.3, 0.000819858131368857],
    [1.5, 0.04, 3.9, 0.00183320219958386],
    [1.5, 0.05, 4.7, 0.00359138244465682],
    [0.8, 0.05, 3.3, 0.0253612215246131],
    [0.8, 0.001, 1.1, 2.0587554735037e-6],
    [0.3, 0.01, 1.7, 0.36277610350551],
    [0.5, 0.2, 1.5, 0.436161075560514],
    [1, 0.01, 10.9, 0.387611411300389],
  ])('is the integral, with noise %d, rate %d and order %d', (noise, rate, order, expected) => {
    expect(sampledGaussianDivergence(noise, rate, order) / expected).toBeCloseTo(1, 8);
  });

  // dp-accounting 0.6.0, whole orders.
  test.each([
    [1, 0.01, 12, 0.9780117180253621],
    [0.5, 0.2, 63, 124.3646034115589],
    [1.5, 0.04, 256, 53.65739002157022],
    [0.3, 0.001, 256, 1415.2873777068519],
  ])('is the sum, with noise %d, rate %d and order %d', (noise, rate, order, expected) => {
    expect(sampledGaussianDivergence(noise, rate, order) / expected).toBeCloseTo(1, 10);
  });

  test('has a closed form where every row takes part, and is none where no row does', () => {
    // a / (2 s^2): 3 / (2 * 4)
    expect(sampledGaussianDivergence(2, 1, 3)).toBe(0.375);
    expect(sampledGaussianDivergence(2, 0, 3)).toBe(0);
  });

  test('goes over from sums to integrals, and from little noise to less, without a gap upwards', () => {
    for (const rate of [1e-4, 0.01, 0.3]) {
      const below = sampledGaussianDivergence(1.3, rate, 4 - 1e-7);
      expect(below / sampledGaussianDivergence(1.3, rate, 4)).toBeCloseTo(1, 5);
      // Less noise never shows less.
      const [more, less] = [sampledGaussianDivergence(0.1501, rate, 2.5), sampledGaussianDivergence(0.1499, rate, 2.5)];
      expect(less).toBeGreaterThanOrEqual(more);
    }
  });

  test.each([1e-300, 1e-150, 1e-5, 0.01])('is never less than a number with noise %d', (noise) => {
    for (const order of [1.1, 7.5, 11, 1024]) {
      for (const rate of [1e-9, 0.01, 0.999, 1]) {
        const divergence = sampledGaussianDivergence(noise, rate, order);
        expect(divergence).toBeGreaterThan(0);
        expect(divergence).toBeLessThanOrEqual(order / noise / (2 * noise));
      }
    }
  });
});

describe('what was spent', () => {
  // dp-accounting 0.6.0, RDP at its default orders, add or remove one row, Poisson sampling.
  test.each([
    [1.1, 256 / 60_000, 14_100, 1e-5, 2.6003],
    [1.5, 0.04, 2250, 1e-5, 7.3293],
    [1, 0.01, 5000, 2e-5, 4.4217],
    [2, 0.01, 10_000, 1e-5, 2.3529],
    [4, 0.01, 10_000, 1e-5, 1.0355],
    [0.8, 0.001, 20_000, 1e-6, 1.8972],
    [1.5, 0.05, 1000, 1e-6, 6.668],
    [3, 0.2, 100, 1e-6, 3.6397],
  ])(
    'agrees with dp-accounting: noise %d, rate %d, %d steps',
    (noiseMultiplier, samplingRate, steps, delta, expected) => {
      const { epsilon } = privacySpent({ noiseMultiplier, samplingRate, steps }, { delta });
      expect(Math.abs(epsilon / expected - 1)).toBeLessThan(1e-4);
    },
  );

  test('agrees with opacus where its orders are the best ones', () => {
    // opacus accountants_test.py: 7.32911117143
    const training = { noiseMultiplier: 1.5, samplingRate: 0.04, steps: 2250 };
    expect(privacySpent(training, { delta: 1e-5 }).epsilon).toBeCloseTo(7.32911117143, 6);
  });

  test('adds up over mechanisms', () => {
    // dp-accounting 0.6.0: 7.83908, with fractional orders that it computes to 3e-5.
    const mechanisms = [
      { noiseMultiplier: 1.5, samplingRate: 0.05, steps: 1000 },
      { noiseMultiplier: 10, steps: 3 },
      { noiseMultiplier: 3, samplingRate: 0.2, steps: 100 },
    ];
    expect(privacySpent(mechanisms, { delta: 1e-6 }).epsilon).toBeCloseTo(7.839, 2);
  });

  test('is what plain Gaussian noise costs, by hand', () => {
    // rho = 1 / (2 * 25), order 24: 24 rho + log(23 / 24) - (log(1e-6) + log(24)) / 23; dp-accounting: 0.89994.
    const expected = 24 / 50 + Math.log(23 / 24) - (Math.log(1e-6) + Math.log(24)) / 23;
    const { epsilon, order } = privacySpent({ noiseMultiplier: 5 }, { delta: 1e-6 });
    expect(order).toBe(24);
    expect(epsilon).toBeCloseTo(expected, 12);
    expect(epsilon).toBeCloseTo(0.89994, 5);
  });

  test('of a stated epsilon is no more than that, and less for many small ones', () => {
    expect(privacySpent({ epsilon: 1 }, { delta: 1e-6 }).epsilon).toBeLessThan(1.01);
    expect(privacySpent({ epsilon: 50 }, { delta: 1e-6 }).epsilon).toBeLessThan(50.01);
    expect(privacySpent({ epsilon: 0.01, steps: 100 }, { delta: 1e-6 }).epsilon).toBeLessThan(0.5);
    // The divergence of randomised response of order 2: log(p^2 / r + r^2 / p) with p = e / (1 + e), r = 1 - p.
    const [p, r] = [Math.E / (1 + Math.E), 1 / (1 + Math.E)];
    const order2 = Math.log(p ** 2 / r + r ** 2 / p);
    const at2 = order2 + Math.log(1 / 2) - (Math.log(1e-6) + Math.log(2));
    expect(privacySpent({ epsilon: 1 }, { delta: 1e-6 }).epsilon).toBeLessThan(at2);
  });

  test('is nothing where nothing was shown, and infinite where nothing is protected', () => {
    expect(privacySpent([], { delta: 1e-6 }).epsilon).toBe(0);
    expect(privacySpent({ noiseMultiplier: 1, steps: 0 }, { delta: 1e-6 }).epsilon).toBe(0);
    expect(privacySpent({ noiseMultiplier: 1, samplingRate: 0 }, { delta: 1e-6 }).epsilon).toBe(0);
    expect(privacySpent({ noiseMultiplier: 1e-200 }, { delta: 1e-6 }).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(privacySpent({ noiseMultiplier: 9, delta: 1e-6 }, { delta: 1e-6 }).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(privacySpent({ noiseMultiplier: 9 }, { delta: 1e-320 }).epsilon).toBeGreaterThan(0);
  });

  test('takes probabilities of failure from delta', () => {
    const failing = privacySpent({ noiseMultiplier: 9, delta: 4e-7 }, { delta: 1e-6 });
    expect(failing.epsilon).toBeCloseTo(privacySpent({ noiseMultiplier: 9 }, { delta: 6e-7 }).epsilon, 12);
  });

  test('refuses what is no mechanism', () => {
    const spent = (mechanism: object, delta: unknown = 1e-6) =>
      privacySpent(mechanism as never, { delta: delta as number });
    expect(() => spent({ noiseMultiplier: 0 })).toThrow('`noiseMultiplier` must be a positive number, received 0');
    expect(() => spent({ noiseMultiplier: Number.NaN })).toThrow('`noiseMultiplier`');
    expect(() => spent({})).toThrow('`noiseMultiplier` must be a positive number, received undefined');
    expect(() => spent({ noiseMultiplier: 1, samplingRate: 1.1 })).toThrow('`samplingRate` must be a number in [0, 1]');
    expect(() => spent({ noiseMultiplier: 1, steps: 1.5 })).toThrow('`steps` must be a whole number >= 0');
    expect(() => spent({ noiseMultiplier: 1, sigma: 3 })).toThrow('`sigma` must be left out');
    expect(() => spent({ epsilon: 1, noiseMultiplier: 1 })).toThrow('`epsilon` must stand alone');
    expect(() => spent([{ noiseMultiplier: 1 }, { epsilon: -1 }])).toThrow('`mechanisms[1].epsilon`');
    expect(() => spent({ noiseMultiplier: 1 }, 1)).toThrow('`delta` must be below 1');
    expect(() => spent({ noiseMultiplier: 1 }, 0)).toThrow('`delta` must be a number in (0, 1]');
  });
});

describe('what was spent, by the distribution of the privacy loss', () => {
  const spent = (mechanisms: PrivateMechanism | PrivateMechanism[], delta: number) =>
    privacySpent(mechanisms, { delta, accountant: 'pld' });

  // dp-accounting 0.6.0, PLD; the same settings as above.
  test.each([
    [1.1, 256 / 60_000, 14_100, 1e-5, 2.3852],
    [1.5, 0.04, 2250, 1e-5, 6.7688],
    [1, 0.01, 5000, 2e-5, 4.0312],
    [2, 0.01, 10_000, 1e-5, 2.1628],
    [4, 0.01, 10_000, 1e-5, 0.947],
    [0.8, 0.001, 20_000, 1e-6, 1.2862],
    [1.5, 0.05, 1000, 1e-6, 6.1997],
    [3, 0.2, 100, 1e-6, 3.3711],
  ])(
    'agrees with dp-accounting: noise %d, rate %d, %d steps',
    (noiseMultiplier, samplingRate, steps, delta, expected) => {
      const { epsilon, order } = spent({ noiseMultiplier, samplingRate, steps }, delta);
      // Its numbers are rounded at the fourth decimal.
      expect(epsilon).toBeGreaterThan(expected - 1e-4);
      expect(epsilon / expected).toBeLessThan(1.0005);
      expect(order).toBeUndefined();
    },
  );

  /** Balle and Wang, "Improving the Gaussian Mechanism for Differential Privacy" (2018), theorem 8: exact for plain Gaussian noise. */
  const exactDelta = (epsilon: number, noise: number) =>
    normalCumulative(0.5 / noise - epsilon * noise) -
    Math.exp(epsilon) * normalCumulative(-0.5 / noise - epsilon * noise);

  test.each([
    [[5], 1e-6],
    [[0.7], 1e-5],
    [[3, 4, 12], 1e-6],
    [[20, 20, 20, 20], 1e-4],
  ])('of plain Gaussian noise is hardly more than the least that there is: %j', (noises, delta) => {
    // Squared means over variances add up.
    const noise = 1 / Math.sqrt(noises.reduce((sum, each) => sum + each ** -2, 0));
    const { epsilon } = spent(
      noises.map((noiseMultiplier) => ({ noiseMultiplier })),
      delta,
    );
    expect(exactDelta(epsilon, noise)).toBeLessThanOrEqual(delta);
    expect(exactDelta(epsilon * 0.9995, noise)).toBeGreaterThan(delta);
  });

  test.each([
    [0.7, 0.3],
    [0.5, 0.02],
    [2, 0.9],
  ])('of one sampled step bounds a row that is added and one that is removed: noise %d, rate %d', (noise, rate) => {
    // Plain sums over the noise: delta = integral of max(0, P - exp(epsilon) Q).
    const deltaAt = (epsilon: number) => {
      const step = 1e-4 * noise;
      let [removed, added] = [0, 0];
      for (let x = -12 * noise; x < 1 + 12 * noise; x += step) {
        const without = Math.exp(-0.5 * (x / noise) ** 2) / (noise * Math.sqrt(2 * Math.PI));
        const shifted = Math.exp(-0.5 * ((x - 1) / noise) ** 2) / (noise * Math.sqrt(2 * Math.PI));
        const mixed = (1 - rate) * without + rate * shifted;
        removed += step * Math.max(0, mixed - Math.exp(epsilon) * without);
        added += step * Math.max(0, without - Math.exp(epsilon) * mixed);
      }
      return Math.max(removed, added);
    };
    const { epsilon } = spent({ noiseMultiplier: noise, samplingRate: rate }, 1e-4);
    expect(deltaAt(epsilon)).toBeLessThanOrEqual(1e-4 * (1 + 1e-6));
    expect(deltaAt(0.999 * epsilon)).toBeGreaterThan(1e-4);
  });

  test('of randomised response is exact but for the grid, once and twice', () => {
    const p = Math.E / (1 + Math.E);
    // (1 - exp(epsilon - 1)) p = delta
    expect(spent({ epsilon: 1 }, 1e-3).epsilon).toBeCloseTo(1 + Math.log(1 - 1e-3 / p), 2);
    // Twice: losses of 2 with p^2, 0 and -2: (1 - exp(epsilon - 2)) p^2 = delta
    const twice = spent({ epsilon: 1, steps: 2 }, 0.1).epsilon;
    expect(twice).toBeCloseTo(2 + Math.log(1 - 0.1 / p ** 2), 2);
    expect(twice).toBeGreaterThanOrEqual(2 + Math.log(1 - 0.1 / p ** 2));
  });

  test('takes failures from delta, and entries of a ledger, and adds both kinds of mechanisms', () => {
    const sampled = { purpose: 'training', noiseMultiplier: 2, samplingRate: 0.02, steps: 300 };
    const failing = spent({ ...sampled, delta: 4e-6 }, 1e-5).epsilon;
    expect(failing).toBeCloseTo(spent(sampled, 6e-6).epsilon, 6);
    const [both, one] = [spent([sampled, { epsilon: 0.3 }], 1e-5).epsilon, spent(sampled, 1e-5).epsilon];
    expect(both).toBeGreaterThan(one);
    expect(both).toBeLessThan(one + 0.31);
    expect(spent([sampled, { noiseMultiplier: 7, steps: 0 }], 1e-5).epsilon).toBe(one);
    expect(spent([], 1e-6).epsilon).toBe(0);
  });

  test('gives the bound by divergences where rounding would tell, or nothing is protected', () => {
    const mechanism = { noiseMultiplier: 5, steps: 3 };
    expect(spent(mechanism, 1e-12)).toEqual(privacySpent(mechanism, { delta: 1e-12 }));
    expect(spent({ noiseMultiplier: 1e-200 }, 1e-6).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(() => privacySpent(mechanism, { delta: 1e-6, accountant: 'gdp' as never })).toThrow('`accountant`');
  });
});

describe('the noise for a budget', () => {
  test.each([
    [8, 1e-5, 0.04, 2250, 1.416],
    [8, 1e-5, 0.04, 2000, 1.3562],
  ])(
    'agrees with dp-accounting: epsilon %d, delta %d, rate %d, %d steps',
    (epsilon, delta, samplingRate, steps, expected) => {
      expect(noiseFor({ epsilon, delta, samplingRate, steps }) / expected).toBeCloseTo(1, 3);
    },
  );

  test.each([
    [0.01, 1, 1],
    [1, 1, 20],
    [60, 0.02, 7],
  ])('keeps within it, and hardly below: epsilon %d, rate %d, %d steps', (epsilon, samplingRate, steps) => {
    const noise = noiseFor({ epsilon, delta: 1e-6, samplingRate, steps });
    const spent = (noiseMultiplier: number) =>
      privacySpent({ noiseMultiplier, samplingRate, steps }, { delta: 1e-6 }).epsilon;
    expect(spent(noise)).toBeLessThanOrEqual(epsilon);
    expect(spent(noise / 1.0002)).toBeGreaterThan(epsilon);
  });

  test('refuses what no noise is enough for', () => {
    expect(() => noiseFor({ epsilon: 0.001, delta: 1e-6 })).toThrow(
      /`epsilon` must be more than what any noise leaves at this delta, 0\.00\d+, received 0.001/,
    );
    expect(() => noiseFor({ epsilon: 1, delta: 1e-6, samplingRate: 0 })).toThrow('`samplingRate`');
    expect(() => noiseFor({ epsilon: 0, delta: 1e-6 })).toThrow('`epsilon` must be a positive number');
  });
});
