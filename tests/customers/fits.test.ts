import '../support/backends.js';
import {
  type CustomerHistory,
  createRng,
  customerHistory,
  customerSegments,
  gammaGamma,
  idColumn,
  nbd,
  networkChurn,
  parseTable,
  timeColumn,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { chanceOf, scoreOf } from '../../src/customers/churn/churn-model.js';
import { historyOf, leavesBehindPurchases, madeCustomers } from './made-customers.js';

await useBackend('wasm');

const made = madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 400, 1);

// ln of (r)_x alpha^r / (alpha + T)^(r + x), added up: the formula of the docstring.
function logLikelihoodOf([logR, logAlpha]: readonly [number, number], { frequency, age }: CustomerHistory): number {
  const [r, alpha] = [Math.exp(logR), Math.exp(logAlpha)];
  let sum = 0;
  for (const [row, x] of frequency.entries()) {
    for (let k = 0; k < x; k += 1) sum += Math.log(r + k);
    sum += r * Math.log(alpha) - (r + x) * Math.log(alpha + age[row]!);
  }
  return sum;
}

describe('a fit of NBD', () => {
  test('has the likelihood of all customers, also of those who are alike', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => [row % 4, 3, 10 + (row % 3)] as const);
    const alike = historyOf([...rows, ...rows.slice(0, 20), ...rows.slice(0, 7)]);
    const { parameters, logLikelihood } = await nbd(alike);
    const [r, alpha] = [Math.log(parameters.r!.value), Math.log(parameters.alpha!.value)];
    expect(logLikelihood).toBeCloseTo(logLikelihoodOf([r, alpha], alike), 6);
  });

  test('has intervals by the curvature of the likelihood in logarithms', async () => {
    const { parameters } = await nbd(made);
    const at = [Math.log(parameters.r!.value), Math.log(parameters.alpha!.value)] as const;
    const step = 1e-3;
    const value = (one: number, other: number) => logLikelihoodOf([at[0] + one * step, at[1] + other * step], made);
    const second = (one: number, other: number) =>
      (value(one, other) - 2 * value(0, 0) + value(-one, -other)) / step ** 2;
    const [a, b] = [-second(1, 0), -second(0, 1)];
    const mixed = -(value(1, 1) - value(1, -1) - value(-1, 1) + value(-1, -1)) / (4 * step ** 2);
    // The inverse of [[a, mixed], [mixed, b]].
    const variances = [b, a].map((each) => each / (a * b - mixed ** 2));
    for (const [place, name] of ['r', 'alpha'].entries()) {
      const { value: found, interval } = parameters[name]!;
      const reach = 1.959964 * Math.sqrt(variances[place]!);
      expect(Math.log(interval![1] / found) / reach).toBeCloseTo(1, 2);
      expect(Math.log(found / interval![0]) / reach).toBeCloseTo(1, 2);
    }
  });
});

test('the correlation of gamma-gamma has the interval of Fisher', async () => {
  const rng = createRng(2);
  const mean = made.frequency.map(() => Math.exp(3 + 0.5 * rng.normal()));
  const { correlation } = await gammaGamma({ ...made, spending: { mean, total: mean, refunded: mean } });
  const rows = Array.from(made.frequency.keys()).filter((row) => made.frequency[row]! > 0);
  const logs = (of: Float64Array) => rows.map((row) => Math.log(of[row]!));
  const [often, much] = [logs(made.frequency), logs(mean)];
  const centre = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const product = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, row) => sum + (value - centre(one)) * (other[row]! - centre(other)), 0);
  const expected = product(often, much) / Math.sqrt(product(often, often) * product(much, much));
  expect(correlation.value).toBeCloseTo(expected, 9);
  const reach = 1.959964 / Math.sqrt(rows.length - 3);
  expect(correlation.interval![0]).toBeCloseTo(Math.tanh(Math.atanh(expected) - reach), 6);
  expect(correlation.interval![1]).toBeCloseTo(Math.tanh(Math.atanh(expected) + reach), 6);
});

describe('gamma-gamma', () => {
  // Sums of gamma numbers of shape 2 over rates that are gamma distributed of shape 4: p = 2, q = 4, v = 15.
  const rng = createRng(5);
  const gamma = (shape: number) => {
    let sum = 0;
    for (let part = 0; part < shape; part += 1) sum -= Math.log(rng.uniform());
    return sum;
  };
  const mean = made.frequency.map((x) => (x === 0 ? 0 : (gamma(2 * x) * 15) / (gamma(4) * x)));
  const spending = (scale: number) => {
    const scaled = mean.map((each) => scale * each);
    return gammaGamma({ ...made, spending: { mean: scaled, total: scaled, refunded: scaled } });
  };

  test.each([1e-200, 1e-3, 1e250])('finds the same customers in a currency of which %d make one', async (scale) => {
    const [here, there] = [await spending(1), await spending(scale)];
    expect(there.parameters.p!.value).toBeCloseTo(here.parameters.p!.value, 4);
    expect(there.parameters.q!.value).toBeCloseTo(here.parameters.q!.value, 4);
    expect(there.parameters.v!.value / scale).toBeCloseTo(here.parameters.v!.value, 3);
    expect(there.mean / scale).toBeCloseTo(here.mean, 3);
    // A density of money is one over money.
    expect(there.logLikelihood).toBeCloseTo(here.logLikelihood - here.customers * Math.log(scale), 4);
    expect(here.doubts).toEqual([]);
    for (const [name, value] of Object.entries({ p: 2, q: 4, v: 15 })) {
      const [low, high] = here.parameters[name]!.interval!;
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
  });

  test('says which parameters the customers leave open', async () => {
    // Nobody buys but once more, so that what differs between days cannot be told from what differs between customers.
    const once = historyOf(Array.from({ length: 40 }, () => [1, 2, 9]));
    const money = Float64Array.from({ length: 40 }, (_, row) => Math.exp(3 + Math.sin(7 * row)));
    const { doubts } = await gammaGamma({ ...once, spending: { mean: money, total: money, refunded: money } });
    expect(doubts).toEqual(['These customers hardly say what p, q, v may be: do not read parameters by themselves.']);
  });
});

test('recent purchases are those of the last 91 days', async () => {
  const day = (before: number) => new Date(Date.UTC(2026, 5, 30) - before * 86_400_000).toISOString().slice(0, 10);
  const rows = [200, 91, 90, 40, 0].map((before) => `ann,${day(before)}`);
  const orders = parseTable(`who,when\n${rows.join('\n')}\n`, { who: idColumn(), when: timeColumn() });
  const { recent, frequency } = await customerHistory(orders, { customer: 'who', time: 'when' });
  // The day itself is the first of the 91.
  expect([recent[0], frequency[0]]).toEqual([3, 4]);
});

test('segments stand in the order of their size', async () => {
  const sizes = [30, 90, 60];
  const kinds = [
    [20, 20, 21],
    [0, 0, 5],
    [4, 20, 50],
  ] as const;
  const history = historyOf(sizes.flatMap((size, kind) => Array.from({ length: size }, () => kinds[kind]!)));
  const { segments, labels } = await customerSegments(history, { segments: 3, resamples: 2, seed: 1 });
  expect(segments.map(({ customers }) => customers)).toEqual([90, 60, 30]);
  expect([labels[0], labels[30], labels[120]]).toEqual([2, 0, 1]);
});

describe('networks of churn', () => {
  test('several are the mean of their log-odds', async () => {
    const learn = (seed: number, networks: number) => networkChurn(made, { seed, networks, epochs: 2 });
    const models = [await learn(5, 1), await learn(6, 1), await learn(5, 2)];
    const [one, other, both] = await Promise.all(models.map((model) => model.predict(made)));
    for (const row of both!.keys()) {
      expect(both![row]).toBeCloseTo(chanceOf((scoreOf(one![row]!) + scoreOf(other![row]!)) / 2), 6);
    }
    for (const model of models) model.dispose?.();
  });

  test('see by groups of a number what is not straight in it', async () => {
    // Who was silent for 5 to 15 weeks comes back, all others do not. Without a hidden layer a number by itself says nothing.
    const rng = createRng(3);
    const rows = Array.from({ length: 900 }, () => [1, 5, 5 + 20 * rng.uniform()] as const);
    const history = historyOf(rows);
    const purchases = history.age.map((age, row) => (Math.abs(age - history.recency[row]! - 10) < 5 ? 1 : 0));
    const learned = { ...history, future: { horizon: 4, purchases } };
    const model = await networkChurn(learned, { features: ['sinceLast'], hidden: [], networks: 1, epochs: 40 });
    const chances = await model.predict(historyOf([2, 10, 18].map((silence) => [1, 5, 5 + silence])));
    expect(chances[0]! - chances[1]!).toBeGreaterThan(0.2);
    expect(chances[2]! - chances[1]!).toBeGreaterThan(0.2);
    model.dispose?.();
  });
});
