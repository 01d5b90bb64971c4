import { describe, expect, test } from 'vitest';
import { betaGeometric } from '../../src/customers/purchases/bg-nbd-process.js';
import { expectedUntilDropout, nbdProcess } from '../../src/customers/purchases/nbd-process.js';
import { paretoNbdProcess } from '../../src/customers/purchases/pareto-nbd-process.js';

const past = (frequency: number, recency: number, age: number) => ({ frequency, recency, age });

describe('BG/NBD at the published parameters of CDNOW', () => {
  // Fader, Hardie and Lee (2005): r 0.243, alpha 4.414, a 0.793, b 2.426.
  const process = betaGeometric('BG/NBD', 0);
  const parameters = Float64Array.of(0.243, 4.414, 0.793, 2.426);

  test.each([
    [0, 0, 38.86, -0.554713],
    [1, 1.71, 38.86, -4.469093],
    [2, 30.43, 38.86, -9.458606],
  ])('the log-likelihood of (%d, %d, %d), by the formula of the paper', (x, last, age, expected) => {
    expect(process.logLikelihood(parameters, past(x, last, age))).toBeCloseTo(expected, 6);
  });

  // Expected purchases by the closed form with scipy 1.17.1's hyp2f1; 1.226 is the published value of the second.
  test.each([
    [0, 0, 38.86, 1, 0.19509805201125],
    [2, 30.43, 38.86, 0.726579, 1.226028174767],
    [7, 29.43, 38.86, 0.641756, 3.337053],
    [26, 30.86, 31, 0.968916, 20.749726140857],
  ])('who is alive of (%d, %d, %d), and what they will buy in 39 weeks', (x, last, age, alive, expected) => {
    const own = past(x, last, age);
    expect(process.alive(parameters, own)).toBeCloseTo(alive, 6);
    const purchases = process.alive(parameters, own) * process.expected(parameters, own, 39);
    expect(purchases / expected).toBeCloseTo(1, expected === 3.337053 ? 6 : 10);
  });

  test('P(X(39) = 0) of a new customer is the published 0.5737864', () => {
    // Nobody leaves before the first repeat purchase.
    expect(process.none(parameters, past(0, 0, 0), 39)).toBeCloseTo(0.5737864, 7);
  });
});

describe('MBG/NBD', () => {
  // By quadrature over p of (1 - p)^(x + 1) and p (1 - p)^x, and of (1 - (A / (A + p t))^R) / p for what comes: scipy 1.17.1.
  const process = betaGeometric('MBG/NBD', 1);
  const parameters = Float64Array.of(0.525, 6.183, 0.891, 1.614);

  test.each([
    [0, 0, 38.86, -0.5398374635310145, 0.38973508091876297, 0.15401274667514636, 0.8911706012225319],
    [2, 30.43, 38.86, -9.48555131453393, 0.7062022651184873, 1.2629606232673631, 0.4400059091777069],
    [7, 29.43, 38.86, -21.776522248903877, 0.6227238141691118, 3.1675724322986802, 0.3829773930960205],
  ])('is the integral over chances of leaving, of (%d, %d, %d)', (x, last, age, log, alive, purchases, none) => {
    const own = past(x, last, age);
    expect(process.logLikelihood(parameters, own)).toBeCloseTo(log, 10);
    const lives = process.alive(parameters, own);
    expect(lives).toBeCloseTo(alive, 10);
    expect(lives * process.expected(parameters, own, 39)).toBeCloseTo(purchases, 9);
    expect(1 - lives * (1 - process.none(parameters, own, 39))).toBeCloseTo(none, 10);
  });

  test('knows what a new customer will buy', () => {
    expect(process.expectedOfNew(parameters, 10)).toBeCloseTo(0.433467415156571, 10);
  });
});

describe('Pareto/NBD', () => {
  const process = paretoNbdProcess();
  const parameters = Float64Array.of(0.553, 10.578, 0.606, 11.668);

  // By Gauss's hypergeometric function, and for no purchase by a double integral over both rates: scipy 1.17.1. The points 0.9979 and
  // 25.46 of Fader and Hardie's notes are those of the second.
  test.each([
    [2, 30.43, 38.86, -9.554320153001086, 0.8691649224383223, 1.8508145604638782, 0.3684865819987245],
    [26, 30.86, 31, -39.13170922357499, 0.9979186822478984, 25.458354238061432, 0.023810784032794574],
    [7, 29.43, 38.86, -21.59467706834387, 0.7494968422930779, 4.7217087398461794, 0.3071623272905122],
  ])('is the closed form, of (%d, %d, %d)', (x, last, age, log, alive, purchases, none) => {
    const own = past(x, last, age);
    expect(process.logLikelihood(parameters, own)).toBeCloseTo(log, 9);
    const lives = process.alive(parameters, own);
    expect(lives).toBeCloseTo(alive, 9);
    expect(lives * process.expected(parameters, own, 52)).toBeCloseTo(purchases, 8);
    expect(1 - lives * (1 - process.none(parameters, own, 52))).toBeCloseTo(none, 6);
  });

  test('is the closed form where alpha is below beta', () => {
    const other = Float64Array.of(0.8, 3, 1.5, 20);
    expect(process.logLikelihood(other, past(3, 10, 30))).toBeCloseTo(-9.843319673705919, 10);
    expect(process.alive(other, past(3, 10, 30))).toBeCloseTo(0.07849716292149103, 10);
  });

  test('does not lose its digits where the last purchase was just now', () => {
    // That he left in the last 1e-6 weeks: the rate of leaving times them.
    const [, , s, beta] = parameters;
    const left = 1 - process.alive(parameters, past(3, 20 - 1e-6, 20));
    expect(left / ((s! * 1e-6) / (beta! + 20))).toBeCloseTo(1, 6);
  });

  test('passes s = 1 without a jump', () => {
    const at = (s: number) => process.expectedOfNew(Float64Array.of(0.5, 10, s, 12), 30);
    // r beta / alpha ln((beta + t) / beta)
    expect(at(1)).toBeCloseTo(((0.5 * 12) / 10) * Math.log(42 / 12), 12);
    expect(at(1 + 1e-7)).toBeCloseTo(at(1), 6);
  });
});

describe('expected purchases until dropout', () => {
  test('are those of a negative binomial number where nobody leaves', () => {
    expect(expectedUntilDropout(2.5, 4, 0, 1, 10)).toBeCloseTo(25 / 4, 12);
    expect(expectedUntilDropout(0.3, 4, 1e-20, 1e12, 10)).toBeCloseTo(3 / 4, 12);
  });

  test('are P(N > 0) where everybody leaves behind the first', () => {
    expect(expectedUntilDropout(1.5, 4, 1e15, 1e-6, 10)).toBeCloseTo(1 - (4 / 14) ** 1.5, 12);
  });

  test('pass a = 1, where the closed form divides by 0', () => {
    const [below, at, above] = [1 - 1e-6, 1, 1 + 1e-6].map((a) => expectedUntilDropout(0.7, 5, a, 2, 20));
    expect(at).toBeCloseTo((below! + above!) / 2, 9);
  });
});

describe.each([nbdProcess(), betaGeometric('BG/NBD', 0), betaGeometric('MBG/NBD', 1), paretoNbdProcess()])(
  'every process: $name',
  (process) => {
    const parameters = Float64Array.of(0.5, 6, 0.8, 4).slice(0, process.parameters.length);
    // A thousand purchases, none, one just now; in days of ten years.
    const pasts = [
      past(2000, 3640, 3650),
      past(350, 30, 3650),
      past(0, 0, 1e-3),
      past(0, 0, 3650),
      past(1, 3650, 3650),
    ];

    test.each(pasts)('stays finite for %o', (own) => {
      expect(Number.isFinite(process.logLikelihood(parameters, own))).toBe(true);
      const [alive, none] = [process.alive(parameters, own), process.none(parameters, own, 90)];
      expect(alive >= 0 && alive <= 1 && none >= 0 && none <= 1).toBe(true);
      const expected = process.expected(parameters, own, 90);
      // At least as many as the chance of one, at most as many as at his rate if he stays.
      const most = ((parameters[0]! + own.frequency) / (parameters[1]! + own.age)) * 90;
      expect(expected).toBeGreaterThanOrEqual((1 - none) * (1 - 1e-9) - (process.name === 'Pareto/NBD' ? 1 : 0));
      expect(expected).toBeLessThanOrEqual(most * (1 + 1e-9));
    });

    test('the chance of what can be seen of one purchase and none adds up to 1 with the rest', () => {
      // P(X(t) = 0) as the likelihood has it is what `none` says of a new customer who has not left.
      const none = Math.exp(process.logLikelihood(parameters, past(0, 0, 7)));
      const leavesAtOnce = process.name === 'MBG/NBD' ? 0.8 / 4.8 : 0;
      const expected = leavesAtOnce + (1 - leavesAtOnce) * process.none(parameters, past(0, 0, 0), 7);
      expect(none).toBeCloseTo(expected, 10);
    });
  },
);
