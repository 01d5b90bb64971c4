import { describe, expect, test } from 'vitest';
import { digammaRising, logGamma, logRising } from '../../src/statistics/log-gamma.js';

describe('logGamma', () => {
  test('is the logarithm of the factorial of one less', () => {
    let factorial = 1;
    for (let n = 1; n <= 30; n += 1) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
  });

  test('of one half is that of the root of pi', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
  });

  test('near 0 is minus the logarithm', () => {
    // Gamma(z) = Gamma(1 + z) / z, and Gamma(1) = 1.
    expect(logGamma(1e-12)).toBeCloseTo(-Math.log(1e-12), 11);
  });
});

describe('logRising', () => {
  test.each([1e-3, 0.24, 1, 3.5, 9.99, 10, 250])('of whole numbers is a sum of logarithms, from %d', (z) => {
    for (const n of [1, 2, 7, 400]) {
      let sum = 0;
      for (let i = 0; i < n; i += 1) sum += Math.log(z + i);
      expect(Math.abs(logRising(z, n) - sum)).toBeLessThan(1e-12 * (1 + Math.abs(sum)));
    }
  });

  test('of other numbers is the difference of two logarithms of gamma functions', () => {
    expect(logRising(2.3, 1.7)).toBeCloseTo(logGamma(4) - logGamma(2.3), 12);
    expect(logRising(0.4, 12.25)).toBeCloseTo(logGamma(12.65) - logGamma(0.4), 11);
  });

  test('keeps its digits where the two are huge', () => {
    // Of z = 1e14 the sum of ln(z + i), i < 5, is 5 ln z + (0 + 1 + 2 + 3 + 4) / z.
    expect(logRising(1e14, 5) / (5 * Math.log(1e14))).toBeCloseTo(1, 14);
    // b beyond all bounds: (b)_x / (a + b)_x = 1 - a x / b, of which only the first matters.
    expect(logRising(1.8e14, 40) - logRising(1.8e14 + 1, 40)).toBeCloseTo(0, 10);
  });

  test('of 0 is 0', () => {
    expect(logRising(3, 0)).toBe(0);
  });
});

test('digammaRising is that of scipy, and for whole numbers a sum of fractions', () => {
  // scipy.special.digamma(z + n) - scipy.special.digamma(z), scipy 1.17.1.
  expect(digammaRising(0.02, 300)).toBeCloseTo(56.24697096819251, 11);
  expect(digammaRising(1.5, 2.5)).toBeCloseTo(1.2196276944532238, 13);
  expect(digammaRising(12.3, 40)).toBeCloseTo(1.4790072764421671, 13);
  expect(digammaRising(1e6, 3) / (1 / 1e6 + 1 / 1_000_001 + 1 / 1_000_002)).toBeCloseTo(1, 9);
  expect(digammaRising(0.3, 3)).toBeCloseTo(1 / 0.3 + 1 / 1.3 + 1 / 2.3, 12);
  expect(digammaRising(5, 0)).toBe(0);
});
