import { readFileSync } from 'node:fs';
import { bgNbd, gammaGamma, modifiedBgNbd, nbd, type PurchaseModel, paretoNbd } from 'minimart';
import { describe, expect, test } from 'vitest';
import { findSharedData } from '../support/shared-data.js';
import { historyOf, leavesAtAnyTime, leavesBehindPurchases, madeCustomers } from './made-customers.js';

const path = findSharedData('cdnow/cdnow_customers_summary_with_transactions.csv');

function readCdnow() {
  const lines = readFileSync(path!, 'utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line) => line.split(',').map(Number));
  const history = historyOf(rows.map(([, x, last, age]) => [x!, last!, age!]));
  const means = Float64Array.from(rows, ([, , , , money]) => money!);
  return { ...history, spending: { mean: means, total: means, refunded: new Float64Array(rows.length) } };
}

function expectParameters(
  { parameters }: Pick<PurchaseModel, 'parameters'>,
  expected: Readonly<Record<string, number>>,
) {
  for (const [name, value] of Object.entries(expected)) expect(parameters[name]!.value / value).toBeCloseTo(1, 6);
}

// Maximum likelihood on the summaries of 2,357 customers of CDNOW, as R's BTYD and Python's lifetimes have it.
describe.skipIf(!path)('CDNOW', () => {
  test('BG/NBD', async () => {
    const history = readCdnow();
    const model = await bgNbd(history);
    expectParameters(model, { r: 0.24259291, alpha: 4.41353172, a: 0.79288597, b: 2.42575308 });
    expect(model.logLikelihood).toBeCloseTo(-9582.425561, 5);
    expect(model.doubts).toEqual([]);
    const published = [
      [0.1429, 0.0078],
      [1, 0.0532],
      [3, 0.1506],
      [31.8571, 1.0405],
      [32, 1.0437],
    ] as const;
    for (const [time, expected] of published) expect(model.expectedOfNew(time)).toBeCloseTo(expected, 4);
    const purchases = await model.expectedPurchases(history, { horizon: 39 });
    expect(purchases[0]).toBeCloseTo(1.22591, 5);
    expect(purchases.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1653.4, 1);
    expect((await model.probabilityAlive(history))[0]).toBeCloseTo(0.726609, 6);
  });

  test('MBG/NBD', async () => {
    const model = await modifiedBgNbd(readCdnow());
    expectParameters(model, { r: 0.52483793, alpha: 6.18299189, a: 0.89135621, b: 1.61399961 });
    expect(model.logLikelihood).toBeCloseTo(-9582.132685, 5);
  });

  test('Pareto/NBD', async () => {
    const model = await paretoNbd(readCdnow());
    expectParameters(model, { r: 0.5532755, alpha: 10.57761217, s: 0.6062136, beta: 11.66791233 });
    expect(model.logLikelihood).toBeCloseTo(-9594.97393, 5);
  });

  test('gamma-gamma', async () => {
    const history = readCdnow();
    const model = await gammaGamma(history);
    expect(model.customers).toBe(946);
    expectParameters(model, { p: 6.248803, q: 3.744589, v: 15.447747 });
    expect(model.logLikelihood).toBeCloseTo(-4055.923243, 5);
    const money = await model.expectedMoney(history);
    const published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    for (const [row, expected] of published.entries()) expect(Math.abs(money[row]! - expected)).toBeLessThan(0.01);
  });
});

// Within 3.29 standard errors, of which 95% intervals have 1.96 to either side: 1 of 1,000 would not be.
function expectNear({ parameters }: PurchaseModel, truth: Readonly<Record<string, number>>) {
  for (const [name, { value, interval }] of Object.entries(parameters)) {
    const error = Math.log(interval![1] / interval![0]) / (2 * 1.96);
    expect(Math.abs(Math.log(value / truth[name]!)) / error, name).toBeLessThan(3.29);
  }
}

describe('parameters of made customers are found again', () => {
  test('MBG/NBD, and what it says of the future is so', async () => {
    const truth = { r: 0.8, alpha: 6, a: 0.9, b: 2.5 };
    const made = madeCustomers(leavesBehindPurchases(truth.r, truth.alpha, truth.a, truth.b), 1500, 4);
    const model = await modifiedBgNbd(made);
    expectNear(model, truth);
    const { purchases, horizon } = made.future;
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const expected = sum(await model.expectedPurchases(made, { horizon }));
    expect(expected / sum(purchases)).toBeGreaterThan(0.9);
    expect(expected / sum(purchases)).toBeLessThan(1.1);
    // Of 1,500 customers the share who buy nothing is known to 0.025.
    const none = sum(await model.probabilityOfNone(made, { horizon })) / made.length;
    const silent = purchases.filter((count) => count === 0).length / made.length;
    expect(Math.abs(none - silent)).toBeLessThan(0.03);
  });

  test('Pareto/NBD', async () => {
    const truth = { r: 0.7, alpha: 5, s: 0.8, beta: 10 };
    const made = madeCustomers(leavesAtAnyTime(truth.r, truth.alpha, truth.s, truth.beta), 600, 2);
    expectNear(await paretoNbd(made), truth);
  });
});

describe('customers of whom nobody leaves', () => {
  const stay = madeCustomers(leavesBehindPurchases(0.8, 6, 1e-9, 1), 400, 3);

  test.each([bgNbd, modifiedBgNbd, paretoNbd])('are refused, with the reason: $name', async (model) => {
    await expect(model(stay)).rejects.toThrow(
      /`history` must show customers to whom .*NBD applies, received '(the likelihood rises until nobody leaves|dropout adds)/,
    );
  });

  test('get the limit where that is asked for, which says so', async () => {
    const [model, limit] = [await bgNbd(stay, { noDropout: 'nbd' }), await nbd(stay)];
    expect(model.name).toBe('NBD');
    expect(model.doubts[0]).toMatch(/^No dropout found: .* This is NBD, the limit of BG\/NBD: nobody leaves\.$/);
    expect(model.parameters).toEqual(limit.parameters);
    expect((await model.probabilityAlive(stay)).every((chance) => chance === 1)).toBe(true);
    // (r + x) / (alpha + T) t
    const [r, alpha] = [limit.parameters.r!.value, limit.parameters.alpha!.value];
    const expected = ((r + stay.frequency[5]!) / (alpha + stay.age[5]!)) * 8;
    expect((await model.expectedPurchases(stay, { horizon: 8 }))[5]).toBeCloseTo(expected, 10);
  });
});

describe('what cannot be fitted', () => {
  const buyers = (returned: number) =>
    historyOf(Array.from({ length: 50 }, (_, row) => (row < returned ? [2, 10, 20 + row] : [0, 0, 20 + row])));

  test.each([bgNbd, modifiedBgNbd, paretoNbd, nbd])('one-time buyers only: $name', async (model) => {
    await expect(model(buyers(0))).rejects.toThrow(
      /`history` must have 10 customers or more who came back, of 50, received 0/,
    );
    await expect(model(buyers(9))).rejects.toThrow(/received 9/);
  });

  test('one customer', async () => {
    await expect(nbd(historyOf([[5, 9, 10]]))).rejects.toThrow(/10 customers or more who came back, of 1/);
  });

  test('a last purchase after the date', async () => {
    await expect(nbd(historyOf([[5, 11, 10]]))).rejects.toThrow(/`history.recency\[0\]` must be at most the age, 10/);
  });

  test('a horizon of 0, far beyond what is known, or of another unit of time', async () => {
    const model = await nbd(buyers(40));
    const history = buyers(40);
    await expect(model.expectedPurchases(history, { horizon: 0 })).rejects.toThrow(
      /`horizon` must be a positive number/,
    );
    await expect(model.expectedPurchases(history, { horizon: 1e5 })).rejects.toThrow(
      /`horizon` must be at most 20 times/,
    );
    expect(() => model.expectedOfNew(-1)).toThrow(/`horizon` must be a positive number/);
    await expect(model.probabilityAlive({ ...history, unit: 'day' })).rejects.toThrow(/must count time in weeks/);
  });
});

describe('gamma-gamma', () => {
  const withMoney = (means: readonly number[], visits: (row: number) => number = (row) => 1 + (row % 4)) => {
    const history = historyOf(means.map((_, row) => [visits(row), 10, 20]));
    const column = Float64Array.from(means);
    return { ...history, spending: { mean: column, total: column, refunded: new Float64Array(means.length) } };
  };
  const usual = Array.from({ length: 200 }, (_, row) => 20 + 15 * Math.sin(row * row) + (row % 7));

  test('draws the mean of few purchases to that of all, and takes it for those who spent nothing', async () => {
    const model = await gammaGamma(withMoney(usual));
    const [p, q, v] = ['p', 'q', 'v'].map((name) => model.parameters[name]!.value);
    const money = await model.expectedMoney(withMoney([30, 0, -5], () => 2));
    expect(money[0]).toBeCloseTo((p! * (v! + 2 * 30)) / (2 * p! + q! - 1), 8);
    expect(money[1]).toBe(model.mean);
    expect(money[2]).toBe(model.mean);
    expect(model.mean).toBeCloseTo((p! * v!) / (q! - 1), 8);
  });

  test('leaves out who spent nothing, and refuses a history in which all are so', async () => {
    expect((await gammaGamma(withMoney([...usual, 0, 0, -3]))).customers).toBe(200);
    await expect(gammaGamma(withMoney([0, 0, -3]))).rejects.toThrow(
      /10 customers or more whose repeat purchases brought money/,
    );
    await expect(gammaGamma(historyOf([[1, 2, 3]]))).rejects.toThrow(/know what customers spent/);
  });

  test('does not apply to customers who all spend the same', async () => {
    await expect(gammaGamma(withMoney(usual.map(() => 20)))).rejects.toThrow(/to which gamma-gamma applies/);
  });

  test('says when who buys often spends more', async () => {
    const model = await gammaGamma(withMoney(usual.map((each, row) => each * (1 + (row % 4)))));
    expect(model.correlation.value).toBeGreaterThan(0.3);
    expect(model.doubts[0]).toMatch(/^Who buys often spends more on a day/);
  });
});
